import { expect } from "chai";
import { anyValue } from "@nomicfoundation/hardhat-ethers-chai-matchers/withArgs";
import { keccak256 } from "ethers";
import { network } from "hardhat";
import { Q } from "../support/field.js";
import { DAY, INFINITY, Market, STATE } from "../support/market.js";
import { g1 } from "../support/simulator.js";

const { ethers, networkHelpers } = await network.getOrCreate();
const { time } = networkHelpers;
const RESERVE = 2n * 4n * 12n * 1000n;
const list = ({ x, y }) => [x, y];

/** A campaign of two rounds and two aggregators whose first three seats of four have contributed to round 0. */
async function contributed() {
  const market = await Market.deploy(ethers);
  market.campaign = await market.seated(4);
  market.made = await market.contributions(market.campaign.campaignId, [0, 1, 2], market.campaign.datasets);
  return market;
}

describe("closeRound", () => {
  let market, campaigns, id, made, ends, datasets;

  beforeEach(async () => {
    market = await networkHelpers.loadFixture(contributed);
    ({ campaigns, made } = market);
    ({ campaignId: id, datasets } = market.campaign);
    ends = await campaigns.deadlines(id);
  });

  const at = (second) => time.setNextBlockTimestamp(second);
  const send = (call) => campaigns.connect(market.relayer).closeRound(...call);
  const refuses = (call, error, ...args) => {
    const check = expect(call).to.be.revertedWithCustomError(campaigns, error);
    return args.length ? check.withArgs(...args) : check;
  };
  /** Lets the seats contribute to a round, and closes it. */
  const play = async (round, seats) => {
    const all = await market.contributions(id, seats, datasets, { round });
    await time.increaseTo((await campaigns.deadlines(id)).share);
    return { all, closed: await market.close(id, all, { round }) };
  };

  it("verifies the average, tells all of it, and begins the next round with it, whoever sends it", async () => {
    const call = await market.closing(id, made);
    const [, , cNext, proof] = call;
    const cSum = (await campaigns.round(id, 0n)).sum;
    await at(ends.share);
    await expect(send(call))
      .to.emit(campaigns, "RoundAveraged")
      .withArgs(id, 0n, list(cSum), 36n, 3n, list(cNext), keccak256(proof));
    const { state, round, roundBegins, points } = await campaigns.progress(id);
    expect([state, round, roundBegins, points]).to.deep.equal([STATE.Running, 1n, ends.share, 36n]);
    const next = await campaigns.round(id, 1n);
    expect(next.toObject(true)).to.deep.equal({
      model: cNext,
      sum: INFINITY,
      weightTotal: 0n,
      contributors: 0n,
      inDispute: 0n,
    });
    const { begin, contribution } = await campaigns.deadlines(id);
    expect([begin, contribution]).to.deep.equal([ends.share, ends.share + BigInt(DAY)]);
  });

  it("releases the round's rewards", async () => {
    await time.increaseTo(ends.share);
    expect(await campaigns.claimable(made[0].provider)).to.equal(0n);
    await market.close(id, made);
    for (const { provider } of made) {
      expect(await campaigns.claimableIn(id, provider)).to.equal(12_000n);
      await campaigns.claim(id, provider);
      expect(await market.token.balanceOf(provider)).to.equal(12_000n);
    }
    expect(await market.token.balanceOf(campaigns)).to.equal(0n);
  });

  it("finishes the campaign after the last round: the model is the last average, the rest of the budget returns", async () => {
    await time.increaseTo(ends.share);
    await market.close(id, made);
    const { closed } = await play(1n, [0, 1, 2, 3]);
    const { model } = await campaigns.round(id, 2n);
    await expect(closed)
      .to.emit(campaigns, "CampaignFinished")
      .withArgs(id, 2n, list(model), RESERVE - 84_000n);
    const { state, round, points } = await campaigns.progress(id);
    expect([state, round, points]).to.deep.equal([STATE.Finished, 2n, 84n]);
    expect(await campaigns.budgetOf(market.owner)).to.equal(RESERVE - 84_000n);
    expect(await campaigns.claimableIn(id, market.providers[0])).to.equal(24_000n);
    expect(await campaigns.claimableIn(id, market.providers[3])).to.equal(12_000n);
  });

  it("trains the next round from the average, once a seat", async () => {
    await time.increaseTo(ends.share);
    const call = await market.closing(id, made);
    await send(call);
    const statement = await campaigns.trainStatement(id, 1n, datasets[0], INFINITY);
    expect([statement.cIn.toObject(), statement.round]).to.deep.equal([call[2], 1n]);
    await market.contributions(id, [0], datasets, { round: 1n });
    await refuses(
      market.contribute(id, market.providers[0], datasets[0], { round: 1n }),
      "AlreadyContributed",
      id,
      1n,
      datasets[0],
    );
    await refuses(campaigns.contribute(...made[0].call), "NotPresentRound", id, 0n, 1n);
    // what is claimed is the first round's only
    await campaigns.claim(id, market.providers[0]);
    expect(await market.token.balanceOf(market.providers[0])).to.equal(12_000n);
    await refuses(campaigns.claim(id, market.providers[0]), "NothingToClaim");
  });

  it("averages without those who were excluded", async () => {
    const [fourth] = await market.contributions(id, [3], datasets);
    await time.increaseTo(ends.dispute);
    await campaigns.disputeShare(...(await market.dispute(made[0], 1, market.helper)));
    await time.increaseTo(ends.answer);
    await campaigns.exclude(id, 0n, made[0].provider, made[0].commitments);
    await refuses(market.close(id, [...made, fourth]), "SignatureRejected");
    await market.close(id, [...made.slice(1), fourth]);
    expect((await campaigns.progress(id)).points).to.equal(36n);
    expect(await campaigns.claimable(made[0].provider)).to.equal(0n);
    expect(await campaigns.claimable(made[1].provider)).to.equal(12_000n);
  });

  describe("the statement", () => {
    it("consists of stored values and of cNext", async () => {
      const cNext = g1(77n);
      expect((await campaigns.aggregateStatement(id, 0n, cNext)).toObject(true)).to.deep.equal({
        chainId: 31337n,
        registry: await campaigns.getAddress(),
        owner: market.owner.address,
        taskId: id,
        round: 0n,
        lk: 2n,
        b: 8n,
        weightTotal: 36n,
        cSum: g1(12n * made.reduce((sum, { cOutLog }) => sum + cOutLog, 0n)),
        cNext,
        tau2: (await market.parameters.tau2()).toObject(),
        xi2: (await market.parameters.xi2()).toObject(),
      });
    });

    it("stays what was verified, after the round and after the end", async () => {
      await time.increaseTo(ends.share);
      const call = await market.closing(id, made);
      const before = (await campaigns.aggregateStatement(id, 0n, call[2])).toObject(true);
      await send(call);
      await play(1n, [0, 1, 2]);
      const after = (await campaigns.aggregateStatement(id, 0n, call[2])).toObject(true);
      expect(after).to.deep.equal(before);
      await market.aggregationVerifier.verify(after, call[3]);
    });

    it("is there for rounds that have begun only, and for no round after the last", async () => {
      await refuses(campaigns.aggregateStatement(id, 1n, INFINITY), "NotPresentRound", id, 1n, 0n);
      await time.increaseTo(ends.share);
      await market.close(id, made);
      await play(1n, [0, 1, 2]);
      await refuses(campaigns.aggregateStatement(id, 2n, INFINITY), "NotPresentRound", id, 2n, 2n);
      await refuses(campaigns.trainStatement(id, 2n, datasets[0], INFINITY), "NotPresentRound", id, 2n, 2n);
      await refuses(campaigns.aggregateStatement(9n, 0n, INFINITY), "CampaignUnknown", 9n);
    });
  });

  describe("refuses", () => {
    let call;

    beforeEach(async () => {
      await time.increaseTo(ends.share);
      call = await market.closing(id, made);
    });

    /** The call with some of it replaced, signed by the aggregators as it is then. */
    const resigned = async (changes) => {
      const value = { cNext: changes[2] ?? call[2] };
      const signatures = (await market.closing(id, made, { changes: { value } }))[4];
      return Object.entries({ ...changes, 4: signatures }).reduce((all, [i, x]) => all.with(Number(i), x), call);
    };

    it("another average than the one proved", async () => {
      await refuses(send(await resigned({ 2: g1(5n) })), "OpeningEquationFalse");
    });

    it("a commitment that is spelled in a second way, or no point", async () => {
      const { x, y } = call[2];
      for (const cNext of [
        { x: x + Q, y },
        { x, y: y + Q },
        { x, y: y + 1n },
      ]) {
        await refuses(send(await resigned({ 2: cNext })), "StatementPointInvalid");
      }
    });

    it("a proof of another campaign, and one of another round", async () => {
      const other = await market.seated(4);
      const theirs = await market.contributions(other.campaignId, [0, 1, 2], other.datasets);
      await time.increaseTo((await campaigns.deadlines(other.campaignId)).share);
      await refuses(
        send(await resigned({ 3: (await market.closing(other.campaignId, theirs))[3] })),
        "OpeningEquationFalse",
      );
      await send(call);
      const all = await market.contributions(id, [0, 1, 2], datasets, { round: 1n });
      await time.increaseTo((await campaigns.deadlines(id)).share);
      const second = await market.closing(id, all, { round: 1n });
      await refuses(send(second.with(3, call[3])), "OpeningEquationFalse");
    });

    it("proofs of any other length", async () => {
      await refuses(send(call.with(3, call[3] + "00")), "ProofLength");
      await refuses(send(call.with(3, "0x")), "ProofLength");
    });

    it("another round than the present one, and the same call again", async () => {
      await refuses(send(call.with(1, 1n)), "NotPresentRound", id, 1n, 0n);
      await send(call);
      await refuses(send(call), "NotPresentRound", id, 0n, 1n);
    });

    it("a campaign that is open, unknown or over", async () => {
      const open = await market.seated(2);
      await refuses(send(call.with(0, open.campaignId)), "WrongState", open.campaignId, STATE.Open, STATE.Running);
      await refuses(send(call.with(0, 9n)), "CampaignUnknown", 9n);
      await time.increaseTo(ends.aggregation);
      await campaigns.lapse(id);
      await refuses(send(call), "WrongState", id, STATE.Cancelled, STATE.Running);
    });

    it("a pause, which takes nothing away", async () => {
      await campaigns.connect(market.governance).pause();
      await refuses(send(call), "EnforcedPause");
      await time.increase(5 * DAY);
      await refuses(campaigns.lapse(id), "DeadlineNotReached");
      await campaigns.connect(market.governance).unpause();
      await send(call);
    });
  });

  describe("the aggregators' signatures", () => {
    beforeEach(() => time.increaseTo(ends.share));

    it("are asked of all of them, in order", async () => {
      const { owner, helper, relayer } = market;
      for (const signers of [[], [owner], [owner, helper, relayer]]) {
        const call = await market.closing(id, made, { signers });
        await refuses(send(call), "SignatureCount", BigInt(signers.length), 2n);
      }
      for (const signers of [
        [owner, owner],
        [helper, helper],
        [helper, owner],
        [owner, relayer],
      ]) {
        await refuses(market.close(id, made, { signers }), "SignatureRejected");
      }
      await market.close(id, made);
    });

    it("are checked one by one, all eight of them", async () => {
      const signers = [market.owner, market.helper, ...market.providers.slice(6, 12)];
      const many = await market.seated(3, { maxProviders: 3 }, {}, signers.slice(1));
      const theirs = await market.contributions(many.campaignId, [0, 1, 2], many.datasets, { shares: 7 });
      await time.increaseTo((await campaigns.deadlines(many.campaignId)).share);
      const call = await market.closing(many.campaignId, theirs, { signers });
      const changes = { value: { cNext: call[2] } };
      const [others] = (await market.closing(many.campaignId, theirs, { signers: [market.relayer], changes }))[4];
      for (const [k, { address }] of signers.entries()) {
        await refuses(send(call.with(4, call[4].with(k, others))), "SignatureRejected", address, anyValue);
      }
      await send(call);
    });

    for (const [field, value] of [
      ["campaignId", 2n],
      ["round", 1n],
      ["cSum", g1(5n)],
      ["cNext", g1(5n)],
    ]) {
      it(`cover ${field}`, () =>
        refuses(market.close(id, made, { changes: { value: { [field]: value } } }), "SignatureRejected"));
    }

    it("hold for one chain and one contract", async () => {
      const verifyingContract = await market.registry.getAddress();
      for (const domain of [{ chainId: 1 }, { verifyingContract }]) {
        await refuses(market.close(id, made, { changes: { domain } }), "SignatureRejected");
      }
    });

    it("of a contract wallet are asked from the wallet (ERC-1271)", async () => {
      const wallet = await ethers.deployContract("OwnedWallet", [market.providers[9]]);
      const signer = {
        address: await wallet.getAddress(),
        signTypedData: (...args) => market.providers[9].signTypedData(...args),
      };
      const walled = await market.seated(3, { maxProviders: 3 }, {}, [signer]);
      const theirs = await market.contributions(walled.campaignId, [0, 1, 2], walled.datasets);
      await time.increaseTo((await campaigns.deadlines(walled.campaignId)).share);
      await refuses(market.close(walled.campaignId, theirs), "SignatureRejected");
      await market.close(walled.campaignId, theirs, { signers: [market.owner, signer] });
      expect((await campaigns.progress(walled.campaignId)).round).to.equal(1n);
    });
  });

  describe("happens in time", () => {
    it("from the end of the shares' window on", async () => {
      const call = await market.closing(id, made);
      await at(ends.share - 1n);
      await refuses(send(call), "DeadlineNotReached", id, ends.share);
      await at(ends.share);
      await send(call);
    });

    it("also after the last window, as long as nobody has lapsed the round", async () => {
      await time.increaseTo(ends.aggregation + BigInt(10 * DAY));
      await market.close(id, made);
      await refuses(campaigns.lapse(id), "DeadlineNotReached");
    });

    it("as soon as the disputes are answered, before the answers' window ends", async () => {
      await time.increaseTo(ends.dispute);
      await campaigns.disputeShare(...(await market.dispute(made[0], 1, market.helper)));
      await time.increaseTo(ends.share);
      const call = await market.closing(id, made);
      await refuses(send(call), "DisputesOpen", id, 0n, 1n);
      await campaigns.revealShare(...(await market.answer(made[0], 1)));
      await send(call);
    });
  });

  describe("a round that lapses after an averaged one", () => {
    beforeEach(async () => {
      await time.increaseTo(ends.share);
      await market.close(id, made);
    });

    it("finishes the campaign with the last average, and pays its contributors", async () => {
      await market.contributions(id, [1, 3], datasets, { round: 1n });
      const { contribution } = await campaigns.deadlines(id);
      const { model } = await campaigns.round(id, 1n);
      await at(contribution - 1n);
      await refuses(campaigns.lapse(id), "DeadlineNotReached", id, contribution);
      await at(contribution);
      const lapse = campaigns.connect(market.relayer).lapse(id);
      await expect(lapse).to.emit(campaigns, "RoundLapsed").withArgs(id, 1n);
      await expect(lapse)
        .to.emit(campaigns, "CampaignFinished")
        .withArgs(id, 1n, list(model), RESERVE - 60_000n);
      const { state, round, points } = await campaigns.progress(id);
      expect([state, round, points]).to.deep.equal([STATE.Finished, 1n, 60n]);
      expect(await campaigns.claimable(market.providers[1])).to.equal(24_000n);
      expect(await campaigns.claimable(market.providers[3])).to.equal(12_000n);
      await refuses(campaigns.cancel(id), "WrongState", id, STATE.Finished, STATE.Open);
      await refuses(campaigns.lapse(id), "WrongState", id, STATE.Finished, STATE.Running);
    });

    it("lapses without a single contribution too", async () => {
      await time.increaseTo((await campaigns.deadlines(id)).contribution);
      await campaigns.lapse(id);
      expect(await campaigns.state(id)).to.equal(STATE.Finished);
    });
  });
});
