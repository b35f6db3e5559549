import { expect } from "chai";
import { network } from "hardhat";
import { DAY, HOUR, Market, STATE } from "../support/market.js";
import { Random } from "../support/random.js";
import { g1 } from "../support/simulator.js";

const { ethers, networkHelpers } = await network.getOrCreate();

const SEEDS = ["accounts/1", "accounts/2", "accounts/3", "accounts/4"];
const STEPS = 160;
const CAMPAIGNS_HIGHEST = 4;
const MEMBERS = 5;

const total = (amounts) => amounts.reduce((sum, amount) => sum + amount, 0n);

/** Anybody doing anything at any time; what the contract has emitted must account for every base unit. */
class Crowd {
  static async gather(seed) {
    const crowd = new Crowd();
    crowd.random = new Random(seed);
    crowd.market = await Market.deploy(ethers, { seed });
    crowd.members = crowd.market.providers.slice(0, MEMBERS);
    crowd.datasets = [];
    for (const member of crowd.members) crowd.datasets.push(await crowd.market.register(member));
    crowd.allowLists = new Map();
    crowd.logs = new Map();
    crowd.sent = [];
    return crowd;
  }

  async act() {
    const name = this.random.pick(Crowd.ACTIONS);
    try {
      await this[name]();
    } catch (error) {
      if (!/revert/.test(error.message)) throw error;
    }
  }

  static ACTIONS = [
    ..."open join join join join join join contribute contribute contribute contribute contribute contribute contribute replay".split(
      " ",
    ),
    ..."wait wait wait cancel lapse lapse claim claim pause unpause unpause retire donate".split(" "),
  ];

  get contract() {
    return this.market.campaigns.connect(this.random.pick([this.market.relayer, this.market.owner, ...this.members]));
  }

  async anyCampaign() {
    return BigInt(this.random.between(1, Math.max(1, Number(await this.market.campaigns.campaigns()))));
  }

  async open() {
    const { market, random } = this;
    if ((await market.campaigns.campaigns()) >= CAMPAIGNS_HIGHEST) return;
    const id = await market.open(
      this.members.map((member) => [member, 12]),
      {
        maxProviders: random.between(3, 5),
        rounds: random.between(1, 3),
        rowCap: random.between(1, 20),
        rewardPerRow: BigInt(random.pick([0, 1, 999, 10 ** 18])),
        joinSeconds: 10 * HOUR,
        shareSeconds: 600,
        answerSeconds: 600,
        aggregationSeconds: 600,
        contributionSeconds: random.pick([12 * HOUR, DAY]),
      },
    );
    this.allowLists.set(id, market.allowList);
  }

  async join() {
    const id = await this.anyCampaign();
    this.market.allowList = this.allowLists.get(id) ?? this.market.allowList;
    const member = this.random.between(0, MEMBERS - 1);
    const call = await this.market.joining(id, this.members[member], this.datasets[member], 12);
    this.sent.push(["join", call]);
    await this.contract.join(...call);
  }

  async contribute() {
    const id = await this.anyCampaign();
    const member = this.random.pick(this.members);
    const { datasetId } = await this.market.campaigns.seat(id, member);
    const made = await this.market.contribution(id, member, datasetId);
    this.sent.push(["contribute", made.call]);
    this.logs.set(made.call[3].x, made);
    await this.contract.contribute(...made.call);
  }

  async replay() {
    if (this.sent.length === 0) return;
    const [name, call] = this.random.pick(this.sent);
    await this.contract[name](...call);
  }

  wait() {
    return networkHelpers.time.increase(this.random.between(1, 4 * HOUR));
  }

  async cancel() {
    await this.contract.cancel(await this.anyCampaign());
  }

  async lapse() {
    await this.contract.lapse(await this.anyCampaign());
  }

  async claim() {
    const id = await this.anyCampaign();
    const owed = [];
    for (const member of this.members) {
      if ((await this.market.campaigns.claimableIn(id, member)) > 0n) owed.push(member);
    }
    await this.contract.claim(id, this.random.pick(owed.length ? owed : this.members));
  }

  async pause() {
    if (this.random.between(0, 5) === 0) await this.market.campaigns.connect(this.market.governance).pause();
  }

  async unpause() {
    const { governance, relayer } = this.market;
    await this.market.campaigns.connect(this.random.pick([governance, governance, relayer])).unpause();
  }

  async retire() {
    if (this.random.between(0, 3) > 0) return;
    const member = this.random.between(0, MEMBERS - 1);
    await this.market.retire(this.members[member], this.datasets[member]);
    this.datasets[member] = await this.market.register(this.members[member]);
  }

  /** Tokens sent to the contract are lost to the sender and count for nobody. */
  async donate() {
    const member = this.random.pick(this.members);
    await this.market.token.connect(member).transfer(this.market.campaigns, 1n);
  }

  /** The arguments of every event of this name. */
  async events(name) {
    return (await this.market.campaigns.queryFilter(name)).map(({ args }) => args);
  }

  async check() {
    const { campaigns, token, owner } = this.market;
    const [granted, opened, verified, minted, claimed, cancelled] = await Promise.all(
      [
        "BudgetGranted",
        "CampaignOpened",
        "ContributionVerified",
        "RewardMinted",
        "PayoutClaimed",
        "CampaignCancelled",
      ].map((name) => this.events(name)),
    );
    const supply = total(minted.map(({ amount }) => amount));
    const escrow = supply - total(claimed.map(({ amount }) => amount));
    const given = total(
      (await token.queryFilter(token.filters.Transfer(null, campaigns))).map(({ args }) => args.value),
    );
    expect(await token.totalSupply(), "supply").to.equal(supply);
    expect(await token.balanceOf(campaigns), "escrow").to.equal(escrow + given - supply);
    expect(await campaigns.budgetOf(owner), "budget").to.equal(
      total(granted.map(({ amount }) => amount)) -
        total(opened.map(({ budgetReserved }) => budgetReserved)) +
        total(cancelled.map(({ budgetReturned }) => budgetReturned)),
    );
    const keys = verified.map(({ campaignId, round, datasetId }) => `${campaignId}/${round}/${datasetId}`);
    expect(new Set(keys).size, "one payment a campaign, round and data set").to.equal(keys.length);
    let owed = 0n;
    for (const { campaignId, budgetReserved } of opened) {
      const of = (list) => list.filter((args) => args.campaignId === campaignId);
      const spent = total(of(minted).map(({ amount }) => amount));
      for (const { budgetReturned } of of(cancelled)) expect(spent + budgetReturned).to.equal(budgetReserved);
      expect(of(cancelled).length).to.equal((await campaigns.state(campaignId)) === STATE.Cancelled ? 1 : 0);
      expect(spent <= budgetReserved, "within the reserve").to.equal(true);
      await this.checkSums(campaignId, of(verified));
      for (const member of this.members) owed += await campaigns.claimableIn(campaignId, member);
    }
    expect(owed <= escrow, "what is owed is there").to.equal(true);
  }

  async checkSums(campaignId, verified) {
    const { weightTotal, contributors, sum } = await this.market.campaigns.round(campaignId, 0n);
    expect(contributors).to.equal(verified.length);
    expect(weightTotal).to.equal(total(verified.map(({ weight }) => weight)));
    const weighted = (log) => total(verified.map((args) => args.weight * log(this.logs.get(args.cOut.x))));
    expect(sum.toObject()).to.deep.equal(g1(weighted(({ cOutLog }) => cOutLog)));
    const shares = await this.market.campaigns.shareSum(campaignId, 0n, 0n);
    expect(shares.toObject()).to.deep.equal(g1(weighted(({ shareLogs }) => shareLogs[0])));
  }

  /** A stranger alone, after enough time, brings everything to its end. */
  async finish() {
    const { campaigns, relayer, token } = this.market;
    const stranger = campaigns.connect(relayer);
    if (await campaigns.paused()) {
      await networkHelpers.time.increase(30 * DAY);
      await stranger.unpause();
    }
    await networkHelpers.time.increase(5 * DAY);
    const due = [];
    for (let id = 1n; id <= (await campaigns.campaigns()); id++) {
      const state = await campaigns.state(id);
      if (state === STATE.Open) await stranger.cancel(id);
      if (state === STATE.Running) await stranger.lapse(id);
      expect(await campaigns.state(id)).to.equal(STATE.Cancelled);
      due.push(...this.members.map((member) => [id, member]));
    }
    for (const [id, member] of due) {
      if ((await campaigns.claimableIn(id, member)) > 0n) await stranger.claim(id, member);
    }
    await this.check();
    const given = total(
      (await token.queryFilter(token.filters.Transfer(null, campaigns))).map(({ args }) => args.value),
    );
    const gifts = given - (await token.totalSupply());
    expect(await token.balanceOf(campaigns), "nothing is left but gifts").to.equal(gifts);
    const granted = total((await this.events("BudgetGranted")).map(({ amount }) => amount));
    expect((await campaigns.budgetOf(this.market.owner)) + (await token.totalSupply())).to.equal(granted);
  }
}

describe("campaigns in a crowd", () => {
  for (const seed of SEEDS) {
    it(`account for every base unit and end by a stranger's hand (${seed})`, async () => {
      const crowd = await Crowd.gather(seed);
      await crowd.open();
      for (let i = 0; i < STEPS; i++) {
        await crowd.act();
        if (i % 4 === 0) await crowd.check();
      }
      await crowd.finish();
      // a walk on which nothing is paid would show nothing
      for (const name of ["ContributionVerified", "PayoutClaimed"]) {
        expect(await crowd.events(name), name).not.to.have.length(0);
      }
    });
  }
});
