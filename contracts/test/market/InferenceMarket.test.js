import { expect } from "chai";
import { network } from "hardhat";
import { DAY, HOUR, INFINITY, STATE } from "../support/market.js";
import { ENDPOINT, InferenceSale, NO_PERMIT, TIERS, revenue } from "../support/inference.js";
import { domainOf, typesOf } from "../support/messages.js";

const { ethers, networkHelpers } = await network.getOrCreate();
const { time } = networkHelpers;
const GRACE = 3n * BigInt(DAY);
const GOVERNANCE_ROLE = ethers.id("GOVERNANCE_ROLE");
/** What `points` of `all` points have earned of `amount`, as the documentation says it. */
const earned = (amount, points, all) => (points * ((amount << 128n) / all)) >> 128n;
const tuples = (tiers) => tiers.map(({ queries, termSeconds, price }) => [queries, termSeconds, price]);

/** A finished campaign of three seats, listed, a buyer with tokens, a fee of 2.5%. */
async function listed() {
  const market = await InferenceSale.deploy(ethers, { seed: "sale" });
  ({ campaignId: market.modelId } = await market.finished());
  await market.fund(market.modelId);
  await market.inference.connect(market.governance).setFee(250);
  await market.list(market.modelId);
  return market;
}

describe("InferenceMarket", () => {
  let market, inference, campaigns, payment, id;

  beforeEach(async () => {
    market = await networkHelpers.loadFixture(listed);
    ({ inference, campaigns, payment, modelId: id } = market);
  });

  const refuses = (call, error, ...args) => {
    const check = expect(call).to.be.revertedWithCustomError(inference, error);
    return args.length ? check.withArgs(...args) : check;
  };
  const balance = (account) => payment.balanceOf(account);
  /** Moves on to a Unix second, of the next block. */
  const at = (second) => time.setNextBlockTimestamp(second);

  describe("list", () => {
    it("offers a finished campaign's model, and tells all of it", async () => {
      const { model } = await campaigns.round(id, 1n);
      await expect(market.list(id))
        .to.emit(inference, "ModelListed")
        .withArgs(
          id,
          market.owner.address,
          market.seller.address,
          1n,
          [model.x, model.y],
          36n,
          ENDPOINT,
          tuples(TIERS),
        );
      expect((await inference.listing(id)).toObject()).to.deep.equal({
        seller: market.seller.address,
        endpoint: ENDPOINT,
      });
      expect((await inference.tiers(id)).map((tier) => tier.toArray())).to.deep.equal(
        tuples(TIERS).map((tier) => tier.map(BigInt)),
      );
      const { owner, version, points, commitment } = await inference.model(id);
      expect([owner, version, points]).to.deep.equal([market.owner.address, 1n, 36n]);
      expect(commitment.toObject()).to.deep.equal(model.toObject());
    });

    it("replaces what was offered before, and takes the model off sale", async () => {
      await market.list(id, [{ ...TIERS[0], price: 70n }], market.relayer, "elsewhere");
      expect((await inference.tiers(id)).map(({ price }) => price)).to.deep.equal([70n]);
      expect((await inference.listing(id)).seller).to.equal(market.relayer.address);
      await market.list(id, []);
      expect(await inference.tiers(id)).to.deep.equal([]);
      await refuses(inference.quote(id, 0), "TierUnknown", id, 0n, 0n);
      await refuses(inference.buyPass(id, 0, ethers.ZeroHash, market.sessionKey, NO_PERMIT), "TierUnknown", id, 0n, 0n);
    });

    it("leaves passes as they were sold", async () => {
      const passId = await market.buy(id);
      await market.list(id, [], market.relayer);
      const { seller, price } = await inference.pass(passId);
      expect([seller, price]).to.deep.equal([market.seller.address, TIERS[0].price]);
      await market.redeem(passId, 10);
      await inference.close(passId);
    });

    it("takes a price of exactly the floor, and 8 tiers and 256 bytes", async () => {
      const floor = { queries: 4, termSeconds: 1, price: 28n };
      await market.list(id, Array(8).fill(floor), market.seller, "x".repeat(256));
      expect(await inference.tiers(id)).to.have.length(8);
      await refuses(market.list(id, Array(9).fill(floor)), "TooManyTiers", 9n, 8n);
      await refuses(market.list(id, [floor], market.seller, "x".repeat(257)), "EndpointTooLong", 257n, 256n);
      await refuses(market.list(id, [floor, { ...floor, price: 27n }]), "PriceBelowFloor", 1n, 27n, 28n);
      const highest = { queries: 2n ** 32n - 1n, termSeconds: 2n ** 32n - 1n, price: 2n ** 128n - 1n };
      await market.list(id, [highest]);
    });

    it("refuses whoever is not the owner, no seller, and terms of nothing", async () => {
      for (const sender of [market.seller, market.governance, market.providers[0]]) {
        const call = inference.connect(sender).list(id, sender, ENDPOINT, TIERS);
        await refuses(call, "NotOwner", id, sender.address, market.owner.address);
      }
      await refuses(market.list(id, TIERS, ethers.ZeroAddress), "SellerZero", id);
      for (const field of ["queries", "termSeconds"]) {
        const call = market.list(id, [TIERS[0], { ...TIERS[1], [field]: 0 }]);
        await refuses(call, "TermOutOfRange", ethers.encodeBytes32String(field), 0n, 1n, 2n ** 32n - 1n);
      }
    });

    it("refuses campaigns that are not finished", async () => {
      await refuses(market.list(99n), "CampaignUnknown", 99n);
      const open = await market.open([[market.providers[0], 12]]);
      await refuses(market.list(open), "WrongState", open, STATE.Open, STATE.Finished);
      const { campaignId: running } = await market.seated(4);
      await refuses(market.list(running), "WrongState", running, STATE.Running, STATE.Finished);
      await time.increaseTo((await campaigns.deadlines(running)).contribution);
      await campaigns.lapse(running);
      await refuses(market.list(running), "WrongState", running, STATE.Cancelled, STATE.Finished);
      await refuses(inference.model(running), "WrongState", running, STATE.Cancelled, STATE.Finished);
    });
  });

  describe("quote", () => {
    it("is the hash of model, terms and fee", async () => {
      const { model } = await campaigns.round(id, 1n);
      for (const [i, { queries, termSeconds, price }] of TIERS.entries()) {
        const words = [id, 1n, model.x, model.y, queries, termSeconds, price, 250n];
        const encoded = ethers.AbiCoder.defaultAbiCoder().encode(Array(8).fill("uint256"), words);
        expect(await inference.quote(id, i)).to.equal(ethers.keccak256(encoded));
      }
      await refuses(inference.quote(id, 2), "TierUnknown", id, 2n, 2n);
      await refuses(inference.quote(99n, 0), "TierUnknown", 99n, 0n, 0n);
    });

    it("of another time is refused: a raised price, other terms, another tier, another fee", async () => {
      const call = await market.buying(id);
      await payment.connect(market.buyer).approve(inference, 2n ** 200n);
      const buy = () => inference.connect(market.buyer).buyPass(...call);
      const refusesNow = async () => refuses(buy(), "QuoteDiffers", id, 0n, call[2], await inference.quote(id, 0));
      for (const change of [{ price: TIERS[0].price + 1n }, { queries: 9 }, { termSeconds: 29 * DAY }]) {
        await market.list(id, [{ ...TIERS[0], ...change }, TIERS[1]]);
        await refusesNow();
      }
      await market.list(id, [TIERS[1], TIERS[0]]);
      await refusesNow();
      await market.list(id);
      await inference.connect(market.governance).setFee(251);
      await refusesNow();
      await inference.connect(market.governance).setFee(250);
      await buy();
    });
  });

  describe("buyPass", () => {
    it("puts the price into escrow and gives the buyer a token", async () => {
      const before = await balance(market.buyer);
      await payment.connect(market.buyer).approve(inference, TIERS[0].price);
      const call = await market.buying(id);
      const now = BigInt(await time.latest()) + 100n;
      await at(now);
      const termEnd = now + BigInt(TIERS[0].termSeconds);
      const { address: buyer } = market.buyer;
      const { address: sessionKey } = market.sessionKey;
      const { address: seller } = market.seller;
      const bought = inference.connect(market.buyer).buyPass(...call);
      await expect(bought)
        .to.emit(inference, "PassPurchased")
        .withArgs(1n, id, buyer, sessionKey, seller, 10n, termEnd, TIERS[0].price, 250n);
      await expect(bought).to.emit(inference, "TransferSingle").withArgs(buyer, ethers.ZeroAddress, buyer, 1n, 1n);
      const sold = { buyer, queries: 10n, redeemed: 0n, feeBasisPoints: 250n, closed: false, sessionKey };
      expect((await inference.pass(1n)).toObject()).to.deep.equal({
        ...sold,
        termEnd,
        seller,
        price: TIERS[0].price,
        modelId: id,
      });
      expect(await inference.passes()).to.equal(1n);
      expect(await inference.balanceOf(buyer, 1n)).to.equal(1n);
      expect(await balance(inference)).to.equal(TIERS[0].price);
      expect(await balance(buyer)).to.equal(before - TIERS[0].price);
      expect(await market.buy(id, 1)).to.equal(2n);
    });

    it("takes a permit over exactly the price", async () => {
      const permit = await market.permit(market.buyer, TIERS[0].price);
      await inference.connect(market.buyer).buyPass(...(await market.buying(id, 0, { permit })));
      expect(await balance(inference)).to.equal(TIERS[0].price);
      expect(await payment.allowance(market.buyer, inference)).to.equal(0n);
    });

    it("goes on when somebody has used the permit before", async () => {
      const permit = await market.permit(market.buyer, TIERS[0].price);
      const { deadline, v, r, s } = permit;
      await payment.connect(market.relayer).permit(market.buyer, inference, TIERS[0].price, deadline, v, r, s);
      await inference.connect(market.buyer).buyPass(...(await market.buying(id, 0, { permit })));
      expect(await inference.passes()).to.equal(1n);
    });

    it("refuses a permit over another amount, of another account or for another spender: the allowance decides", async () => {
      const { price } = TIERS[0];
      for (const permit of [
        await market.permit(market.buyer, price - 1n),
        await market.permit(market.buyer, price, { spender: market.seller.address }),
        await market.permit(market.relayer, price),
        await market.permit(market.buyer, price, { deadline: 1n }),
        NO_PERMIT,
      ]) {
        const call = inference.connect(market.buyer).buyPass(...(await market.buying(id, 0, { permit })));
        await expect(call).to.be.revertedWithCustomError(payment, "ERC20InsufficientAllowance");
      }
      expect(await inference.passes()).to.equal(0n);
    });

    it("spends the sender's tokens only", async () => {
      await payment.connect(market.buyer).approve(inference, 2n ** 200n);
      const permit = await market.permit(market.buyer, TIERS[0].price);
      const call = inference.connect(market.relayer).buyPass(...(await market.buying(id, 0, { permit })));
      await expect(call).to.be.revertedWithCustomError(payment, "ERC20InsufficientAllowance");
    });

    it("refuses a session key of zero", async () => {
      const call = await market.buying(id, 0, { sessionKey: ethers.ZeroAddress });
      await refuses(inference.connect(market.buyer).buyPass(...call), "SessionKeyZero", id);
    });

    it("sells for nothing where the floor is zero", async () => {
      const { campaignId } = await market.finished({ terms: { floorPricePerQuery: 0n } });
      await market.list(campaignId, [{ queries: 5, termSeconds: DAY, price: 0n }]);
      const passId = await market.buy(campaignId, 0, { buyer: market.relayer });
      await expect(market.redeem(passId, 5))
        .to.emit(inference, "PassRedeemed")
        .withArgs(passId, campaignId, 5n, 0n, 0n, 0n, 0n);
      await expect(inference.close(passId))
        .to.emit(inference, "PassClosed")
        .withArgs(passId, campaignId, market.relayer.address, 0n);
      await refuses(inference.claim(campaignId, market.owner), "NothingToClaim", campaignId, market.owner.address);
    });
  });

  describe("a pass", () => {
    it("stays with its buyer: transfers, batches and approvals are refused", async () => {
      const passId = await market.buy(id);
      const { address: from } = market.buyer;
      const { address: to } = market.relayer;
      const own = inference.connect(market.buyer);
      await refuses(own.safeTransferFrom(from, to, passId, 1n, "0x"), "PassNotTransferable");
      await refuses(own.safeTransferFrom(from, from, passId, 0n, "0x"), "PassNotTransferable");
      await refuses(own.safeBatchTransferFrom(from, to, [passId], [1n], "0x"), "PassNotTransferable");
      await refuses(own.safeBatchTransferFrom(from, to, [], [], "0x"), "PassNotTransferable");
      await refuses(own.setApprovalForAll(to, true), "PassNotTransferable");
      expect(await inference.isApprovedForAll(from, to)).to.equal(false);
      expect(await inference.balanceOf(from, passId)).to.equal(1n);
    });

    it("is an ERC-1155 token, and the contract has roles", async () => {
      for (const [name, expected] of Object.entries({ "0xd9b67a26": true, "0x7965db0b": true, "0xffffffff": false })) {
        expect(await inference.supportsInterface(name), name).to.equal(expected);
      }
    });

    it("that there is none of is refused by every call", async () => {
      for (const passId of [0n, 1n, 2n ** 255n]) {
        await refuses(inference.pass(passId), "PassUnknown", passId);
        await refuses(inference.close(passId), "PassUnknown", passId);
        await refuses(inference.redeem(passId, 1, ethers.ZeroHash, 1n, "0x"), "PassUnknown", passId);
        await refuses(inference.queryDigest(passId, 1, ethers.ZeroHash, 1n), "PassUnknown", passId);
        await refuses(inference.inferStatement(passId, ethers.ZeroHash, 0, INFINITY, INFINITY), "PassUnknown", passId);
      }
    });
  });

  describe("redeem", () => {
    let passId;

    beforeEach(async () => {
      passId = await market.buy(id);
    });

    it("releases the price of the rows asked since, into fee, owner's share and contributors'", async () => {
      let before = revenue(TIERS[0], 0, 250);
      for (const count of [3, 4, 10]) {
        const now = revenue(TIERS[0], count, 250);
        const [released, fee, owner, contributors] = ["released", "fee", "owner", "contributors"].map(
          (name) => now[name] - before[name],
        );
        expect(fee + owner + contributors).to.equal(released);
        await expect(market.redeem(passId, count))
          .to.emit(inference, "PassRedeemed")
          .withArgs(passId, id, count, released, fee, owner, contributors);
        before = now;
        expect(await inference.fees()).to.equal(now.fee);
        const [{ ownerEarned }, contributorsEarned] = await inference.earnings(id);
        expect([ownerEarned, contributorsEarned]).to.deep.equal([now.owner, now.contributors]);
        expect((await inference.pass(passId)).redeemed).to.equal(count);
      }
      expect(before.released).to.equal(TIERS[0].price);
    });

    it("pays the same in one step as in ten", async () => {
      const other = await market.buy(id);
      for (let count = 1; count <= 10; count++) await market.redeem(passId, count);
      const inTen = [await inference.fees(), ...(await inference.earnings(id)).toArray(true)].flat();
      await market.redeem(other, 10);
      const both = [await inference.fees(), ...(await inference.earnings(id)).toArray(true)].flat();
      const total = revenue(TIERS[0], 10, 250);
      expect(inTen[0]).to.equal(total.fee);
      expect(both[0]).to.equal(2n * total.fee);
      expect(both.at(-1)).to.equal(2n * total.contributors);
      expect(inTen.at(-1)).to.equal(total.contributors);
    });

    it("is refused for a count that was redeemed, a lower one, and one beyond what was bought", async () => {
      await refuses(market.redeem(passId, 0), "CountOutOfRange", passId, 0n, 1n, 10n);
      await refuses(market.redeem(passId, 11), "CountOutOfRange", passId, 11n, 1n, 10n);
      const call = await market.redeeming(passId, 4);
      await inference.redeem(...call);
      await refuses(inference.redeem(...call), "CountOutOfRange", passId, 4n, 5n, 10n);
      await refuses(market.redeem(passId, 3), "CountOutOfRange", passId, 3n, 5n, 10n);
      await market.redeem(passId, 10);
      await refuses(market.redeem(passId, 2 ** 32 - 1), "CountOutOfRange", passId, 2n ** 32n - 1n, 11n, 10n);
    });

    it("goes on after the term, whatever the query's deadline, until the pass is closed", async () => {
      await time.increaseTo((await inference.pass(passId)).termEnd + GRACE);
      await market.redeem(passId, 4, { deadline: 1n });
      await inference.close(passId);
      await refuses(market.redeem(passId, 5), "PassIsClosed", passId);
    });

    it("is signed as the digest says", async () => {
      const query = await market.query(passId, 3);
      const domain = await domainOf(inference, "Query");
      const digest = ethers.TypedDataEncoder.hash(domain, typesOf("Query"), query);
      expect(await inference.queryDigest(passId, 3, query.inputsHash, query.deadline)).to.equal(digest);
    });

    it("refuses a signature of anything else: field by field, of another model, pass, contract or chain", async () => {
      const { address: elsewhere } = market.relayer;
      for (const changes of [
        { value: { modelId: id + 1n } },
        { value: { passId: passId + 1n } },
        { value: { count: 4 } },
        { value: { inputsHash: ethers.ZeroHash } },
        { value: { deadline: 5n } },
        { domain: { chainId: 1n } },
        { domain: { verifyingContract: elsewhere } },
        { domain: { name: "zkML TrainingCampaigns" } },
        { domain: { version: "2" } },
      ]) {
        const call = await market.redeeming(passId, 5, { changes });
        const digest = await inference.queryDigest(passId, 5, call[2], call[3]);
        await refuses(inference.redeem(...call), "SignatureRejected", market.sessionKey.address, digest);
      }
    });

    it("refuses everybody else's signature: buyer, seller, owner, another pass's key", async () => {
      for (const signer of [market.buyer, market.seller, market.owner, market.wallet()]) {
        await refuses(market.redeem(passId, 5, { signer }), "SignatureRejected");
      }
    });

    it("refuses a signature that is spelled otherwise, and one that is none", async () => {
      const call = await market.redeeming(passId, 5);
      const { r, s, v, compactSerialized } = ethers.Signature.from(call[4]);
      const n = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;
      const high = ethers.toBeHex(n - BigInt(s), 32);
      for (const signature of [
        ethers.concat([r, high, ethers.toBeHex(55 - v)]),
        compactSerialized,
        ethers.concat([r, s, ethers.toBeHex(v - 27)]),
        ethers.concat([call[4], "0x00"]),
        ethers.dataSlice(call[4], 0, 64),
        "0x",
        ethers.ZeroHash + "00".repeat(33),
      ]) {
        await refuses(inference.redeem(...call.with(4, signature)), "SignatureRejected");
      }
      await inference.redeem(...call);
    });

    it("takes what a contract accepts by ERC-1271, and no longer when it does not", async () => {
      const signer = market.wallet();
      const wallet = await ethers.deployContract("OwnedWallet", [signer.address]);
      const own = await market.buy(id, 0, { sessionKey: wallet });
      await market.redeem(own, 2, { signer });
      await refuses(market.redeem(own, 3), "SignatureRejected");
    });

    it("takes a key's own signature though its account has got code that accepts none (EIP-7702)", async () => {
      const call = await market.redeeming(passId, 5);
      const { address: key } = market.sessionKey;
      const { address: nobody } = market.wallet();
      const wallet = await ethers.deployContract("OwnedWallet", [nobody]);
      await networkHelpers.setCode(key, await ethers.provider.getCode(wallet));
      await inference.redeem(...call);
      expect((await inference.pass(passId)).redeemed).to.equal(5n);
    });
  });

  describe("close", () => {
    let passId, until;

    beforeEach(async () => {
      passId = await market.buy(id);
      until = (await inference.pass(passId)).termEnd + GRACE;
    });

    it("returns the rest to the buyer when term and grace are over, whoever sends it", async () => {
      await market.redeem(passId, 3);
      const { released } = revenue(TIERS[0], 3, 250);
      const before = await balance(market.buyer);
      await at(until - 1n);
      await refuses(inference.connect(market.relayer).close(passId), "PassNotOver", passId, until);
      await at(until);
      await expect(inference.connect(market.relayer).close(passId))
        .to.emit(inference, "PassClosed")
        .withArgs(passId, id, market.buyer.address, TIERS[0].price - released);
      expect(await balance(market.buyer)).to.equal(before + TIERS[0].price - released);
      expect(await balance(inference)).to.equal(released);
      expect(await inference.balanceOf(market.buyer, passId)).to.equal(0n);
      expect((await inference.pass(passId)).closed).to.equal(true);
    });

    it("happens once", async () => {
      await time.increaseTo(until);
      await inference.close(passId);
      await refuses(inference.close(passId), "PassIsClosed", passId);
      await refuses(market.redeem(passId, 1), "PassIsClosed", passId);
      expect(await balance(inference)).to.equal(0n);
    });

    it("happens at once when all was redeemed, with nothing to return", async () => {
      await market.redeem(passId, 9);
      await refuses(inference.close(passId), "PassNotOver", passId, until);
      await market.redeem(passId, 10);
      await expect(inference.close(passId))
        .to.emit(inference, "PassClosed")
        .withArgs(passId, id, market.buyer.address, 0n);
      expect(await balance(inference)).to.equal(TIERS[0].price);
    });

    it("leaves what was answered provable", async () => {
      await time.increaseTo(until);
      await inference.close(passId);
      expect((await inference.inferStatement(passId, ethers.ZeroHash, 1, INFINITY, INFINITY)).server).to.equal(
        market.seller.address,
      );
    });
  });

  describe("claim", () => {
    it("pays contributors by their points and the owner its share, to the last unit over many sales", async () => {
      const { campaignId } = await market.finished({ count: 4, terms: { rowCap: 11 } });
      const members = [market.owner, ...market.providers.slice(0, 4)];
      await market.list(campaignId);
      const start = await Promise.all(members.map(balance));
      let [paid, owner, fee] = [0n, 0n, 0n];
      for (let sale = 1; sale <= 3; sale++) {
        const passId = await market.buy(campaignId);
        for (const count of [1, 2, 7, 10]) {
          await market.redeem(passId, count);
          if (count === 7) await inference.claim(campaignId, market.providers[sale % 4]);
        }
        const total = revenue(TIERS[0], 10, 250);
        [paid, owner, fee] = [paid + total.contributors, owner + total.owner, fee + total.fee];
        const [, contributorsEarned] = await inference.earnings(campaignId);
        expect(contributorsEarned).to.equal(paid);
      }
      const { perPoint, carry } = (await inference.earnings(campaignId))[0];
      expect(44n * perPoint + carry).to.equal(paid << 128n);
      for (const member of members) {
        if ((await inference.claimable(campaignId, member)) !== 0n) await inference.claim(campaignId, member);
      }
      const got = (await Promise.all(members.map(balance))).map((amount, i) => amount - start[i]);
      const each = earned(paid, 11n, 44n);
      expect(got).to.deep.equal([owner, ...Array(4).fill(each)]);
      expect(paid - 4n * each).to.be.at.most(4n);
      expect(await balance(inference)).to.equal(fee + paid - 4n * each);
    });

    it("divides by unequal points, and pays an owner that has a seat for both", async () => {
      const seats = [market.providers[0], market.providers[1], market.owner];
      const caps = [12, 5, 1];
      const campaignId = await market.open(
        caps.map((cap, i) => [seats[i], cap]),
        { rounds: 1, maxProviders: 3, rewardPerRow: 1n },
      );
      const datasets = [];
      for (const [i, cap] of caps.entries()) {
        datasets.push(await market.register(seats[i]));
        await market.join(campaignId, seats[i], datasets[i], cap);
      }
      const made = [];
      for (const [i, seat] of seats.entries()) {
        made.push(await market.contribution(campaignId, seat, datasets[i]));
        await campaigns.contribute(...made[i].call);
      }
      await market.until(campaignId, "share");
      await market.close(campaignId, made);
      await market.list(campaignId);
      await market.redeem(await market.buy(campaignId), 10);
      const { contributors, owner } = revenue(TIERS[0], 10, 250);
      for (const [i, { address }] of seats.entries()) {
        const expected = earned(contributors, BigInt(caps[i]), 18n);
        await expect(inference.claim(campaignId, address))
          .to.emit(inference, "PayoutClaimed")
          .withArgs(campaignId, address, expected, i === 2 ? owner : 0n);
      }
    });

    it("pays the account only, once, and nothing where nothing is owed", async () => {
      await refuses(inference.claim(id, market.owner), "NothingToClaim", id, market.owner.address);
      await market.redeem(await market.buy(id), 10);
      const { owner } = revenue(TIERS[0], 10, 250);
      const before = await balance(market.relayer);
      await expect(inference.connect(market.relayer).claim(id, market.owner))
        .to.emit(inference, "PayoutClaimed")
        .withArgs(id, market.owner.address, 0n, owner);
      expect(await balance(market.owner)).to.equal(owner);
      expect(await balance(market.relayer)).to.equal(before);
      await refuses(inference.claim(id, market.owner), "NothingToClaim", id, market.owner.address);
      for (const { address } of [market.buyer, market.seller, market.helper, market.providers[5]]) {
        expect(await inference.claimable(id, address)).to.equal(0n);
        await refuses(inference.claim(id, address), "NothingToClaim", id, address);
      }
      await expect(inference.claim(99n, market.owner)).to.be.revertedWithCustomError(inference, "CampaignUnknown");
    });

    it("keeps models apart", async () => {
      const { campaignId: other } = await market.finished();
      await market.redeem(await market.buy(id), 10);
      expect(await inference.claimable(other, market.providers[0])).to.equal(0n);
      await refuses(inference.claim(other, market.providers[0]), "NothingToClaim", other, market.providers[0].address);
    });

    it("pays nothing for a round that lapsed, of which the model holds nothing, nor for what was excluded from it", async () => {
      const { campaignId, datasets } = await market.seated(4, { rounds: 2, rewardPerRow: 1n });
      const first = await market.contributions(campaignId, [0, 1, 2, 3], datasets);
      await market.until(campaignId, "share");
      await market.close(campaignId, first);
      const second = await market.contributions(campaignId, [0, 1, 2], datasets, { round: 1n });
      await market.until(campaignId, "dispute");
      await campaigns.disputeShare(...(await market.dispute(second[0], 1, market.helper)));
      await market.until(campaignId, "answer");
      await campaigns.exclude(campaignId, 1n, second[0].provider, second[0].commitments);
      await campaigns.lapse(campaignId);
      const { points } = await inference.model(campaignId);
      const seats = await Promise.all([0, 1, 2, 3].map((i) => campaigns.seat(campaignId, market.providers[i])));
      expect(seats.map((seat) => seat.points)).to.deep.equal([12n, 24n, 24n, 12n]);
      expect(points).to.equal(48n);
      await market.list(campaignId);
      await market.redeem(await market.buy(campaignId), 10);
      const { contributors } = revenue(TIERS[0], 10, 250);
      for (const i of seats.keys()) {
        const expected = earned(contributors, 12n, 48n);
        expect(await inference.claimable(campaignId, market.providers[i])).to.equal(expected);
      }
    });

    it("pays nothing to a seat that contributed to nothing but the round that lapsed", async () => {
      const { campaignId, datasets } = await market.seated(4, { rounds: 3, rewardPerRow: 1n });
      for (const round of [0n, 1n]) {
        const made = await market.contributions(campaignId, [0, 1, 2], datasets, { round });
        await market.until(campaignId, "share");
        await market.close(campaignId, made, { round });
      }
      const late = await market.contributions(campaignId, [0, 3], datasets, { round: 2n });
      expect(late).to.have.length(2);
      await refuses(inference.earnings(campaignId), "WrongState", campaignId, STATE.Running, STATE.Finished);
      expect(await inference.claimable(campaignId, market.providers[3])).to.equal(0n);
      await market.until(campaignId, "contribution");
      await campaigns.lapse(campaignId);
      const { model } = await campaigns.round(campaignId, 2n);
      await expect(market.list(campaignId))
        .to.emit(inference, "ModelListed")
        .withArgs(
          campaignId,
          market.owner.address,
          market.seller.address,
          2n,
          [model.x, model.y],
          72n,
          ENDPOINT,
          tuples(TIERS),
        );
      await market.redeem(await market.buy(campaignId), 10);
      const { contributors } = revenue(TIERS[0], 10, 250);
      expect((await inference.earnings(campaignId))[1]).to.equal(contributors);
      const claimable = await Promise.all(
        [0, 1, 2, 3].map((i) => inference.claimable(campaignId, market.providers[i])),
      );
      const each = earned(contributors, 24n, 72n);
      expect(claimable).to.deep.equal([each, each, each, 0n]);
    });
  });

  describe("the fee", () => {
    it("is governance's, below a maximum, and holds for passes sold from then on", async () => {
      const governed = inference.connect(market.governance);
      const before = await market.buy(id);
      await expect(governed.setFee(1000)).to.emit(inference, "FeeSet").withArgs(1000n);
      expect(await inference.feeBasisPoints()).to.equal(1000n);
      await refuses(governed.setFee(1001), "FeeTooHigh", 1001n, 1000n);
      const after = await market.buy(id);
      await market.redeem(before, 10);
      const { fee } = revenue(TIERS[0], 10, 250);
      expect(await inference.fees()).to.equal(fee);
      await market.redeem(after, 10);
      expect(await inference.fees()).to.equal(fee + revenue(TIERS[0], 10, 1000).fee);
    });

    it("goes to the treasury, whoever sends it", async () => {
      await refuses(inference.claimFees(), "NoFees", market.treasury.address);
      await market.redeem(await market.buy(id), 10);
      const { fee } = revenue(TIERS[0], 10, 250);
      const { address } = market.relayer;
      await expect(inference.connect(market.governance).setTreasury(address))
        .to.emit(inference, "TreasurySet")
        .withArgs(address);
      const before = await balance(address);
      await expect(inference.claimFees()).to.emit(inference, "FeesClaimed").withArgs(address, fee);
      expect(await balance(address)).to.equal(before + fee);
      await refuses(inference.claimFees(), "NoFees", address);
      await refuses(inference.connect(market.governance).setTreasury(ethers.ZeroAddress), "TreasuryZero");
    });

    it("is nobody else's to set", async () => {
      for (const sender of [market.owner, market.treasury, market.seller]) {
        const theirs = inference.connect(sender);
        for (const call of [theirs.setFee(0), theirs.setTreasury(sender)]) {
          await refuses(call, "AccessControlUnauthorizedAccount", sender.address, GOVERNANCE_ROLE);
        }
      }
    });
  });

  describe("a pause", () => {
    it("stops listing and buying, and nothing else", async () => {
      const [full, rest] = [await market.buy(id), await market.buy(id)];
      await time.increaseTo((await inference.pass(rest)).termEnd + GRACE);
      const call = await market.buying(id);
      await inference.connect(market.governance).pause();
      await refuses(market.list(id), "EnforcedPause");
      await refuses(inference.connect(market.buyer).buyPass(...call), "EnforcedPause");
      await market.redeem(full, 10);
      await inference.close(full);
      await inference.close(rest);
      await inference.claim(id, market.owner);
      await inference.claim(id, market.providers[0]);
      await inference.claimFees();
    });

    it("lengthens terms by its length", async () => {
      const passId = await market.buy(id);
      const { termEnd } = await inference.pass(passId);
      const begin = termEnd - 10n;
      await at(begin);
      await inference.connect(market.governance).pause();
      await time.increaseTo(begin + 5n * BigInt(HOUR));
      expect((await inference.pass(passId)).termEnd).to.equal(termEnd + 5n * BigInt(HOUR));
      await at(begin + 6n * BigInt(HOUR));
      await inference.connect(market.governance).unpause();
      const until = termEnd + 6n * BigInt(HOUR) + GRACE;
      await at(until - 1n);
      await refuses(inference.close(passId), "PassNotOver", passId, until);
      await at(until);
      await inference.close(passId);
    });
  });

  describe("an answer", () => {
    let passId, call;

    beforeEach(async () => {
      passId = await market.buy(id);
      const queryId = await inference.queryDigest(passId, 2, ethers.id("inputs"), 2n ** 33n);
      call = await market.answering(passId, { queryId });
    });

    it("has a statement of stored values, and of what the receipt says", async () => {
      const { model } = await campaigns.round(id, 1n);
      expect((await inference.inferStatement(...call.slice(0, 5))).toObject(true)).to.deep.equal({
        chainId: 31337n,
        registry: await inference.getAddress(),
        server: market.seller.address,
        listingId: id,
        queryId: BigInt(call[1]),
        lq: 1n,
        lk: 2n,
        b: 8n,
        fp: 6n,
        cTable: (await market.parameters.tableCommitment(0, 8)).toObject(),
        cX: call[3],
        cW: model.toObject(),
        cP: call[4],
        tau2: (await market.parameters.tau2()).toObject(),
        xi2: (await market.parameters.xi2()).toObject(),
      });
    });

    it("is verified by a call that costs nothing", async () => {
      await inference.verifyAnswer(...call);
      await inference.verifyAnswer(...(await market.answering(passId, { lq: 0 })));
    });

    it("is refused under another query, size or commitment, and for a pass of another seller or model", async () => {
      await market.list(id, TIERS, market.relayer);
      const otherSeller = await market.buy(id);
      const { campaignId } = await market.finished();
      await market.list(campaignId);
      const otherModel = await market.buy(campaignId);
      for (const [place, value] of [
        [0, otherSeller],
        [0, otherModel],
        [1, ethers.id("another")],
        [3, call[4]],
        [4, call[3]],
      ]) {
        await refuses(inference.verifyAnswer(...call.with(place, value)), "OpeningEquationFalse");
      }
      // the table's 2^9 entries decide the proof's length until there are more features than that
      await refuses(inference.verifyAnswer(...call.with(2, 2)), "OpeningEquationFalse");
      await refuses(inference.verifyAnswer(...call.with(2, 8)), "ProofLength");
      await refuses(inference.verifyAnswer(...call.with(2, 255)), "StatementOutOfRange");
      const [{ x, y }] = [call[3]];
      await refuses(inference.verifyAnswer(...call.with(3, { x, y: y + 1n })), "StatementPointInvalid");
    });

    it("has a receipt that wallets hash alike", async () => {
      const receipt = {
        modelId: id,
        passId,
        count: 2,
        queryId: call[1],
        version: 1,
        lq: 1,
        cX: call[3],
        cP: call[4],
        proofDeadline: 77n,
      };
      const domain = await domainOf(inference, "Receipt");
      const digest = ethers.TypedDataEncoder.hash(domain, typesOf("Receipt"), receipt);
      expect(await inference.receiptDigest(receipt)).to.equal(digest);
    });
  });

  it("knows its surroundings, and names its constants", async () => {
    expect(await inference.campaigns()).to.equal(await campaigns.getAddress());
    expect(await inference.verifier()).to.equal(await market.inferenceVerifier.getAddress());
    expect(await inference.token()).to.equal(await payment.getAddress());
    expect(await inference.treasury()).to.equal(market.treasury.address);
    expect(await inference.GRACE_SECONDS()).to.equal(GRACE);
    expect(await inference.MAX_FEE()).to.equal(1000n);
  });
});
