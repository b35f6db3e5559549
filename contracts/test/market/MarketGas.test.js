import { expect } from "chai";
import { network } from "hardhat";
import { expectGas } from "../support/gasSnapshot.js";
import { InferenceSale, TIERS } from "../support/inference.js";
import { KIND, Market } from "../support/market.js";

/** The shape by which the cost is stated: n1 = n2 = 20 for both relations. */
const SHAPE = { ln: 14, lk: 6, b: 16, n: 16_000, feat: 60 };
const TERMS = {
  lk: 6,
  lb: 0,
  lt: 6,
  steps: 64,
  b: 16,
  feat: 60,
  rowCap: 20_000,
  kind: KIND.Logistic,
  rateNumerator: 3,
};

/** What a seat's first contribution may cost beside its proof; later ones cost 17,100 less. */
const BESIDE_THE_PROOF = 165_000n;

describe("gas of the market", () => {
  let market, campaigns, providers, time;

  // A chain of its own: addresses, and so the bytes of a transaction, do not depend on other tests.
  before(async () => {
    const { ethers, networkHelpers } = await network.create();
    ({ time } = networkHelpers);
    market = await Market.deploy(ethers, { seed: "market gas" });
    ({ campaigns, providers } = market);
  });

  /** Lets one of the second campaign's deadlines come. */
  const until = async (deadline) => time.increaseTo((await campaigns.deadlines(2n))[deadline]);
  const gas = async (transaction) => (await (await transaction).wait()).gasUsed;

  it("is as committed, and a contribution costs little beside its proof", async () => {
    const { claim, logs, proof } = await market.claim(providers[0], SHAPE);
    const authorization = await market.signRegister(providers[0], { claim, proof });
    const datasets = [await market.registry.register.staticCall(claim, proof, authorization)];
    expectGas("DatasetRegistry.register", await gas(market.registry.register(claim, proof, authorization)));
    market.logs.set(datasets[0], logs);
    for (let i = 1; i < 3; i++) datasets.push(await market.register(providers[i], SHAPE));

    await market.grant(10n ** 30n);
    const members = providers.slice(0, 3).map((signer) => [signer, 20_000]);
    await market.open(members, { ...TERMS, maxProviders: 3 });
    const second = await market.opening({ ...TERMS, allowList: market.allowList.root, maxProviders: 3 });
    expectGas("TrainingCampaigns.open (two aggregators)", await gas(campaigns.connect(market.owner).open(...second)));
    const joins = [];
    for (const id of [1n, 2n]) {
      for (let i = 0; i < 3; i++) joins.push(await gas(market.join(id, providers[i], datasets[i], 20_000)));
    }
    expectGas("TrainingCampaigns.join", joins[1]);

    const costs = { first: 0n, later: 0n };
    for (const i of [0, 1]) {
      const { call } = await market.contribution(1n, providers[i], datasets[i]);
      costs[i ? "later" : "first"] = await gas(campaigns.connect(market.relayer).contribute(...call));
      if (i === 1) {
        const statement = (await campaigns.trainStatement(...call.slice(0, 4))).toObject(true);
        const request = await market.trainingVerifier.verify.populateTransaction(statement, call[5]);
        costs.proof = await gas(market.relayer.sendTransaction(request));
      }
    }
    expectGas("TrainingCampaigns.contribute (first of a round)", costs.first);
    expectGas("TrainingCampaigns.contribute (seat's first)", costs.later);

    const made = await market.contributions(2n, [0, 1, 2], datasets);
    await until("dispute");
    const dispute = await market.dispute(made[0], 0, market.owner);
    expectGas("TrainingCampaigns.disputeShare", await gas(campaigns.disputeShare(...dispute)));
    const answer = await market.answer(made[0], 0);
    expectGas("TrainingCampaigns.revealShare (64 values)", await gas(campaigns.revealShare(...answer)));
    await until("share");
    const closing = await gas(market.close(2n, made));
    expectGas("TrainingCampaigns.closeRound (two aggregators)", closing);

    expectGas("TrainingCampaigns.lapse", await gas(campaigns.lapse(1n)));
    expectGas("TrainingCampaigns.claim", await gas(campaigns.claim(1n, providers[0])));

    const [late] = await market.contributions(2n, [0, 1, 2], datasets, { round: 1n });
    await until("dispute");
    await campaigns.disputeShare(...(await market.dispute(late, 0, market.owner)));
    await until("answer");
    const exclusion = campaigns.exclude(2n, 1n, late.provider, late.commitments);
    expectGas("TrainingCampaigns.exclude", await gas(exclusion));

    expect(costs.later - costs.proof).to.be.at.most(BESIDE_THE_PROOF);
    expect(costs.first).to.be.below(1_100_000n);
    expect(closing).to.be.below(900_000n);
    await withEightAggregators(members, datasets);
  });

  /** What every share beyond the first adds, to contributing and to closing: the most that a campaign can have. */
  async function withEightAggregators(members, datasets) {
    const helpers = providers.slice(3, 10);
    const id = await market.open(members, { ...TERMS, maxProviders: 3 }, 0n, helpers);
    for (let i = 0; i < 3; i++) await market.join(id, providers[i], datasets[i], 20_000);
    const made = [];
    const costs = [];
    for (let i = 0; i < 3; i++) {
      made.push(await market.contribution(id, providers[i], datasets[i], { shares: helpers.length }));
      costs.push(await gas(campaigns.connect(market.relayer).contribute(...made[i].call)));
    }
    expectGas("TrainingCampaigns.contribute (first of a round, eight aggregators)", costs[0]);
    expectGas("TrainingCampaigns.contribute (seat's first, eight aggregators)", costs[1]);
    await time.increaseTo((await campaigns.deadlines(id)).share);
    const closing = await gas(market.close(id, made, { signers: [market.owner, ...helpers] }));
    expectGas("TrainingCampaigns.closeRound (eight aggregators)", closing);
    expect(closing).to.be.below(900_000n);
  }
});

describe("gas of the sale of inference", () => {
  const gas = async (transaction) => (await (await transaction).wait()).gasUsed;

  it("is as committed", async () => {
    const { ethers } = await network.create();
    const market = await InferenceSale.deploy(ethers, { seed: "sale gas" });
    const { inference, metrics, owner, buyer, relayer, providers } = market;
    const { campaignId: id, datasets } = await market.finished();
    await market.fund(id);
    await inference.connect(market.governance).setFee(250);
    expectGas("InferenceMarket.list (two tiers)", await gas(market.list(id)));
    const permit = await market.permit(buyer, TIERS[0].price);
    const bought = inference.connect(buyer).buyPass(...(await market.buying(id, 0, { permit })));
    expectGas("InferenceMarket.buyPass (with a permit)", await gas(bought));
    expectGas("InferenceMarket.redeem (a model's first)", await gas(market.redeem(1n, 2)));
    expectGas("InferenceMarket.redeem", await gas(market.redeem(1n, 7)));
    const answer = await market.answering(1n);
    const request = await inference.verifyAnswer.populateTransaction(...answer);
    expectGas("InferenceMarket.verifyAnswer n=9, as a transaction", await gas(relayer.sendTransaction(request)));
    const { termEnd } = await inference.pass(1n);
    await ethers.provider.send("evm_setNextBlockTimestamp", [Number(termEnd) + 3 * 86_400]);
    expectGas("InferenceMarket.close", await gas(inference.close(1n)));
    expectGas("InferenceMarket.claim (contributor)", await gas(inference.claim(id, providers[1])));
    expectGas("InferenceMarket.claim (owner)", await gas(inference.claim(id, owner)));
    expectGas("InferenceMarket.claimFees", await gas(inference.claimFees()));
    const rate = await market.baseRate(datasets[0], 6, relayer);
    expectGas("ModelMetrics.proveBaseRate n1=n2=9", await gas(metrics.connect(relayer).proveBaseRate(...rate)));
    const metric = await market.metric(id, 1, datasets[0], relayer);
    const proved = metrics.connect(relayer).proveMetric(...metric);
    expectGas("ModelMetrics.proveMetric n1=n2=9", await gas(proved));
  });
});
