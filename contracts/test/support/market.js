import { concat, keccak256, ZeroHash } from "ethers";
import { aggregate as AGGREGATE } from "./aggregate.js";
import { dataset as DATASET } from "./dataset.js";
import { mod } from "./field.js";
import { g1, g2, simulate } from "./simulator.js";
import { signature, signed } from "./messages.js";
import { Random } from "./random.js";
import { drawShare, openShare, shareLog } from "./shares.js";
import { train as TRAIN } from "./train.js";

export const DAY = 86_400;
export const HOUR = 3_600;
export const KIND = { Logistic: 0, Linear: 1, Poisson: 2 };
export const STATE = { None: 0n, Open: 1n, Running: 2n, Finished: 3n, Cancelled: 4n };
export const INFINITY = { x: 0n, y: 0n };
export const SCHEMA = keccak256("0x736368656d61");

/** A shape that is proved in little time: 2^4 rows, 2^2 features, b = 8. */
export const SHAPE = { ln: 4, lk: 2, b: 8, n: 14, feat: 3 };

/** Terms that open, with an allow-list to be filled in. */
export const TERMS = {
  schemaHash: SCHEMA,
  allowList: ZeroHash,
  rateNumerator: 1,
  rateDenominator: 10,
  decayNumerator: 1,
  decayDenominator: 1000,
  feat: 3,
  steps: 4,
  rowCap: 12,
  contributionSeconds: DAY,
  rounds: 2,
  minProviders: 3,
  maxProviders: 4,
  ownerShareBasisPoints: 2000,
  lk: 2,
  lb: 0,
  lt: 2,
  b: 8,
  kind: KIND.Logistic,
  openToAll: false,
  joinSeconds: 2 * DAY,
  shareSeconds: 3 * HOUR,
  answerSeconds: 4 * HOUR,
  aggregationSeconds: 5 * HOUR,
  rewardPerRow: 1000n,
  floorPricePerQuery: 7n,
};

/** An ML-KEM-768 key as far as the contracts look at it: 1184 bytes. */
export const mlKemKey = (random) => concat(Array.from({ length: 37 }, () => word(random)));
const word = (random) => "0x" + random.bits256().toString(16).padStart(64, "0");

/**
 * The contracts with the real verifiers, over a setup whose secrets the test knows: proofs are simulated
 * (docs/proof-system.md, section 4.4), data sets are commitments with known logarithms.
 */
export class Market {
  static async deploy(ethers, { setupLog2 = 20, seed = "market", unsafeSetup = true } = {}) {
    const market = new this();
    market.ethers = ethers;
    market.random = new Random(seed);
    market.setup = { tau: market.random.scalar(), xi: market.random.scalar() };
    market.tableLogs = Array.from({ length: 15 }, () => market.random.scalar());
    [market.governance, market.owner, market.helper, market.relayer, ...market.providers] = await ethers.getSigners();
    const deploy = (name, args = [], options = {}) => ethers.deployContract(name, args, options);
    market.parameters = await deploy("ProtocolParameters", [
      g2(market.setup.tau),
      g2(market.setup.xi),
      setupLog2,
      unsafeSetup,
      market.tableLogs.map(g1),
    ]);
    market.datasetVerifier = await deploy("DatasetVerifier");
    market.trainingVerifier = await deploy("TrainingVerifier");
    market.registry = await deploy("DatasetRegistry", [market.datasetVerifier, market.parameters]);
    market.aggregationVerifier = await deploy("AggregationVerifier");
    const libraries = {};
    for (const name of ["CampaignOpening", "SeatAdmission", "Contributions", "ShareDisputes"]) {
      libraries[name] = await deploy(name);
    }
    const args = [market.governance, market.registry, market.trainingVerifier, market.aggregationVerifier];
    market.campaigns = await deploy("TrainingCampaigns", args, { libraries });
    market.token = await ethers.getContractAt("RewardToken", await market.campaigns.token());
    // Logarithms: of data sets by their ids, of models by their commitments' x.
    market.logs = new Map();
    market.modelLogs = new Map([[0n, 0n]]);
    return market;
  }

  // Data sets

  /** A claim about new commitments, and a proof of it. */
  async claim(provider, shape = {}) {
    const logs = { cX: this.random.scalar(), cY: this.random.scalar() };
    const claim = {
      provider: provider.address ?? provider,
      schemaHash: SCHEMA,
      ...SHAPE,
      ...shape,
      cX: g1(logs.cX),
      cY: g1(logs.cY),
    };
    return { claim, logs, proof: await this.proveDataset(claim, logs) };
  }

  async proveDataset(claim, logs) {
    const statement = (await this.registry.datasetStatement(claim)).toObject(true);
    return simulate(DATASET, statement, logs, this.setup, this.random);
  }

  async signRegister(signer, { claim, proof }, changes = {}) {
    return signed(this.registry, signer, "Register", { ...claim, proofHash: keccak256(proof) }, changes);
  }

  /** Registers a new data set of `provider`; returns its id. */
  async register(provider, shape = {}) {
    const candidate = await this.claim(provider, shape);
    const authorization = await this.signRegister(provider, candidate);
    const call = [candidate.claim, candidate.proof, authorization];
    const id = await this.registry.register.staticCall(...call);
    await (await this.registry.connect(this.relayer).register(...call)).wait();
    this.logs.set(id, candidate.logs);
    return id;
  }

  async retire(provider, datasetId) {
    const authorization = await signed(this.registry, provider, "Retire", { datasetId });
    return this.registry.connect(this.relayer).retire(datasetId, authorization);
  }

  // Campaigns

  aggregator(signer) {
    return { account: signer.address, x25519Key: word(this.random), mlKemKey: mlKemKey(this.random) };
  }

  async consent(signer, aggregator, changes = {}) {
    const { account, ...keys } = aggregator;
    const message = { aggregator: account, owner: this.owner.address, schemaHash: SCHEMA, ...keys };
    return signed(this.campaigns, signer, "Aggregate", message, changes);
  }

  /** The arguments of `open`; the owner is the first aggregator. */
  async opening(terms = {}, firstModel = INFINITY, testSets = [], helpers = [this.helper]) {
    const aggregators = [this.owner, ...helpers].map((signer) => this.aggregator(signer));
    const consents = await Promise.all(helpers.map((signer, i) => this.consent(signer, aggregators[i + 1])));
    return [{ ...TERMS, ...terms }, firstModel, aggregators, consents, testSets];
  }

  async grant(amount, owner = this.owner) {
    await (await this.campaigns.connect(this.governance).grantBudget(owner, amount)).wait();
  }

  /** Opens a campaign that admits `members` ([signer or address, row cap]); returns its number. */
  async open(members, terms = {}, firstModelLog = 0n, helpers = [this.helper], testSets = []) {
    this.allowList = new AllowList(members.map(([member, cap]) => [member.address ?? member, cap]));
    const all = { ...TERMS, allowList: this.allowList.root, ...terms };
    await this.grant(BigInt(all.rounds) * BigInt(all.maxProviders) * BigInt(all.rowCap) * all.rewardPerRow);
    const call = await this.opening(all, g1(firstModelLog), testSets, helpers);
    await (await this.campaigns.connect(this.owner).open(...call)).wait();
    this.modelLogs.set(g1(firstModelLog).x, firstModelLog);
    return this.campaigns.campaigns();
  }

  /** The arguments of `join`. */
  async joining(campaignId, provider, datasetId, rowCap, changes = {}) {
    const request = { campaignId, datasetId, rowCap, x25519Key: word(this.random), mlKemKey: mlKemKey(this.random) };
    const authorization = await signed(this.campaigns, provider, "Join", request, changes);
    return [request, this.allowList.proof(provider.address, rowCap), authorization];
  }

  async join(campaignId, provider, datasetId, rowCap = 12) {
    const call = await this.joining(campaignId, provider, datasetId, rowCap);
    return this.campaigns.connect(this.relayer).join(...call);
  }

  /** A campaign whose `count` first providers have joined, with their data sets' ids. */
  async seated(count, terms = {}, shape = {}, helpers = [this.helper], testSets = []) {
    const members = this.providers.slice(0, 6).map((signer) => [signer, 12]);
    const campaignId = await this.open(members, terms, 0n, helpers, testSets);
    const datasets = [];
    for (const provider of this.providers.slice(0, count)) {
      datasets.push(await this.register(provider, shape));
      await (await this.join(campaignId, provider, datasets.at(-1))).wait();
    }
    return { campaignId, datasets };
  }

  /**
   * The arguments of `contribute`, with the logarithms of the commitments and the shares of all aggregators; `changes` replace
   * what is signed.
   *
   * @param shares how many commitments to shares are sent: aggregators less one
   * @param inClear the shares, for providers that do not draw them as they should
   */
  async contribution(campaignId, provider, datasetId, options = {}) {
    const { round = 0n, shares = 1, changes = {} } = options;
    const { lk } = await this.campaigns.campaign(campaignId);
    const draw = () => drawShare(Number(lk), this.random);
    const inClear = options.inClear ?? Array.from({ length: shares + 1 }, draw);
    const logs = inClear.map((share) => shareLog(share, this.setup));
    const cOutLog = logs.reduce((a, b) => mod(a + b));
    const commitments = { cOut: g1(cOutLog), shares: logs.slice(0, shares).map(g1) };
    const proof = await this.proveTraining(campaignId, round, datasetId, cOutLog);
    const message = { campaignId, round, datasetId, ...commitments, proofHash: keccak256(proof) };
    const authorization = await signed(this.campaigns, provider, "Contribute", message, changes);
    const call = [campaignId, round, datasetId, commitments.cOut, commitments.shares, proof, authorization];
    const { weight } = await this.campaigns.seat(campaignId, provider);
    const about = { campaignId, round, provider: provider.address, commitments };
    return { ...about, call, cOutLog, shareLogs: logs.slice(0, shares), inClear, weight };
  }

  async proveTraining(campaignId, round, datasetId, cOutLog) {
    const cOut = g1(cOutLog);
    const statement = (await this.campaigns.trainStatement(campaignId, round, datasetId, cOut)).toObject(true);
    const { kind, b } = await this.campaigns.campaign(campaignId);
    const cTable = this.tableLog(kind, b);
    const logs = { ...this.logs.get(datasetId), cTable, cIn: this.modelLogs.get(statement.cIn.x), cOut: cOutLog };
    return simulate(TRAIN, statement, logs, this.setup, this.random);
  }

  /** Logarithm of the commitment to the activation table. */
  tableLog(kind, b) {
    return this.tableLogs[Number(kind) * 5 + (Number(b) - 8) / 2];
  }

  async contribute(campaignId, provider, datasetId, options = {}) {
    const { call } = await this.contribution(campaignId, provider, datasetId, options);
    return this.campaigns.connect(this.relayer).contribute(...call);
  }

  /** Contributions of the seats to a round, as `contribution` returns them, once they are made. */
  async contributions(campaignId, seats, datasets, options = {}) {
    const made = [];
    for (const i of seats) {
      made.push(await this.contribution(campaignId, this.providers[i], datasets[i], options));
      await (await this.campaigns.connect(this.relayer).contribute(...made.at(-1).call)).wait();
    }
    return made;
  }

  // Disputes

  /** The arguments of `disputeShare`. */
  async dispute({ campaignId, round, provider }, aggregatorIndex, signer, changes = {}) {
    const message = { campaignId, round, provider };
    const authorization = await signed(this.campaigns, signer, "Dispute", message, changes);
    return [campaignId, round, provider, aggregatorIndex, authorization];
  }

  /** The arguments of `revealShare`; `changes` are merged into what the opening is about, or replace `share` or `divided`. */
  async answer(contribution, aggregatorIndex, changes = {}) {
    const { campaignId, round, provider, commitments, inClear } = contribution;
    const contract = await this.campaigns.getAddress();
    const about = { chainId: 31337n, contract, campaignId, round, provider, commitments, aggregatorIndex, ...changes };
    const opening = openShare(about, changes.share ?? inClear[aggregatorIndex], this.setup, changes.divided);
    return [campaignId, round, provider, commitments, opening];
  }

  // Averages

  /** The arguments of `closeRound` for the average of these contributions. */
  async closing(campaignId, contributions, { round = 0n, signers = [this.owner, this.helper], changes = {} } = {}) {
    const cSumLog = contributions.reduce((sum, { weight, cOutLog }) => mod(sum + weight * cOutLog), 0n);
    const cNextLog = this.random.scalar();
    const cNext = g1(cNextLog);
    this.modelLogs.set(cNext.x, cNextLog);
    const statement = (await this.campaigns.aggregateStatement(campaignId, round, cNext)).toObject(true);
    const logs = { cSum: cSumLog, cNext: cNextLog };
    const proof = simulate(AGGREGATE, statement, logs, this.setup, this.random);
    const message = { campaignId, round, cSum: g1(cSumLog), cNext };
    const sign = (signer) => signature(this.campaigns, signer, "Close", message, changes);
    return [campaignId, round, cNext, proof, await Promise.all(signers.map(sign))];
  }

  async close(campaignId, contributions, options = {}) {
    return this.campaigns.connect(this.relayer).closeRound(...(await this.closing(campaignId, contributions, options)));
  }
}

/** OpenZeppelin's standard Merkle tree over (address, uint32): leaves hashed twice, pairs sorted. */
export class AllowList {
  constructor(members) {
    this.layers = [members.map(([account, cap]) => leafOf(account, cap))];
    while (this.layers.at(-1).length > 1) {
      const below = this.layers.at(-1);
      const layer = [];
      for (let i = 0; i < below.length; i += 2)
        layer.push(i + 1 < below.length ? pair(below[i], below[i + 1]) : below[i]);
      this.layers.push(layer);
    }
  }

  get root() {
    return this.layers.at(-1)[0];
  }

  /** Empty for who is not on the list. */
  proof(account, cap) {
    let index = this.layers[0].indexOf(leafOf(account, cap));
    const siblings = [];
    if (index < 0) return siblings;
    for (const layer of this.layers.slice(0, -1)) {
      const sibling = layer[index ^ 1];
      if (sibling) siblings.push(sibling);
      index >>= 1;
    }
    return siblings;
  }
}

const pair = (a, b) => keccak256(concat(BigInt(a) < BigInt(b) ? [a, b] : [b, a]));

function leafOf(account, cap) {
  const words = [account, cap].map((value) => "0x" + BigInt(value).toString(16).padStart(64, "0"));
  return keccak256(keccak256(concat(words)));
}
