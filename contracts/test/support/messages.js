const POINT = [
  { name: "x", type: "uint256" },
  { name: "y", type: "uint256" },
];

const fields = (text) =>
  text.split(",").map((field) => {
    const [type, name] = field.split(" ");
    return { name, type };
  });

/** The signed messages, written down again from the documentation. */
const MESSAGES = {
  Register:
    "address provider,bytes32 schemaHash,uint8 ln,uint8 lk,uint8 b,uint32 n,uint32 feat,G1Point cX,G1Point cY,bytes32 proofHash,uint256 nonce,uint256 deadline",
  Retire: "bytes32 datasetId,uint256 nonce,uint256 deadline",
  Aggregate:
    "address aggregator,address owner,bytes32 schemaHash,bytes32 x25519Key,bytes mlKemKey,uint256 nonce,uint256 deadline",
  Join: "uint256 campaignId,bytes32 datasetId,uint32 rowCap,bytes32 x25519Key,bytes mlKemKey,uint256 nonce,uint256 deadline",
  Contribute:
    "uint256 campaignId,uint256 round,bytes32 datasetId,G1Point cOut,G1Point[] shares,bytes32 proofHash,uint256 nonce,uint256 deadline",
  Dispute: "uint256 campaignId,uint256 round,address provider,uint256 nonce,uint256 deadline",
  Close: "uint256 campaignId,uint256 round,G1Point cSum,G1Point cNext",
  Query: "uint256 modelId,uint256 passId,uint32 count,bytes32 inputsHash,uint256 deadline",
  Receipt:
    "uint256 modelId,uint256 passId,uint32 count,bytes32 queryId,uint16 version,uint8 lq,G1Point cX,G1Point cP,uint256 proofDeadline",
};

const NAMES = {
  Register: "zkML DatasetRegistry",
  Retire: "zkML DatasetRegistry",
  Query: "zkML InferenceMarket",
  Receipt: "zkML InferenceMarket",
};

/** EIP-712 domain of the contract that takes the message. */
export async function domainOf(contract, message) {
  const { chainId } = await contract.runner.provider.getNetwork();
  const verifyingContract = await contract.getAddress();
  return { name: NAMES[message] ?? "zkML TrainingCampaigns", version: "1", chainId, verifyingContract };
}

/** A message's types for ethers. */
export function typesOf(message) {
  const types = { [message]: fields(MESSAGES[message]) };
  return MESSAGES[message].includes("G1Point") ? { ...types, G1Point: POINT } : types;
}

/**
 * The authorization that `signer` gives for `message`.
 *
 * @param changes `nonce`, `deadline`, `domain` (merged into the right one), `value` (merged into what is signed)
 */
export async function signed(contract, signer, message, value, changes = {}) {
  const nonce = changes.nonce ?? (await contract["nonces(address)"](signer.address));
  const deadline = changes.deadline ?? 2n ** 40n;
  const domain = { ...(await domainOf(contract, message)), ...changes.domain };
  const all = { ...value, nonce, deadline, ...changes.value };
  const signature = await signer.signTypedData(domain, typesOf(message), all);
  return { nonce, deadline, signature };
}

/** The signature under a message that has no nonce: `Close`, `Query` or `Receipt`. */
export async function signature(contract, signer, message, value, changes = {}) {
  const domain = { ...(await domainOf(contract, message)), ...changes.domain };
  return signer.signTypedData(domain, typesOf(message), { ...value, ...changes.value });
}
