import { expect } from "chai";
import { network } from "hardhat";
import { Market } from "../support/market.js";

const { ethers } = await network.getOrCreate();

describe("contribute", () => {
  it("mints the reward into escrow", async () => {
    const market = await Market.deploy(ethers);
    const { campaignId, datasets } = await market.seated(4);
    await expect(market.contribute(campaignId, market.providers[0], datasets[0]))
      .to.emit(market.campaigns, "RewardMinted")
      .withArgs(campaignId, 0n, market.providers[0].address, 12_000n);
  });
});
