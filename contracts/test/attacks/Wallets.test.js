import { expect } from "chai";
import { network } from "hardhat";
import { Market } from "../support/market.js";

const { ethers, networkHelpers } = await network.getOrCreate();

/** No signature is looked at by the wallet, so any will do. */
const AUTHORIZATION = (nonce) => ({ nonce, deadline: 2n ** 40n, signature: "0x" });

/** A running campaign whose third seat is a wallet that calls back when it is asked for its signature. */
async function seatOfWallet() {
  const market = await Market.deploy(ethers);
  const wallet = await ethers.deployContract("ReentrantWallet");
  const address = await wallet.getAddress();
  const { claim, logs, proof } = await market.claim(address);
  const dataset = await market.registry.register.staticCall(claim, proof, AUTHORIZATION(0n));
  await market.registry.register(claim, proof, AUTHORIZATION(0n));
  market.logs.set(dataset, logs);
  const [first, second] = market.providers;
  const id = await market.open(
    [first, second, address].map((member) => [member, 12]),
    { maxProviders: 3 },
  );
  for (const provider of [first, second]) await market.join(id, provider, await market.register(provider));
  const [request] = await market.joining(id, first, dataset, 12);
  await market.campaigns.join(request, market.allowList.proof(address, 12), AUTHORIZATION(0n));
  return { market, wallet, address, dataset, id };
}

describe("a contract wallet that calls back while its signature is checked", () => {
  let market, campaigns, wallet, address, dataset, id, contribution;

  beforeEach(async () => {
    ({ market, wallet, address, dataset, id } = await networkHelpers.loadFixture(seatOfWallet));
    ({ campaigns } = market);
    const { call } = await market.contribution(id, market.providers[0], dataset);
    contribution = (nonce) => call.with(6, AUTHORIZATION(nonce));
  });

  const plan = async (name, args, insistent = false) => {
    const { data } = await campaigns[name].populateTransaction(...args);
    await wallet.plan(campaigns, data, insistent);
  };

  it("is not paid twice for one contribution", async () => {
    await plan("contribute", contribution(1n));
    await campaigns.contribute(...contribution(1n));
    await expect(campaigns.contribute(...contribution(2n))).to.be.revertedWithCustomError(
      campaigns,
      "AlreadyContributed",
    );
    expect((await campaigns.seat(id, address)).points).to.equal(12n);
    expect((await campaigns.round(id, 0n)).contributors).to.equal(1n);
    expect(await market.token.totalSupply()).to.equal(12_000n);
  });

  it("changes nothing by a call that would be good at any other time", async () => {
    const [provider] = market.providers;
    const datasetId = (await campaigns.seat(id, provider)).datasetId;
    const { call } = await market.contribution(id, provider, datasetId);
    await plan("contribute", call, true);
    await expect(campaigns.contribute(...contribution(1n))).to.be.revertedWithCustomError(
      campaigns,
      "SignatureRejected",
    );
    await campaigns.contribute(...call);
  });
});

// The reward token has no hooks. If it had, claims and contributions would still not be entered in the middle of a payout.
describe("a reward token that calls back while it pays", () => {
  it("finds claim and contribute shut", async () => {
    const market = await Market.deploy(ethers);
    const { campaigns, token } = market;
    const [first, second] = market.providers;
    const { campaignId, datasets } = await market.seated(3, { maxProviders: 3 });
    const [made] = await market.contributions(campaignId, [0, 1], datasets);
    await networkHelpers.time.increaseTo((await campaigns.deadlines(campaignId)).contribution);
    await campaigns.lapse(campaignId);

    const hook = await ethers.deployContract("HookToken", [market.relayer]);
    await networkHelpers.setCode(await token.getAddress(), await hook.getDeployedCode());
    const hooked = hook.attach(token);
    const guarded = ethers.id("ReentrancyGuardReentrantCall()").slice(0, 10);
    for (const [provider, name, call] of [
      [first, "claim", [campaignId, second]],
      [second, "contribute", made.call],
    ]) {
      const { data } = await campaigns[name].populateTransaction(...call);
      await hooked.plan(campaigns, data);
      await campaigns.claim(campaignId, provider);
      expect([await hooked.succeeded(), await hooked.failure()], name).to.deep.equal([0n, guarded]);
      expect(await token.balanceOf(provider)).to.equal(12_000n);
    }
  });
});
