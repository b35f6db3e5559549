import { expect } from "chai";
import { network } from "hardhat";
import { DAY } from "../support/market.js";
import { InferenceSale, TIERS, revenue } from "../support/inference.js";

const { ethers, networkHelpers } = await network.getOrCreate();

/** A listed model that is paid in a token of our own, all of which the buyer holds. */
async function paidIn(name, args) {
  const paymentToken = ({ providers }) => ethers.deployContract(name, [...args, providers.at(-2)]);
  const market = await InferenceSale.deploy(ethers, { seed: name, paymentToken });
  ({ campaignId: market.modelId } = await market.finished());
  await market.inference.connect(market.governance).setFee(250);
  await market.list(market.modelId);
  return market;
}

const withFee = () => paidIn("FeeToken", [100]);
const withoutFee = () => paidIn("FeeToken", [0]);
const withHook = () => paidIn("HookToken", []);
const GUARDED = ethers.id("ReentrancyGuardReentrantCall()").slice(0, 10);

describe("a payment token", () => {
  it("that takes a fee of its own is refused: the escrow would be short", async () => {
    const market = await networkHelpers.loadFixture(withFee);
    const { price } = TIERS[0];
    await expect(market.buy(market.modelId))
      .to.be.revertedWithCustomError(market.inference, "PaymentIncomplete")
      .withArgs(price - (price / 10_000n) * 100n, price);
    expect(await market.payment.balanceOf(market.inference)).to.equal(0n);
  });

  it("that knows no permits is good: a permit is ignored, the allowance decides", async () => {
    const market = await networkHelpers.loadFixture(withoutFee);
    const permit = { deadline: 2n ** 40n, v: 27, r: ethers.ZeroHash, s: ethers.ZeroHash };
    await market.buy(market.modelId, 0, { permit });
    expect(await market.payment.balanceOf(market.inference)).to.equal(TIERS[0].price);
  });

  it("with the highest price there is can be divided, claimed and paid back", async () => {
    const market = await networkHelpers.loadFixture(withoutFee);
    const { inference, payment, modelId } = market;
    const tier = { queries: 2n ** 32n - 1n, termSeconds: DAY, price: 2n ** 128n - 1n };
    await market.list(modelId, [tier]);
    const half = 2n ** 31n;
    let held = 0n;
    for (let i = 0; i < 3; i++) {
      const passId = await market.buy(modelId);
      await market.redeem(passId, half);
      await networkHelpers.time.increase(4 * DAY);
      await inference.close(passId);
      held += revenue(tier, half, 250).released;
      expect(await payment.balanceOf(inference)).to.equal(held);
    }
    const { contributors, owner, fee } = revenue(tier, half, 250);
    const [, contributorsEarned] = await inference.earnings(modelId);
    expect(contributorsEarned).to.equal(3n * contributors);
    await inference.claim(modelId, market.owner);
    expect(await payment.balanceOf(market.owner)).to.equal(3n * owner);
    await inference.claimFees();
    expect(await payment.balanceOf(market.treasury)).to.equal(3n * fee);
    for (let i = 0; i < 3; i++) await inference.claim(modelId, market.providers[i]);
    expect(await payment.balanceOf(inference)).to.be.at.most(3n);
  });

  it("that refuses one account holds up nobody else", async () => {
    const market = await networkHelpers.loadFixture(withHook);
    const { inference, payment, modelId, buyer, relayer } = market;
    const [first, second] = market.providers;
    await payment.connect(buyer).transfer(relayer, TIERS[0].price);
    const theirs = await market.buy(modelId);
    const ours = await market.buy(modelId, 0, { buyer: relayer });
    for (const passId of [theirs, ours]) await market.redeem(passId, 3);
    await networkHelpers.time.increase(40 * DAY);

    await payment.refuse(buyer);
    await expect(inference.close(theirs)).to.be.revertedWithCustomError(payment, "Refused").withArgs(buyer.address);
    await inference.close(ours);
    await market.redeem(theirs, 10);
    await inference.close(theirs);

    await payment.refuse(first);
    await expect(inference.claim(modelId, first)).to.be.revertedWithCustomError(payment, "Refused");
    await inference.claim(modelId, second);
    await inference.claim(modelId, market.owner);
    await inference.claimFees();
    await payment.refuse(ethers.ZeroAddress);
    await inference.claim(modelId, first);
    expect(await payment.balanceOf(first)).to.equal(await payment.balanceOf(second));
  });

  describe("that calls back in the middle of a transfer", () => {
    let market, inference, payment, modelId, open;

    beforeEach(async () => {
      market = await networkHelpers.loadFixture(withHook);
      ({ inference, payment, modelId } = market);
      open = await market.buy(modelId);
      await market.redeem(open, 6);
      await networkHelpers.time.increase(40 * DAY);
    });

    /** Every call that moves or books money, with arguments that are good at any other time. */
    const calls = async () => [
      ["close", [open]],
      ["claim", [modelId, market.owner]],
      ["claim", [modelId, market.providers[0]]],
      ["claimFees", []],
      ["redeem", await market.redeeming(open, 7)],
      ["buyPass", await market.buying(modelId)],
    ];

    /** Has the token make each of the calls in the middle of `act`. */
    const refusesAllDuring = async (act) => {
      for (const [name, args] of await calls()) {
        const snapshot = await networkHelpers.takeSnapshot();
        const { data } = await inference[name].populateTransaction(...args);
        await payment.plan(inference, data);
        await act();
        expect(await payment.succeeded(), name).to.equal(0n);
        expect(await payment.failure(), name).to.equal(GUARDED);
        await snapshot.restore();
      }
    };

    it("gets into no other call while a pass is bought", async () => {
      await refusesAllDuring(() => market.buy(modelId));
    });

    it("gets into no other call while a pass is closed", async () => {
      await refusesAllDuring(() => inference.close(open));
    });

    it("gets into no other call while a share, or the fees, are paid out", async () => {
      await refusesAllDuring(() => inference.claim(modelId, market.owner));
      await refusesAllDuring(() => inference.claim(modelId, market.providers[0]));
      await refusesAllDuring(() => inference.claimFees());
    });

    it("does no harm beside that: each of these calls is good afterwards", async () => {
      for (const [name, args] of (await calls()).slice(1, 5)) await inference[name](...args);
      await inference.close(open);
    });
  });
});

describe("a contract that buys passes", () => {
  let market, inference, payment, modelId, contract;

  beforeEach(async () => {
    market = await networkHelpers.loadFixture(withoutFee);
    ({ inference, payment, modelId } = market);
    contract = await ethers.deployContract("ReentrantBuyer");
    await payment.connect(market.buyer).transfer(contract, 10n * TIERS[0].price);
    await run(payment, "approve", [inference, 10n * TIERS[0].price]);
  });

  const run = async (target, name, args) => {
    const { data } = await target[name].populateTransaction(...args);
    return contract.execute(target, data);
  };

  it("owns them, and gets refunds", async () => {
    await run(inference, "buyPass", await market.buying(modelId));
    expect(await inference.balanceOf(contract, 1n)).to.equal(1n);
    await market.redeem(1n, 4);
    await networkHelpers.time.increase(40 * DAY);
    await inference.close(1n);
    const { released } = revenue(TIERS[0], 4, 250);
    expect(await payment.balanceOf(contract)).to.equal(10n * TIERS[0].price - released);
  });

  it("gets into no other call when it is given one", async () => {
    await run(inference, "buyPass", await market.buying(modelId));
    for (const [name, args] of [
      ["close", [1n]],
      ["claim", [modelId, market.owner]],
      ["claimFees", []],
      ["buyPass", await market.buying(modelId)],
      ["redeem", [6n, 1, ethers.ZeroHash, 1n, "0x"]],
    ]) {
      const { data } = await inference[name].populateTransaction(...args);
      await contract.plan(inference, data);
      await run(inference, "buyPass", await market.buying(modelId));
      expect(await contract.failure(), name).to.equal(GUARDED);
    }
    expect(await contract.received()).to.equal(6n);
    expect(await inference.passes()).to.equal(6n);
    expect(await payment.balanceOf(inference)).to.equal(6n * TIERS[0].price);
  });

  it("needs to accept ERC-1155 tokens", async () => {
    const wallet = await ethers.deployContract("ReentrantWallet");
    await networkHelpers.impersonateAccount(await wallet.getAddress());
    await networkHelpers.setBalance(await wallet.getAddress(), 10n ** 18n);
    const sender = await ethers.getSigner(await wallet.getAddress());
    await payment.connect(market.buyer).transfer(sender, TIERS[0].price);
    await expect(market.buy(modelId, 0, { buyer: sender }))
      .to.be.revertedWithCustomError(inference, "ERC1155InvalidReceiver")
      .withArgs(sender.address);
    expect(await inference.passes()).to.equal(0n);
  });
});

describe("a session key that is a contract and calls back while it is asked", () => {
  it("gets into no other call: it is asked by a static call", async () => {
    const market = await networkHelpers.loadFixture(withoutFee);
    const { inference, modelId } = market;
    const wallet = await ethers.deployContract("ReentrantWallet");
    const passId = await market.buy(modelId, 0, { sessionKey: wallet });
    const { data } = await inference.claim.populateTransaction(modelId, market.owner);
    await wallet.plan(inference, data, true);
    await expect(market.redeem(passId, 1)).to.be.revertedWithCustomError(inference, "SignatureRejected");
  });
});
