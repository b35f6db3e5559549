import { expect } from "chai";
import { network } from "hardhat";
import { Q, R } from "../support/field.js";
import { DAY, HOUR, INFINITY, Market, STATE } from "../support/market.js";
import { g1 } from "../support/simulator.js";

const { ethers, networkHelpers } = await network.getOrCreate();
const { time } = networkHelpers;
const list = ({ x, y }) => [x, y];

/** A campaign of two aggregators whose four seats have contributed to round 0. */
async function contributed() {
  const market = await Market.deploy(ethers);
  market.campaign = await market.seated(4);
  market.made = await market.contributions(market.campaign.campaignId, [0, 1, 2, 3], market.campaign.datasets);
  return market;
}

describe("disputes about shares", () => {
  let market, campaigns, id, made, ends;

  beforeEach(async () => {
    market = await networkHelpers.loadFixture(contributed);
    ({ campaigns, made } = market);
    id = market.campaign.campaignId;
    ends = await campaigns.deadlines(id);
  });

  const at = (second) => time.setNextBlockTimestamp(second);
  const signers = () => [market.owner, market.helper];
  const send = (name, call) => campaigns.connect(market.relayer)[name](...call);
  const dispute = async (seat, aggregator, changes) =>
    send("disputeShare", await market.dispute(made[seat], aggregator, signers()[aggregator], changes));
  const answer = async (seat, aggregator, changes) =>
    send("revealShare", await market.answer(made[seat], aggregator, changes));
  const exclude = (seat) => send("exclude", [id, 0n, made[seat].provider, made[seat].commitments]);
  const record = async (seat) => {
    const { raised, open, excluded } = await campaigns.disputes(id, 0n, made[seat].provider);
    return [raised, open, excluded];
  };
  const inDispute = async () => (await campaigns.round(id, 0n)).inDispute;
  const refuses = (call, error, ...args) => {
    const check = expect(call).to.be.revertedWithCustomError(campaigns, error);
    return args.length ? check.withArgs(...args) : check;
  };

  describe("publishShare", () => {
    const call = (changes = {}) => {
      const all = { campaignId: id, round: 0n, envelope: "0x1234", signature: "0x56", ...changes };
      return send("publishShare", [all.campaignId, all.round, made[0].provider, 1n, all.envelope, all.signature]);
    };

    it("tells everybody what it was given, and needs nothing", async () => {
      await expect(call())
        .to.emit(campaigns, "SharePublished")
        .withArgs(id, 0n, made[0].provider, 1n, "0x1234", "0x56");
    });

    it("takes the longest envelope and signature, and no longer ones", async () => {
      const bytes = (count) => "0x" + "ab".repeat(count);
      await call({ envelope: bytes(1360), signature: bytes(4096) });
      await refuses(
        call({ envelope: bytes(1361) }),
        "PublishedTooLong",
        ethers.encodeBytes32String("envelope"),
        1361n,
        1360n,
      );
      await refuses(
        call({ signature: bytes(4097) }),
        "PublishedTooLong",
        ethers.encodeBytes32String("signature"),
        4097n,
        4096n,
      );
    });

    it("is for campaigns that there are", () => refuses(call({ campaignId: 9n }), "CampaignUnknown", 9n));

    it("is for the present round, so that no event names one that there is not", async () => {
      for (const round of [1n, 2n ** 63n, 2n ** 255n, 2n ** 256n - 1n]) {
        await refuses(call({ round }), "NotPresentRound", id, round, 0n);
      }
      await time.increaseTo(ends.aggregation);
      await campaigns.lapse(id);
      await refuses(call(), "WrongState", id, STATE.Cancelled, STATE.Running);
    });

    it("is not held up by a pause", async () => {
      await campaigns.connect(market.governance).pause();
      await call();
    });
  });

  describe("disputeShare", () => {
    it("notes what the aggregator says, whoever sends it", async () => {
      await at(ends.dispute);
      await expect(dispute(1, 1)).to.emit(campaigns, "ShareDisputed").withArgs(id, 0n, made[1].provider, 1n);
      expect(await record(1)).to.deep.equal([2n, 2n, false]);
      expect(await inDispute()).to.equal(1n);
    });

    it("takes the disputes of all aggregators about all contributions", async () => {
      await at(ends.dispute);
      for (const seat of [0, 1, 2, 3]) for (const aggregator of [0, 1]) await dispute(seat, aggregator);
      expect(await record(3)).to.deep.equal([3n, 3n, false]);
      expect(await inDispute()).to.equal(4n);
    });

    it("happens in the second half of the shares' window", async () => {
      expect(ends.dispute - ends.contribution).to.equal(BigInt(1.5 * HOUR));
      const calls = [];
      for (const seat of [0, 1])
        calls.push(await market.dispute(made[seat], 0, market.owner, { nonce: BigInt(seat) << 64n }));
      await at(ends.dispute - 1n);
      await refuses(send("disputeShare", calls[0]), "DeadlineNotReached", id, ends.dispute);
      await at(ends.share - 1n);
      await send("disputeShare", calls[0]);
      await refuses(send("disputeShare", calls[1]), "DeadlinePassed", id, ends.share);
    });

    describe("refuses", () => {
      beforeEach(() => time.increaseTo(ends.dispute));

      it("the same dispute again, answered or not", async () => {
        await dispute(0, 0);
        await refuses(dispute(0, 0), "AlreadyDisputed", id, 0n, made[0].provider, 0n);
        await answer(0, 0);
        await refuses(dispute(0, 0), "AlreadyDisputed", id, 0n, made[0].provider, 0n);
      });

      it("an aggregator that there is not", async () => {
        const call = await market.dispute(made[0], 2, market.owner);
        await refuses(send("disputeShare", call), "AggregatorUnknown", id, 2n, 2n);
        await refuses(send("disputeShare", call.with(3, 2n ** 255n)), "AggregatorUnknown", id, 2n ** 255n, 2n);
      });

      it("who has not contributed to this round", async () => {
        const stranger = { ...made[0], provider: market.relayer.address };
        const call = await market.dispute(stranger, 0, market.owner);
        await refuses(send("disputeShare", call), "NoContribution", id, 0n, stranger.provider);
      });

      it("who has contributed to an earlier round only", async () => {
        await time.increaseTo(ends.share);
        await market.close(id, made);
        await market.contributions(id, [0, 1, 2], market.campaign.datasets, { round: 1n });
        await time.increaseTo((await campaigns.deadlines(id)).dispute);
        const call = await market.dispute({ ...made[3], round: 1n }, 0, market.owner);
        await refuses(send("disputeShare", call), "NoContribution", id, 1n, made[3].provider);
      });

      it("another round, and a campaign that is not running", async () => {
        const call = await market.dispute({ ...made[0], round: 1n }, 0, market.owner);
        await refuses(send("disputeShare", call), "NotPresentRound", id, 1n, 0n);
        await refuses(send("disputeShare", call.with(0, 9n)), "CampaignUnknown", 9n);
        await time.increaseTo(ends.aggregation);
        await campaigns.lapse(id);
        await refuses(dispute(0, 0), "WrongState", id, STATE.Cancelled, STATE.Running);
      });

      it("a pause", async () => {
        await campaigns.connect(market.governance).pause();
        await refuses(dispute(0, 0), "EnforcedPause");
      });

      it("a round with too few contributions, of which nothing need be revealed", async () => {
        const few = await market.seated(4);
        const [one] = await market.contributions(few.campaignId, [0, 1], few.datasets);
        await time.increaseTo((await campaigns.deadlines(few.campaignId)).dispute);
        const call = await market.dispute(one, 0, market.owner);
        await refuses(send("disputeShare", call), "TooFewContributions", few.campaignId, 0n, 2n, 3n);
      });

      it("signatures of others", async () => {
        for (const signer of [market.helper, market.providers[0], market.relayer]) {
          const call = await market.dispute(made[0], 0, signer, {
            nonce: await campaigns["nonces(address)"](market.owner),
          });
          await refuses(send("disputeShare", call), "SignatureRejected");
        }
      });

      for (const [field, value] of [
        ["campaignId", 2n],
        ["round", 1n],
        ["provider", "0x00000000000000000000000000000000000000aa"],
        ["nonce", 99n],
        ["deadline", 1n],
      ]) {
        it(`a signature over another ${field}`, () =>
          refuses(dispute(0, 0, { value: { [field]: value } }), "SignatureRejected"));
      }

      it("a message that has expired, or was used", async () => {
        await refuses(dispute(0, 0, { deadline: 1n }), "SignatureExpired");
        const call = await market.dispute(made[0], 0, market.owner);
        await send("disputeShare", call);
        const other = await market.dispute(made[1], 0, market.owner, { nonce: call[4].nonce });
        await refuses(send("disputeShare", other), "InvalidAccountNonce", market.owner.address, call[4].nonce + 1n);
      });
    });
  });

  describe("revealShare", () => {
    beforeEach(() => time.increaseTo(ends.dispute));

    it("settles the dispute with the share in clear, also the last aggregator's, whose commitment is the difference", async () => {
      for (const aggregator of [0, 1]) await dispute(2, aggregator);
      for (const [aggregator, open] of [
        [0n, 2n],
        [1n, 0n],
      ]) {
        const { values, blinder } = made[2].inClear[aggregator];
        await expect(answer(2, aggregator))
          .to.emit(campaigns, "ShareRevealed")
          .withArgs(id, 0n, made[2].provider, aggregator, values, blinder);
        expect(await record(2)).to.deep.equal([3n, open, false]);
        expect(await inDispute()).to.equal(open ? 1n : 0n);
      }
    });

    it("happens until the answers' window ends, also after that for disputes", async () => {
      for (const seat of [0, 1]) await dispute(seat, 0);
      const calls = [await market.answer(made[0], 0), await market.answer(made[1], 0)];
      await at(ends.answer - 1n);
      await send("revealShare", calls[0]);
      await refuses(send("revealShare", calls[1]), "DeadlinePassed", id, ends.answer);
    });

    it("refuses what is not disputed, or not any more", async () => {
      await dispute(0, 0);
      await refuses(answer(1, 0), "NotDisputed", id, 0n, made[1].provider, 0n);
      await refuses(answer(0, 1), "NotDisputed", id, 0n, made[0].provider, 1n);
      const call = await market.answer(made[0], 0);
      for (const index of [2n, 255n, 256n, 2n ** 256n - 1n]) {
        const opening = { ...call[4], aggregatorIndex: index };
        await refuses(send("revealShare", call.with(4, opening)), "NotDisputed", id, 0n, made[0].provider, index);
      }
      await send("revealShare", call);
      await refuses(send("revealShare", call), "NotDisputed", id, 0n, made[0].provider, 0n);
    });

    it("refuses another round, and a pause", async () => {
      await dispute(0, 0);
      const call = await market.answer(made[0], 0);
      await refuses(send("revealShare", call.with(1, 1n)), "NotPresentRound", id, 1n, 0n);
      await campaigns.connect(market.governance).pause();
      await refuses(send("revealShare", call), "EnforcedPause");
    });

    it("refuses commitments that are not the contribution's", async () => {
      await dispute(0, 0);
      const call = await market.answer(made[0], 0);
      const { cOut, shares } = made[0].commitments;
      for (const other of [
        { cOut, shares: [] },
        { cOut, shares: [cOut] },
        { cOut: shares[0], shares },
        { cOut, shares: [...shares, INFINITY] },
        { cOut: { x: cOut.x + Q, y: cOut.y }, shares },
        made[1].commitments,
      ]) {
        await refuses(send("revealShare", call.with(3, other)), "CommitmentsDiffer");
      }
    });

    it("refuses every share but the one committed to", async () => {
      await dispute(0, 0);
      const honest = await market.answer(made[0], 0);
      const { values, blinder } = honest[4];
      const tampered = (changes) => send("revealShare", honest.with(4, { ...honest[4], ...changes }));
      const wrong = (call) => refuses(call, "ShareOpeningFalse", made[0].provider, 0n);
      for (let i = 0; i < values.length; i++) await wrong(tampered({ values: values.with(i, (values[i] + 1n) % R) }));
      await wrong(tampered({ values: values.toReversed() }));
      await wrong(tampered({ blinder: (blinder + 1n) % R }));
      await wrong(tampered({ quotient: INFINITY }));
      await wrong(tampered({ quotient: g1(5n) }));
      // a liar who divides his own polynomial out
      for (const share of [made[0].inClear[1], made[1].inClear[0], { values, blinder: 0n }]) {
        await wrong(answer(0, 0, { share }));
      }
      await send("revealShare", honest);
    });

    it("refuses a quotient that was made for another share's point", async () => {
      await dispute(0, 0);
      const contract = await market.registry.getAddress();
      for (const changes of [
        { campaignId: 2n },
        { round: 1n },
        { provider: made[1].provider },
        { chainId: 1n },
        { contract },
        { commitments: made[1].commitments },
      ]) {
        const { quotient } = (await market.answer(made[0], 0, changes))[4];
        const call = await market.answer(made[0], 0);
        await refuses(send("revealShare", call.with(4, { ...call[4], quotient })), "ShareOpeningFalse");
      }
    });

    it("refuses other lengths, scalars that are not canonical, and quotients that are no points", async () => {
      await dispute(0, 0);
      const call = await market.answer(made[0], 0);
      const { values, blinder, quotient } = call[4];
      const tampered = (changes) => send("revealShare", call.with(4, { ...call[4], ...changes }));
      await refuses(tampered({ values: values.slice(1) }), "ShareLength", 3n, 4n);
      await refuses(tampered({ values: [...values, 0n] }), "ShareLength", 5n, 4n);
      await refuses(tampered({ values: [] }), "ShareLength", 0n, 4n);
      if (values[2] + R < 2n ** 256n) {
        await refuses(
          tampered({ values: values.with(2, values[2] + R) }),
          "ShareScalarNotCanonical",
          2n,
          values[2] + R,
        );
      }
      await refuses(tampered({ values: values.with(3, R) }), "ShareScalarNotCanonical", 3n, R);
      await refuses(tampered({ blinder: blinder + R }), "ShareScalarNotCanonical", 4n, blinder + R);
      const off = { x: quotient.x, y: quotient.y + 1n };
      await refuses(tampered({ quotient: off }), "PointInvalid", ...list(off));
      const second = { x: quotient.x + Q, y: quotient.y };
      await refuses(tampered({ quotient: second }), "PointInvalid", ...list(second));
    });
  });

  it("a commitment with more coefficients than the model has features cannot be answered for", async () => {
    const { campaignId, datasets } = await market.seated(3, { maxProviders: 3 });
    // 1 + 2 X + 3 X^2 + 4 X^3 + 6 X^4
    const long = { values: [1n, 2n, 3n, 4n, 6n], blinder: 5n };
    const inClear = [long, { values: [7n, 8n, 9n, 10n], blinder: 11n }];
    const [liar] = await market.contributions(campaignId, [0], datasets, { inClear });
    await market.contributions(campaignId, [1, 2], datasets);
    await time.increaseTo((await campaigns.deadlines(campaignId)).dispute);
    await send("disputeShare", await market.dispute(liar, 0, market.owner));
    await refuses(send("revealShare", await market.answer(liar, 0)), "ShareLength", 5n, 4n);
    const share = { ...long, values: long.values.slice(0, 4) };
    for (const divided of [share.values, long.values]) {
      const call = await market.answer(liar, 0, { share, divided });
      await refuses(send("revealShare", call), "ShareOpeningFalse", liar.provider, 0n);
    }
  });

  describe("exclude", () => {
    beforeEach(() => time.increaseTo(ends.dispute));

    it("takes the contribution out of sums, points and escrow, and burns its reward", async () => {
      await dispute(1, 0);
      await dispute(1, 1);
      await answer(1, 1);
      await at(ends.answer);
      const { provider } = made[1];
      await expect(exclude(1))
        .to.emit(campaigns, "ContributorExcluded")
        .withArgs(id, 0n, provider, market.campaign.datasets[1], 12n, 12_000n);
      const left = [0, 2, 3].map((seat) => made[seat]);
      const round = await campaigns.round(id, 0n);
      expect(round.sum.toObject()).to.deep.equal(g1(12n * left.reduce((sum, { cOutLog }) => sum + cOutLog, 0n)));
      expect([round.weightTotal, round.contributors, round.inDispute]).to.deep.equal([36n, 3n, 0n]);
      const shareSum = g1(12n * left.reduce((sum, { shareLogs }) => sum + shareLogs[0], 0n));
      expect((await campaigns.shareSum(id, 0n, 0n)).toObject()).to.deep.equal(shareSum);
      expect(await record(1)).to.deep.equal([3n, 0n, true]);
      const seat = await campaigns.seat(id, provider);
      expect([seat.points, seat.nextRound]).to.deep.equal([0n, 1n]);
      expect(await market.token.totalSupply()).to.equal(36_000n);
      expect(await market.token.balanceOf(campaigns)).to.equal(36_000n);
      expect(await campaigns.claimable(provider)).to.equal(0n);
    });

    it("takes the shares of all aggregators out of their sums", async () => {
      const helpers = [market.helper, ...market.providers.slice(6, 8)];
      const { campaignId, datasets } = await market.seated(4, {}, {}, helpers);
      const all = await market.contributions(campaignId, [0, 1, 2, 3], datasets, { shares: 3 });
      await time.increaseTo((await campaigns.deadlines(campaignId)).dispute);
      await send("disputeShare", await market.dispute(all[2], 3, helpers[2]));
      await time.increaseTo((await campaigns.deadlines(campaignId)).answer);
      await send("exclude", [campaignId, 0n, all[2].provider, all[2].commitments]);
      for (let k = 0; k < 3; k++) {
        const sum = [0, 1, 3].reduce((total, seat) => total + all[seat].shareLogs[k], 0n);
        expect((await campaigns.shareSum(campaignId, 0n, k)).toObject(), `${k}`).to.deep.equal(g1(12n * sum));
      }
    });

    it("comes when the answers' window is over", async () => {
      await dispute(1, 0);
      await at(ends.answer - 1n);
      await refuses(exclude(1), "DeadlineNotReached", id, ends.answer);
      await at(ends.answer);
      await exclude(1);
      await refuses(exclude(1), "NoDisputeOpen", id, 0n, made[1].provider);
    });

    it("hits nobody who was not disputed, or has answered", async () => {
      await dispute(1, 0);
      await answer(1, 0);
      await time.increaseTo(ends.answer);
      for (const seat of [0, 1]) await refuses(exclude(seat), "NoDisputeOpen", id, 0n, made[seat].provider);
      const stranger = market.relayer.address;
      const call = [id, 0n, stranger, made[0].commitments];
      await refuses(send("exclude", call), "NoDisputeOpen", id, 0n, stranger);
      await refuses(send("exclude", call.with(1, 1n)), "NotPresentRound", id, 1n, 0n);
      await refuses(send("exclude", call.with(0, 9n)), "CampaignUnknown", 9n);
    });

    it("takes out the contribution's own commitments only", async () => {
      await dispute(1, 0);
      await time.increaseTo(ends.answer);
      const { cOut, shares } = made[1].commitments;
      for (const other of [made[0].commitments, { cOut, shares: [] }, { cOut: shares[0], shares: [cOut] }]) {
        await refuses(send("exclude", [id, 0n, made[1].provider, other]), "CommitmentsDiffer");
      }
    });

    it("is not held up by a pause, and not brought on by one", async () => {
      for (const seat of [0, 1]) await dispute(seat, 0);
      await campaigns.connect(market.governance).pause();
      await time.increase(20 * DAY);
      await refuses(exclude(0), "DeadlineNotReached");
      await campaigns.connect(market.governance).unpause();
      await time.increaseTo((await campaigns.deadlines(id)).answer);
      await exclude(0);
    });

    it("leaves the seat for later rounds, but not for this one", async () => {
      await dispute(3, 0);
      await time.increaseTo(ends.answer);
      await exclude(3);
      await market.close(id, made.slice(0, 3));
      const [later] = await market.contributions(id, [3], market.campaign.datasets, { round: 1n });
      expect((await campaigns.seat(id, later.provider)).points).to.equal(12n);
      expect(await campaigns.claimable(later.provider)).to.equal(0n);
      expect((await campaigns.disputes(id, 1n, later.provider)).raised).to.equal(0n);
    });

    it("lets nobody claim what was burned, in this round or after the end", async () => {
      await dispute(0, 0);
      await dispute(1, 0);
      await time.increaseTo(ends.answer);
      await exclude(0);
      await refuses(campaigns.claim(id, made[0].provider), "NothingToClaim");
      await exclude(1);
      // two contributions are left, three are the minimum: nothing to wait for
      await campaigns.lapse(id);
      for (const seat of [0, 1]) await refuses(campaigns.claim(id, made[seat].provider), "NothingToClaim");
      for (const seat of [2, 3]) await campaigns.claim(id, made[seat].provider);
      expect(await market.token.balanceOf(campaigns)).to.equal(0n);
      expect(await market.token.totalSupply()).to.equal(24_000n);
    });

    it("gives the owner nothing back: what was burned stays spent, in whichever round", async () => {
      await dispute(1, 0);
      await time.increaseTo(ends.answer);
      await exclude(1);
      await market.close(
        id,
        [0, 2, 3].map((seat) => made[seat]),
      );
      const later = await market.contributions(id, [0, 1, 2, 3], market.campaign.datasets, { round: 1n });
      await time.increaseTo((await campaigns.deadlines(id)).dispute);
      for (const seat of [0, 1]) await send("disputeShare", await market.dispute(later[seat], 0, market.owner));
      await time.increaseTo((await campaigns.deadlines(id)).answer);
      for (const { provider, commitments } of later.slice(0, 2)) await send("exclude", [id, 1n, provider, commitments]);
      // 2 * 4 * 12 rows were reserved: 3 and 2 contributions count, 1 and 2 were burned
      const { model } = await campaigns.round(id, 1n);
      await expect(campaigns.lapse(id)).to.emit(campaigns, "CampaignFinished").withArgs(id, 1n, list(model), 0n);
      const { points, excludedPoints } = await campaigns.progress(id);
      expect([points, excludedPoints]).to.deep.equal([60n, 36n]);
      expect(await campaigns.budgetOf(market.owner)).to.equal(0n);
      expect(await market.token.totalSupply()).to.equal(60_000n);
    });

    it("burns nothing where nothing was minted", async () => {
      const { campaignId, datasets } = await market.seated(3, { maxProviders: 3, rewardPerRow: 0n });
      const [first] = await market.contributions(campaignId, [0, 1, 2], datasets);
      await time.increaseTo((await campaigns.deadlines(campaignId)).dispute);
      await send("disputeShare", await market.dispute(first, 0, market.owner));
      await time.increaseTo((await campaigns.deadlines(campaignId)).answer);
      const supply = await market.token.totalSupply();
      await send("exclude", [campaignId, 0n, first.provider, first.commitments]);
      expect(await market.token.totalSupply()).to.equal(supply);
      expect((await campaigns.round(campaignId, 0n)).contributors).to.equal(2n);
    });
  });

  describe("while a dispute is open", () => {
    beforeEach(() => time.increaseTo(ends.dispute));

    it("the round neither closes nor lapses; anybody clears it by exclusions, one by one", async () => {
      for (const seat of [0, 1]) await dispute(seat, 1);
      await time.increaseTo(ends.aggregation);
      const closing = await market.closing(id, made);
      await refuses(send("closeRound", closing), "DisputesOpen", id, 0n, 2n);
      await refuses(campaigns.lapse(id), "DisputesOpen", id, 0n, 2n);
      await exclude(0);
      await refuses(campaigns.lapse(id), "DisputesOpen", id, 0n, 1n);
      await exclude(1);
      await refuses(send("closeRound", await market.closing(id, made.slice(2))), "TooFewContributions", id, 0n, 2n, 3n);
      await campaigns.connect(market.relayer).lapse(id);
      expect(await campaigns.state(id)).to.equal(STATE.Cancelled);
    });

    it("no reward is released", async () => {
      await dispute(0, 0);
      await time.increaseTo(ends.aggregation);
      for (const { provider } of made) expect(await campaigns.claimable(provider)).to.equal(0n);
    });
  });

  it("only the minter burns, and only what it holds", async () => {
    await expect(market.token.connect(market.governance).burn(1n))
      .to.be.revertedWithCustomError(market.token, "NotMinter")
      .withArgs(market.governance.address, await campaigns.getAddress());
    expect(await market.token.totalSupply()).to.equal(48_000n);
  });
});
