import { AbiCoder, concat, id, keccak256, toBeHex } from "ethers";
import { mod, R } from "./field.js";
import { g1 } from "./simulator.js";

const DOMAIN = id("zkml/share/1");
const POINT = "tuple(uint256 x,uint256 y)";

/** A uniform share of a model of 2^lk weights and of its blinder. */
export function drawShare(lk, random) {
  return { values: Array.from({ length: 2 ** lk }, () => random.scalar()), blinder: random.scalar() };
}

/** Logarithm of the commitment to a share, for whoever knows tau and xi. */
export const shareLog = ({ values, blinder }, { tau, xi }) => mod(evaluate(values, tau) + blinder * xi);

export const commitmentsHash = ({ cOut, shares }) =>
  keccak256(AbiCoder.defaultAbiCoder().encode([POINT, `${POINT}[]`], [cOut, shares]));

/**
 * What answers a dispute about `share` (docs/contracts.md, "Shares in clear"): the quotient is divided out as a provider does
 * it, and committed to with the known tau.
 *
 * @param about chainId, contract, campaignId, round, provider, aggregatorIndex, commitments
 * @param divided coefficients that the quotient is made of; a liar's are not the share's
 */
export function openShare(about, share, { tau }, divided = share.values) {
  const types = ["bytes32", "uint256", "address", "uint256", "uint256", "address", "uint256", "bytes32"];
  const context = AbiCoder.defaultAbiCoder().encode(types, [
    DOMAIN,
    about.chainId,
    about.contract,
    about.campaignId,
    about.round,
    about.provider,
    about.aggregatorIndex,
    commitmentsHash(about.commitments),
  ]);
  const words = [...share.values, share.blinder].map((value) => toBeHex(value, 32));
  const point = BigInt(keccak256(concat([keccak256(context), ...words]))) % R;
  const quotient = new Array(divided.length - 1);
  let carry = 0n;
  for (let i = divided.length - 1; i > 0; i--) {
    carry = mod(carry * point + divided[i]);
    quotient[i - 1] = carry;
  }
  return { ...share, aggregatorIndex: about.aggregatorIndex, quotient: g1(evaluate(quotient, tau)) };
}

const evaluate = (coefficients, x) => coefficients.reduceRight((sum, value) => mod(sum * x + value), 0n);
