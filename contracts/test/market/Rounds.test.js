import { expect } from "chai";
import { network } from "hardhat";
import { DAY, HOUR, INFINITY, Market, STATE } from "../support/market.js";

const { ethers, networkHelpers } = await network.getOrCreate();
const { time } = networkHelpers;
const RESERVE = 2n * 4n * 12n * 1000n;
const WINDOWS = BigInt(3 * HOUR + 4 * HOUR + 5 * HOUR);

async function running() {
  const market = await Market.deploy(ethers);
  market.campaign = await market.seated(4);
  return market;
}

async function open() {
  const market = await Market.deploy(ethers);
  market.campaign = await market.seated(2);
  return market;
}

describe("rounds and rewards", () => {
  let market, campaigns, providers, id, datasets;

  const load = async (fixture) => {
    market = await networkHelpers.loadFixture(fixture);
    ({ campaigns, providers } = market);
    ({ campaignId: id, datasets } = market.campaign);
  };
  const contribute = async (...seats) => {
    for (const i of seats) await market.contribute(id, providers[i], datasets[i]);
  };
  const refuses = (call, error, ...args) => {
    const check = expect(call).to.be.revertedWithCustomError(campaigns, error);
    return args.length ? check.withArgs(...args) : check;
  };
  /** Lets the next transaction fall into this second. */
  const at = (second) => time.setNextBlockTimestamp(second);

  describe("an open campaign", () => {
    beforeEach(() => load(open));

    it("is cancelled by anybody when joining ends with too few seats, and the budget returns", async () => {
      const { begin } = await campaigns.deadlines(id);
      await at(begin - 1n);
      await refuses(campaigns.cancel(id), "DeadlineNotReached", id, begin);
      await at(begin);
      await expect(campaigns.connect(market.relayer).cancel(id))
        .to.emit(campaigns, "CampaignCancelled")
        .withArgs(id, RESERVE);
      expect(await campaigns.state(id)).to.equal(STATE.Cancelled);
      expect(await campaigns.budgetOf(market.owner)).to.equal(RESERVE);
      await refuses(campaigns.cancel(id), "WrongState", id, STATE.Cancelled, STATE.Open);
      await refuses(campaigns.lapse(id), "WrongState", id, STATE.Cancelled, STATE.Running);
    });

    it("stays open past its deadline until somebody cancels it", async () => {
      await time.increase(30 * DAY);
      expect(await campaigns.state(id)).to.equal(STATE.Open);
      await refuses(market.contribute(id, providers[0], datasets[0]), "WrongState", id, STATE.Open, STATE.Running);
    });

    it("is cancelled during a pause too, if that was due before", async () => {
      await time.increaseTo((await campaigns.deadlines(id)).begin);
      await campaigns.connect(market.governance).pause();
      await campaigns.connect(market.relayer).cancel(id);
      expect(await campaigns.budgetOf(market.owner)).to.equal(RESERVE);
    });

    it("tells no statement before its first round begins", async () => {
      const { begin } = await campaigns.deadlines(id);
      await time.increaseTo(begin - 1n);
      await refuses(campaigns.trainStatement(id, 0n, datasets[0], INFINITY), "NotPresentRound", id, 0n, 0n);
      await refuses(campaigns.aggregateStatement(id, 0n, INFINITY), "NotPresentRound", id, 0n, 0n);
      await time.increaseTo(begin);
      await campaigns.trainStatement(id, 0n, datasets[0], INFINITY);
    });

    it("runs without anybody's doing when joining ends with enough seats", async () => {
      datasets.push(await market.register(providers[2]));
      await market.join(id, providers[2], datasets[2]);
      const { begin, contribution } = await campaigns.deadlines(id);
      await time.increaseTo(begin - 1n);
      expect(await campaigns.state(id)).to.equal(STATE.Open);
      await time.increaseTo(begin);
      expect(await campaigns.state(id)).to.equal(STATE.Running);
      expect((await campaigns.deadlines(id)).contribution).to.equal(contribution);
      await refuses(campaigns.cancel(id), "WrongState", id, STATE.Running, STATE.Open);
    });
  });

  describe("a running campaign", () => {
    beforeEach(() => load(running));

    it("has the windows that were fixed, one after the other", async () => {
      const { begin, contribution, share, answer, aggregation } = await campaigns.deadlines(id);
      expect([contribution - begin, share - contribution, answer - share, aggregation - answer]).to.deep.equal(
        [24, 3, 4, 5].map((hours) => BigInt(hours * HOUR)),
      );
    });

    it("lapses after the contributions' window, if they are too few", async () => {
      await contribute(0, 1);
      const { contribution } = await campaigns.deadlines(id);
      await at(contribution - 1n);
      await refuses(campaigns.lapse(id), "DeadlineNotReached", id, contribution);
      await at(contribution);
      const lapse = campaigns.connect(market.relayer).lapse(id);
      await expect(lapse).to.emit(campaigns, "RoundLapsed").withArgs(id, 0n);
      await expect(lapse)
        .to.emit(campaigns, "CampaignCancelled")
        .withArgs(id, RESERVE - 24_000n);
    });

    it("lapses after the last window, if they are enough", async () => {
      await contribute(0, 1, 2);
      const { contribution, aggregation } = await campaigns.deadlines(id);
      expect(aggregation - contribution).to.equal(WINDOWS);
      await at(aggregation - 1n);
      await refuses(campaigns.lapse(id), "DeadlineNotReached", id, aggregation);
      await at(aggregation);
      await expect(campaigns.lapse(id)).to.emit(campaigns, "RoundLapsed").withArgs(id, 0n);
      expect(await campaigns.state(id)).to.equal(STATE.Cancelled);
      expect((await campaigns.progress(id)).points).to.equal(36n);
      expect(await campaigns.budgetOf(market.owner)).to.equal(RESERVE - 36_000n);
      await refuses(campaigns.lapse(id), "WrongState", id, STATE.Cancelled, STATE.Running);
    });

    it("takes no contribution after it has lapsed", async () => {
      const { call } = await market.contribution(id, providers[0], datasets[0]);
      await time.increaseTo((await campaigns.deadlines(id)).contribution);
      await campaigns.lapse(id);
      await refuses(campaigns.contribute(...call), "WrongState", id, STATE.Cancelled, STATE.Running);
    });

    it("still tells the statements that it verified", async () => {
      const { call } = await market.contribution(id, providers[0], datasets[0]);
      const before = await campaigns.trainStatement(...call.slice(0, 4));
      await campaigns.contribute(...call);
      await time.increase(3 * DAY);
      await campaigns.lapse(id);
      expect(await campaigns.trainStatement(...call.slice(0, 4))).to.deep.equal(before);
      await market.trainingVerifier.verify(before.toObject(true), call[5]);
    });

    describe("rewards", () => {
      const owed = (provider) => Promise.all([campaigns.claimable(provider), campaigns.claimableIn(id, provider)]);

      it("stay in escrow while the round is under way", async () => {
        await contribute(0, 1, 2);
        await time.increaseTo((await campaigns.deadlines(id)).aggregation);
        expect(await owed(providers[0])).to.deep.equal([0n, 0n]);
        await refuses(campaigns.claim(id, providers[0]), "NothingToClaim", id, providers[0].address);
      });

      it("are paid to the provider after it, once, whoever asks", async () => {
        await contribute(0, 1, 2);
        await time.increaseTo((await campaigns.deadlines(id)).aggregation);
        await campaigns.lapse(id);
        expect(await owed(providers[0])).to.deep.equal([12_000n, 12_000n]);
        const claim = campaigns.connect(market.relayer).claim(id, providers[0]);
        await expect(claim).to.emit(campaigns, "PayoutClaimed").withArgs(id, providers[0].address, 12_000n);
        expect(await market.token.balanceOf(providers[0])).to.equal(12_000n);
        expect(await market.token.balanceOf(campaigns)).to.equal(24_000n);
        expect(await owed(providers[0])).to.deep.equal([0n, 0n]);
        await refuses(campaigns.claim(id, providers[0]), "NothingToClaim", id, providers[0].address);
      });

      it("are owed to those who contributed only", async () => {
        await contribute(0);
        await time.increaseTo((await campaigns.deadlines(id)).contribution);
        await campaigns.lapse(id);
        for (const other of [providers[1], market.owner]) {
          expect(await owed(other)).to.deep.equal([0n, 0n]);
          await refuses(campaigns.claim(id, other), "NothingToClaim", id, other.address);
        }
        await refuses(campaigns.claim(9n, providers[0]), "CampaignUnknown", 9n);
      });

      it("of retired data sets are paid too", async () => {
        await contribute(0);
        await market.retire(providers[0], datasets[0]);
        await time.increaseTo((await campaigns.deadlines(id)).contribution);
        await campaigns.lapse(id);
        await campaigns.claim(id, providers[0]);
        expect(await market.token.balanceOf(providers[0])).to.equal(12_000n);
      });

      it("add up over campaigns, each claimed by itself", async () => {
        await contribute(0, 1);
        const second = await market.seated(0, { maxProviders: 3, rewardPerRow: 5n });
        for (let i = 0; i < 3; i++) await market.join(second.campaignId, providers[i], datasets[i]);
        await market.contribute(second.campaignId, providers[0], datasets[0]);
        await time.increase(DAY);
        await campaigns.lapse(id);
        expect(await campaigns.claimable(providers[0])).to.equal(12_000n);
        await campaigns.lapse(second.campaignId);
        expect(await campaigns.claimable(providers[0])).to.equal(12_060n);
        expect([...(await campaigns.campaignsOf(providers[0]))]).to.deep.equal([id, second.campaignId]);
        await campaigns.claim(second.campaignId, providers[0]);
        expect(await campaigns.claimable(providers[0])).to.equal(12_000n);
        expect(await market.token.balanceOf(campaigns)).to.equal(24_000n);
      });
    });
  });

  describe("a pause", () => {
    beforeEach(() => load(running));
    const pause = () => campaigns.connect(market.governance).pause();
    const unpause = (sender = market.governance) => campaigns.connect(sender).unpause();

    it("is for pausers only", async () => {
      const role = await campaigns.PAUSER_ROLE();
      const stranger = market.relayer;
      const error = "AccessControlUnauthorizedAccount";
      await refuses(campaigns.connect(stranger).pause(), error, stranger.address, role);
      await campaigns.connect(market.governance).grantRole(role, stranger);
      await campaigns.connect(stranger).pause();
      await refuses(pause(), "EnforcedPause");
    });

    it("stops opening, joining and contributing", async () => {
      const opening = await market.opening({ rewardPerRow: 0n });
      const { call } = await market.contribution(id, providers[0], datasets[0]);
      const joining = await market.joining(id, providers[4], datasets[0], 12);
      await pause();
      await refuses(campaigns.connect(market.owner).open(...opening), "EnforcedPause");
      await refuses(campaigns.join(...joining), "EnforcedPause");
      await refuses(campaigns.contribute(...call), "EnforcedPause");
      await unpause();
      await campaigns.contribute(...call);
    });

    it("extends every deadline by its length, to the second", async () => {
      const before = await campaigns.deadlines(id);
      await pause();
      const since = BigInt(await time.latest());
      await time.increase(10 * DAY);
      const during = await campaigns.deadlines(id);
      expect(during.contribution).to.equal(before.contribution + BigInt(await time.latest()) - since);
      await at(since + BigInt(11 * DAY));
      await unpause();
      const after = await campaigns.deadlines(id);
      for (const window of ["begin", "contribution", "share", "answer", "aggregation"]) {
        expect(after[window], window).to.equal(before[window] + BigInt(11 * DAY));
      }
      await at(after.contribution - 1n);
      await contribute(0);
      await at(after.contribution);
      await campaigns.lapse(id);
    });

    it("adds to the pauses before it", async () => {
      const before = await campaigns.deadlines(id);
      for (const hours of [1, 2]) {
        await pause();
        const since = BigInt(await time.latest());
        await at(since + BigInt(hours * HOUR));
        await unpause();
        await time.increase(hours * HOUR);
      }
      expect((await campaigns.deadlines(id)).share).to.equal(before.share + BigInt(3 * HOUR));
    });

    it("is followed by another only when the clock has run as long as it stood still", async () => {
      await pause();
      const since = BigInt(await time.latest());
      await at(since + BigInt(10 * DAY));
      await unpause();
      const from = since + BigInt(20 * DAY);
      await refuses(pause(), "PauseTooSoon", from);
      await at(from - 1n);
      await refuses(pause(), "PauseTooSoon", from);
      await campaigns.connect(market.relayer).lapse(id);
      await at(from + 1n);
      await pause();
    });

    it("holds up no claim, and not the end of what was due before", async () => {
      await contribute(0);
      await time.increaseTo((await campaigns.deadlines(id)).contribution);
      await pause();
      await campaigns.lapse(id);
      await campaigns.claim(id, providers[0]);
      expect(await market.token.balanceOf(providers[0])).to.equal(12_000n);
    });

    it("lets nothing become due", async () => {
      await pause();
      await time.increase(20 * DAY);
      await refuses(campaigns.lapse(id), "DeadlineNotReached");
    });

    it("holds up no retirement", async () => {
      await pause();
      await market.retire(providers[0], datasets[0]);
    });

    it("can be ended by anybody after thirty days", async () => {
      await pause();
      const until = BigInt(await time.latest()) + BigInt(30 * DAY);
      await at(until - 1n);
      await refuses(unpause(market.relayer), "PauseNotOver", until);
      await at(until);
      await unpause(market.relayer);
      expect(await campaigns.paused()).to.equal(false);
    });

    it("does not end where there is none", async () => {
      await refuses(unpause(), "ExpectedPause");
      await refuses(unpause(market.relayer), "ExpectedPause");
    });
  });
});
