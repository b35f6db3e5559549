import { expect } from "chai";
import { network } from "hardhat";
import { InferenceSale, TIERS } from "../support/inference.js";
import { Market } from "../support/market.js";

const { ethers, networkHelpers } = await network.getOrCreate();

/** Sends a call with less and less gas than the node's estimate, which is exact to 1,000: it has to fail every time. Finer towards the end, where tokens move. */
async function failsWithLess(method, args, reached) {
  const enough = await method.estimateGas(...args);
  for (let missing = 1_100n; missing < enough - reached; missing += missing / 8n) {
    const gasLimit = enough - missing;
    await expect(method.staticCall(...args, { gasLimit }), `${gasLimit}`).to.be.revert(ethers);
  }
  await method(...args, { gasLimit: enough });
}

// A call that gets 63/64 of what is left, or a constant, fails alone: what called it must not go on.
describe("a contribution sent with too little gas", () => {
  it("happens as a whole or not at all", async () => {
    const market = await Market.deploy(ethers);
    const { campaignId, datasets } = await market.seated(4);
    const { call } = await market.contribution(campaignId, market.providers[0], datasets[0]);
    const contribute = market.campaigns.connect(market.relayer).contribute;
    await failsWithLess(contribute, call, 200_000n);
    expect((await market.campaigns.seat(campaignId, market.providers[0])).points).to.equal(12n);
    expect(await market.token.totalSupply()).to.equal(12_000n);
  });
});

describe("a call of the sale that is sent with too little gas", () => {
  it("happens as a whole or not at all", async () => {
    const market = await InferenceSale.deploy(ethers);
    const { inference, payment, buyer, owner, relayer } = market;
    const { campaignId: modelId } = await market.finished();
    await market.fund(modelId);
    await market.inference.connect(market.governance).setFee(250);
    await market.list(modelId);

    const permit = await market.permit(buyer, TIERS[0].price);
    await failsWithLess(inference.connect(buyer).buyPass, await market.buying(modelId, 0, { permit }), 60_000n);
    expect(await payment.balanceOf(inference)).to.equal(TIERS[0].price);
    const signer = market.wallet();
    const wallet = await ethers.deployContract("OwnedWallet", [signer.address]);
    const second = await market.buy(modelId, 0, { sessionKey: wallet });
    const anybody = inference.connect(relayer);
    await failsWithLess(anybody.redeem, await market.redeeming(1n, 4), 60_000n);
    await failsWithLess(anybody.redeem, await market.redeeming(second, 10, { signer }), 60_000n);
    await failsWithLess(anybody.claim, [modelId, owner], 40_000n);
    await failsWithLess(anybody.claimFees, [], 30_000n);
    await failsWithLess(anybody.close, [second], 30_000n);
    expect(await inference.claimable(modelId, owner)).to.equal(0n);
    expect(await inference.fees()).to.equal(0n);
  });
});

/** A campaign of two aggregators and three seats, which have contributed. */
async function contributed() {
  const market = await Market.deploy(ethers);
  const { campaignId, datasets } = await market.seated(3, { maxProviders: 3 });
  const made = await market.contributions(campaignId, [0, 1, 2], datasets);
  return { market, id: campaignId, made, ends: await market.campaigns.deadlines(campaignId) };
}

describe("what concerns shares and rounds, sent with too little gas", () => {
  let market, id, made, ends;

  beforeEach(async () => {
    ({ market, id, made, ends } = await networkHelpers.loadFixture(contributed));
  });

  const dispute = async () => {
    await networkHelpers.time.increaseTo(ends.dispute);
    return market.dispute(made[0], 1, market.helper);
  };
  const send = async (name, call) => market.campaigns.connect(market.relayer)[name](...call);

  /** Least gas of a transaction with this calldata (EIP-7623): with less there is none. */
  function floor(data) {
    const bytes = ethers.getBytes(data);
    return 21_000n + 10n * BigInt(bytes.reduce((sum, byte) => sum + (byte ? 4 : 1), 0));
  }

  async function wholeOrNothing(name, call) {
    const method = market.campaigns.connect(market.relayer)[name];
    const least = floor((await method.populateTransaction(...call)).data);
    // estimates leave room for what a refund returns only at the end
    let [tooLittle, enough] = [least, await method.estimateGas(...call)];
    while (enough - tooLittle > 1n) {
      const gasLimit = (enough + tooLittle) / 2n;
      const done = await method.staticCall(...call, { gasLimit }).then(
        () => true,
        () => false,
      );
      [tooLittle, enough] = done ? [tooLittle, gasLimit] : [gasLimit, enough];
    }
    let tried = 0;
    for (let missing = 1n; enough - missing > least; missing += missing / 8n + 100n) {
      const gasLimit = enough - missing;
      await expect(method.staticCall(...call, { gasLimit }), `${name} ${gasLimit}`).to.be.revert(ethers);
      tried++;
    }
    expect(tried).to.be.greaterThan(5);
    await method(...call, { gasLimit: enough });
  }

  it("a dispute happens as a whole or not at all", async () => {
    await wholeOrNothing("disputeShare", await dispute());
    expect((await market.campaigns.round(id, 0n)).inDispute).to.equal(1n);
  });

  it("so does an answer", async () => {
    await send("disputeShare", await dispute());
    await wholeOrNothing("revealShare", await market.answer(made[0], 1));
    expect((await market.campaigns.round(id, 0n)).inDispute).to.equal(0n);
  });

  it("so does an exclusion, which burns the reward", async () => {
    await send("disputeShare", await dispute());
    await networkHelpers.time.increaseTo(ends.answer);
    await wholeOrNothing("exclude", [id, 0n, made[0].provider, made[0].commitments]);
    expect((await market.campaigns.round(id, 0n)).contributors).to.equal(2n);
    expect(await market.token.totalSupply()).to.equal(24_000n);
  });

  it("so does the end of a round", async () => {
    await networkHelpers.time.increaseTo(ends.share);
    await wholeOrNothing("closeRound", await market.closing(id, made));
    expect((await market.campaigns.progress(id)).round).to.equal(1n);
  });

  it("a share is published whole or not at all", async () => {
    const published = "0x" + "ab".repeat(64);
    const call = [id, 0n, made[0].provider, 1n, published, published];
    const method = market.campaigns.connect(market.relayer).publishShare;
    const enough = await method.estimateGas(...call);
    await expect(method.staticCall(...call, { gasLimit: enough - 600n })).to.be.revert(ethers);
    await expect(method(...call, { gasLimit: enough }))
      .to.emit(market.campaigns, "SharePublished")
      .withArgs(id, 0n, made[0].provider, 1n, published, published);
  });
});
