import { expect } from "chai";
import { network } from "hardhat";
import { InferenceSale, TIERS } from "../support/inference.js";
import { Market } from "../support/market.js";

const { ethers } = await network.getOrCreate();

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
