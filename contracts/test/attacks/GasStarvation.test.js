import { expect } from "chai";
import { network } from "hardhat";
import { Market } from "../support/market.js";

const { ethers } = await network.getOrCreate();

// A call that gets 63/64 of what is left, or a constant, fails alone: what called it must not go on.
describe("a contribution sent with too little gas", () => {
  it("happens as a whole or not at all", async () => {
    const market = await Market.deploy(ethers);
    const { campaignId, datasets } = await market.seated(4);
    const { call } = await market.contribution(campaignId, market.providers[0], datasets[0]);
    const contribute = market.campaigns.connect(market.relayer).contribute;
    const enough = await contribute.estimateGas(...call);
    // finer towards the end, where the reward is minted
    for (let missing = 600n; missing < enough - 200_000n; missing += missing / 8n) {
      const gasLimit = enough - missing;
      await expect(contribute.staticCall(...call, { gasLimit }), `${gasLimit}`).to.be.revert(ethers);
    }
    await contribute(...call, { gasLimit: enough });
    expect((await market.campaigns.seat(campaignId, market.providers[0])).points).to.equal(12n);
    expect(await market.token.totalSupply()).to.equal(12_000n);
  });
});
