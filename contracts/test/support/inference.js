import { ZeroHash } from "ethers";
import { evaluate, evaluateRegression } from "./evaluate.js";
import { infer } from "./infer.js";
import { DAY, KIND, Market } from "./market.js";
import { signature } from "./messages.js";
import { g1, simulate } from "./simulator.js";

/** Prices that do not divide by their queries, nor by any share. */
export const TIERS = [
  { queries: 10, termSeconds: 30 * DAY, price: 1_000_003n },
  { queries: 3, termSeconds: DAY, price: 101n },
];
export const ENDPOINT = "https://seller.example/zkml";
export const NO_PERMIT = { deadline: 0n, v: 0, r: ZeroHash, s: ZeroHash };
/** The owner's share of TERMS, of what is left after the fee. */
const OWNER_BASIS_POINTS = 2000n;

/** What a pass's first `count` rows release, as the documentation says it: { released, fee, owner, contributors }. */
export function revenue({ price, queries }, count, fee, ownerBasisPoints = OWNER_BASIS_POINTS) {
  const released = (price * BigInt(count)) / BigInt(queries);
  const protocol = (released * BigInt(fee)) / 10_000n;
  const owner = ((released - protocol) * ownerBasisPoints) / 10_000n;
  return { released, fee: protocol, owner, contributors: released - protocol - owner };
}

/** The market with finished campaigns, whose models can be sold. */
export class InferenceSale extends Market {
  /** @param paymentToken (market) => the token that passes are paid in; the reward token if left out */
  static async deploy(ethers, { paymentToken = ({ token }) => token, ...options } = {}) {
    const market = await super.deploy(ethers, options);
    const deploy = (name, args = []) => ethers.deployContract(name, args);
    market.inferenceVerifier = await deploy("InferenceVerifier");
    market.evaluationVerifier = await deploy("EvaluationVerifier");
    market.payment = await paymentToken(market);
    [market.seller, market.buyer, market.treasury] = market.providers.slice(-3);
    const args = [market.governance, market.campaigns, market.inferenceVerifier, market.payment, market.treasury];
    market.inference = await deploy("InferenceMarket", args);
    market.metrics = await deploy("ModelMetrics", [market.campaigns, market.evaluationVerifier]);
    market.sessionKey = market.wallet();
    return market;
  }

  /** A new key of nobody's that the chain knows. */
  wallet() {
    return new this.ethers.Wallet("0x" + this.random.scalar().toString(16).padStart(64, "0"));
  }

  /** A finished campaign of `rounds` rounds and `count` seats of 12 rows: { campaignId, datasets }. */
  async finished({ count = 3, rounds = 1, terms = {}, testSets = [] } = {}) {
    const all = { rounds, maxProviders: count, rewardPerRow: 10n ** 18n, ...terms };
    const campaign = await this.seated(count, all, {}, [this.helper], testSets);
    const seats = Array.from({ length: count }, (_, i) => i);
    for (let round = 0n; round < BigInt(rounds); round++) {
      const made = await this.contributions(campaign.campaignId, seats, campaign.datasets, { round });
      await this.until(campaign.campaignId, "share");
      await (await this.close(campaign.campaignId, made, { round })).wait();
    }
    return campaign;
  }

  /** Lets a deadline of a campaign's present round come. */
  async until(campaignId, deadline) {
    const second = (await this.campaigns.deadlines(campaignId))[deadline];
    await this.ethers.provider.send("evm_setNextBlockTimestamp", [Number(second)]);
    await this.ethers.provider.send("evm_mine");
  }

  /** Pays out the rewards of a finished campaign's first seat, for the buyer to spend. */
  async fund(campaignId, buyer = this.buyer) {
    const [provider] = this.providers;
    await (await this.campaigns.claim(campaignId, provider)).wait();
    await (await this.token.connect(provider).transfer(buyer, await this.token.balanceOf(provider))).wait();
  }

  async list(modelId, tiers = TIERS, seller = this.seller, endpoint = ENDPOINT) {
    return this.inference.connect(this.owner).list(modelId, seller, endpoint, tiers);
  }

  /** The arguments of `buyPass` at what is on offer now. */
  async buying(modelId, tierIndex = 0, { sessionKey = this.sessionKey, permit = NO_PERMIT } = {}) {
    return [modelId, tierIndex, await this.inference.quote(modelId, tierIndex), sessionKey, permit];
  }

  /** Buys a pass for what the buyer allows now; returns its number. */
  async buy(modelId, tierIndex = 0, { buyer = this.buyer, ...options } = {}) {
    const { price } = (await this.inference.tiers(modelId))[tierIndex];
    await (await this.payment.connect(buyer).approve(this.inference, price)).wait();
    const call = await this.buying(modelId, tierIndex, options);
    await (await this.inference.connect(buyer).buyPass(...call)).wait();
    return this.inference.passes();
  }

  /** The buyer's permit over `value`. */
  async permit(buyer, value, changes = {}) {
    const verifyingContract = await this.payment.getAddress();
    const domain = { name: "zkML Reward", version: "1", chainId: 31337n, verifyingContract };
    const fields = ["address owner", "address spender", "uint256 value", "uint256 nonce", "uint256 deadline"];
    const types = { Permit: fields.map((field) => field.split(" ")).map(([type, name]) => ({ name, type })) };
    const nonce = await this.payment.nonces(buyer);
    const spender = await this.inference.getAddress();
    const deadline = 2n ** 40n;
    const message = { owner: buyer.address, spender, value, nonce, deadline, ...changes };
    const { v, r, s } = this.ethers.Signature.from(await buyer.signTypedData(domain, types, message));
    return { deadline: message.deadline, v, r, s };
  }

  /** What a session key signs for the pass's rows up to `count`. */
  async query(passId, count, changes = {}) {
    const { modelId } = await this.inference.pass(passId);
    const inputsHash = "0x" + this.random.bits256().toString(16).padStart(64, "0");
    return { modelId, passId, count, inputsHash, deadline: 2n ** 33n, ...changes };
  }

  /** The arguments of `redeem`. */
  async redeeming(passId, count, { signer = this.sessionKey, changes = {}, ...value } = {}) {
    const query = await this.query(passId, count, value);
    const signed = await signature(this.inference, signer, "Query", query, changes);
    return [passId, count, query.inputsHash, query.deadline, signed];
  }

  async redeem(passId, count, options = {}) {
    return this.inference.connect(this.relayer).redeem(...(await this.redeeming(passId, count, options)));
  }

  // Proofs

  /** The arguments of `verifyAnswer` for a query of 2^lq rows: commitments of known logarithms and a proof. */
  async answering(passId, { lq = 1, queryId = ZeroHash } = {}) {
    const logs = { cX: this.random.scalar(), cP: this.random.scalar() };
    const call = [passId, queryId, lq, g1(logs.cX), g1(logs.cP)];
    const statement = (await this.inference.inferStatement(...call)).toObject(true);
    const { kind, b } = await this.campaigns.campaign(statement.listingId);
    const all = { ...logs, cW: this.modelLogs.get(statement.cW.x), cTable: this.tableLog(kind, b) };
    return [...call, simulate(infer, statement, all, this.setup, this.random)];
  }

  /** The arguments of `proveMetric`, proved in the name of `prover`. */
  async metric(campaignId, modelRound, datasetId, prover, { hits = 9, squaredErrorSum = 1234n } = {}) {
    const about = [campaignId, modelRound, datasetId];
    const statement = await this.metrics.metricStatement(...about, prover, hits, squaredErrorSum);
    return [...about, hits, squaredErrorSum, await this.proveEvaluation(statement.toObject(true), datasetId)];
  }

  /** The arguments of `proveBaseRate`, proved in the name of `prover`. */
  async baseRate(datasetId, positives, prover) {
    const statement = await this.metrics.baseRateStatement(datasetId, prover, positives);
    return [datasetId, positives, await this.proveEvaluation(statement.toObject(true), datasetId)];
  }

  async proveEvaluation(statement, datasetId) {
    const { kind } = statement.taskId ? await this.campaigns.campaign(statement.taskId) : { kind: KIND.Logistic };
    const cTable = this.tableLog(kind, statement.b);
    const logs = { ...this.logs.get(datasetId), cW: this.modelLogs.get(statement.cW.x), cTable };
    const relation = statement.regression ? evaluateRegression : evaluate;
    return simulate(relation, statement, logs, this.setup, this.random);
  }
}
