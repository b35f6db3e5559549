import { expect } from "chai";
import { network } from "hardhat";
import { AllowList, HOUR, Market, STATE } from "../support/market.js";
import { Random } from "../support/random.js";
import { g1 } from "../support/simulator.js";

const HISTORIES = 4;
const STEPS = 200;
const PROVIDERS = 6;
const sumOf = (values) => [...values].reduce((a, b) => a + b, 0n);

/** What the contracts should hold, kept in the plainest way: a list of all that happened. */
class Ledger {
  budget = 0n;
  campaigns = [];
  claimed = new Map();

  /** Seconds until a campaign's window ends, counted down while nothing is paused. */
  pass(seconds) {
    for (const c of this.campaigns) c.age += seconds;
  }

  state(c) {
    if (c.over) return c.round > 0 ? STATE.Finished : STATE.Cancelled;
    return c.age >= c.begins && c.seats.size >= c.terms.minProviders ? STATE.Running : STATE.Open;
  }

  /** Ages at which the present round's windows end. */
  ends({ begins, terms }) {
    const { contributionSeconds, shareSeconds, answerSeconds, aggregationSeconds } = terms;
    const contribution = begins + contributionSeconds;
    const [dispute, share] = [contribution + shareSeconds / 2, contribution + shareSeconds];
    const answer = share + answerSeconds;
    return { contribution, dispute, share, answer, aggregation: answer + aggregationSeconds };
  }

  /** Contributions that count: to the present round, to another, or to any. */
  counted(c, round = c.round) {
    return c.contributions.filter((x) => !x.excluded && (round === "any" || x.round === round));
  }

  /** Contributions to the present round with an open dispute. */
  inDispute(c) {
    return this.counted(c).filter(({ open }) => open.size);
  }

  contributed(c, address) {
    return c.contributions.some((x) => x.round === c.round && x.address === address);
  }

  enough(c) {
    return this.counted(c).length >= c.terms.minProviders;
  }

  takes(c) {
    return this.state(c) === STATE.Running && c.age < this.ends(c).contribution;
  }

  disputable(c) {
    const { dispute, share } = this.ends(c);
    return this.state(c) === STATE.Running && c.age >= dispute && c.age < share && this.enough(c);
  }

  answerable(c) {
    return this.state(c) === STATE.Running && c.age < this.ends(c).answer && this.inDispute(c).length > 0;
  }

  excludable(c) {
    return this.state(c) === STATE.Running && c.age >= this.ends(c).answer && this.inDispute(c).length > 0;
  }

  closable(c) {
    const settled = this.state(c) === STATE.Running && c.age >= this.ends(c).share && this.inDispute(c).length === 0;
    return settled && this.enough(c);
  }

  joinable(c) {
    return this.state(c) === STATE.Open && c.age < c.begins;
  }

  cancellable(c) {
    return this.state(c) === STATE.Open && c.age >= c.begins;
  }

  lapsable(c) {
    if (this.state(c) !== STATE.Running || this.inDispute(c).length) return false;
    const { contribution, aggregation } = this.ends(c);
    return c.age >= (this.enough(c) ? aggregation : contribution);
  }

  end(c) {
    c.over = true;
    // What was burned is spent.
    this.budget += c.reserved - sumOf(c.contributions.map((x) => x.amount));
  }

  /** Rewards of a provider in a campaign, in rounds that are over. */
  rewards(c, address) {
    const released = this.counted(c, "any").filter(({ round }) => c.over || round < c.round);
    return sumOf(released.filter((x) => x.address === address).map((x) => x.amount));
  }

  owed(c, address) {
    return this.rewards(c, address) - (this.claimed.get(`${c.id}/${address}`) ?? 0n);
  }
}

describe("random histories of the market", () => {
  const done = {};

  for (let seed = 0; seed < HISTORIES; seed++) {
    it(`the contracts agree with a plain ledger at every step (seed ${seed})`, async () => {
      const { ethers, networkHelpers } = await network.create();
      const market = await Market.deploy(ethers, { seed: `history/${seed}` });
      const history = new History(seed, market, networkHelpers.time);
      await history.run();
      for (const [name, outcomes] of Object.entries(history.done)) {
        for (const [outcome, count] of Object.entries(outcomes)) {
          done[name] ??= { allowed: 0, refused: 0 };
          done[name][outcome] += count;
        }
      }
    });
  }

  it("everything was both done and refused", () => {
    const names = ["open", "join", "contribute", "dispute", "answer", "exclude", "close", "cancel", "lapse", "claim"];
    for (const name of names) {
      expect(done[name].allowed, `${name} done`).to.be.above(0);
      expect(done[name].refused, `${name} refused`).to.be.above(0);
    }
  });
});

class History {
  constructor(seed, market, time) {
    Object.assign(this, { market, time });
    this.random = new Random(`history/${seed}`);
    this.ledger = new Ledger();
    this.providers = market.providers.slice(0, PROVIDERS);
    this.datasets = new Map();
    this.retired = new Set();
    this.paused = false;
    this.restsUntil = 0;
    this.done = {};
  }

  async run() {
    for (const provider of this.providers) {
      this.datasets.set(provider.address, await this.market.register(provider, { n: this.random.between(1, 16) }));
    }
    const ends = { close: 4, end: 2, wait: 1, await: 4 };
    const often = { join: 8, contribute: 20, dispute: 10, answer: 4, exclude: 4, claim: 3, open: 1, pause: 1, ...ends };
    const actions = Object.entries(often).flatMap(([name, times]) => Array(times).fill(name));
    this.now = await this.time.latest();
    for (let i = 0; i < STEPS; i++) {
      let action = this.random.pick(this.random.between(0, 2) ? this.useful() : actions);
      if (i < 2) action = "open";
      if (i % 90 === 89) action = "retire";
      await this[action](i);
      await this.check();
    }
  }

  /** What leads on: actions that some campaign waits for, else time. */
  useful() {
    const { ledger } = this;
    if (this.paused) return ["pause"];
    const missing = (c) => [...c.seats.keys()].some((a) => !this.retired.has(a) && !ledger.contributed(c, a));
    const allow = {
      join: (c) => ledger.joinable(c),
      contribute: (c) => ledger.takes(c) && missing(c),
      dispute: (c) => ledger.disputable(c) && ledger.counted(c).some(({ raised }) => raised.size === 0),
      answer: (c) => ledger.answerable(c) && this.random.between(0, 1),
      exclude: (c) => ledger.excludable(c),
      close: (c) => ledger.closable(c),
      end: (c) => ledger.cancellable(c) || (ledger.lapsable(c) && !ledger.enough(c)),
    };
    if (ledger.campaigns.every(({ over }) => over)) return ["open", "claim"];
    const names = Object.keys(allow).filter((name) => ledger.campaigns.some(allow[name]));
    return names.length ? names : ["await"];
  }

  /** Sends a call some seconds later; it has to succeed exactly if `allowed`. */
  async send(name, allowed, call, seconds = this.random.between(1, 20)) {
    this.now += seconds;
    if (!this.paused) this.ledger.pass(seconds);
    await this.time.setNextBlockTimestamp(this.now);
    const expected = allowed();
    let succeeded = true;
    try {
      await (await call({ gasLimit: 5_000_000n })).wait();
    } catch (error) {
      if (!/revert/.test(error.message)) throw error;
      succeeded = false;
    }
    expect(succeeded, name).to.equal(expected);
    this.done[name] ??= { allowed: 0, refused: 0 };
    ++this.done[name][succeeded ? "allowed" : "refused"];
    return succeeded;
  }

  /** Mostly one of those that are wanted. */
  campaign(wanted) {
    return this.mostly(this.ledger.campaigns, wanted);
  }

  mostly(list, wanted) {
    const some = list.filter(wanted);
    return this.random.pick(some.length && this.random.between(0, 4) ? some : list);
  }

  async open(step) {
    const { market, ledger, random } = this;
    const rewardPerRow = BigInt(random.between(0, 1000));
    const limits = { minProviders: 3, maxProviders: random.between(3, 4), rowCap: random.between(1, 20) };
    const windows = { joinSeconds: random.between(5, 30) * HOUR, contributionSeconds: random.between(5, 30) * HOUR };
    const members = this.providers.map((signer) => [signer, random.between(1, 20)]);
    const all = { ...limits, ...windows, rewardPerRow, rounds: random.between(1, 3) };
    const list = new AllowList(members.map(([signer, cap]) => [signer.address, cap]));
    const [terms, ...rest] = await market.opening({ ...all, allowList: list.root });
    const reserved = BigInt(terms.rounds * terms.maxProviders * terms.rowCap) * rewardPerRow;
    const grant = BigInt(step === 0 || random.between(0, 2) > 0) * reserved;
    await this.send(
      "grant",
      () => true,
      (o) => market.campaigns.connect(market.governance).grantBudget(market.owner, grant, o),
    );
    ledger.budget += grant;
    const allowed = () => !this.paused && ledger.budget >= reserved;
    if (await this.send("open", allowed, (o) => market.campaigns.connect(market.owner).open(terms, ...rest, o))) {
      ledger.budget -= reserved;
      const id = await market.campaigns.campaigns();
      const caps = new Map(members.map(([signer, cap]) => [signer.address, cap]));
      const common = { id, terms, reserved, list, caps, age: 0, begins: terms.joinSeconds, over: false, round: 0 };
      ledger.campaigns.push({ ...common, seats: new Map(), contributions: [] });
    }
  }

  async join() {
    const { market, ledger } = this;
    const c = this.campaign((any) => ledger.joinable(any));
    const provider = this.mostly(this.providers, ({ address }) => !c.seats.has(address));
    const dataset = this.datasets.get(provider.address);
    market.allowList = c.list;
    const cap = c.caps.get(provider.address);
    const call = await market.joining(c.id, provider, dataset, cap);
    const allowed = () =>
      !this.paused && ledger.joinable(c) && !c.seats.has(provider.address) && !this.retired.has(provider.address);
    if (await this.send("join", allowed, (o) => market.campaigns.connect(market.relayer).join(...call, o))) {
      const { n } = await market.registry.dataset(dataset);
      c.seats.set(provider.address, Math.min(Number(n), cap, c.terms.rowCap));
      if (c.seats.size === c.terms.maxProviders) c.begins = c.age;
    }
  }

  async contribute() {
    const { market, ledger } = this;
    const c = this.campaign((any) => ledger.takes(any));
    const seated = this.providers.filter((p) => c.seats.has(p.address));
    if (ledger.state(c) !== STATE.Running || seated.length === 0) return;
    const provider = this.mostly(seated, (p) => !ledger.contributed(c, p.address));
    const { address } = provider;
    const made = await market.contribution(c.id, provider, this.datasets.get(address), { round: BigInt(c.round) });
    const allowed = () =>
      !this.paused && ledger.takes(c) && !this.retired.has(address) && !ledger.contributed(c, address);
    const send = (o) => market.campaigns.connect(market.relayer).contribute(...made.call, o);
    if (await this.send("contribute", allowed, send)) {
      const weight = BigInt(c.seats.get(address));
      const amount = weight * c.terms.rewardPerRow;
      const dispute = { raised: new Set(), open: new Set(), excluded: false };
      c.contributions.push({ ...made, ...dispute, address, amount, weight, round: c.round });
    }
  }

  /** A contribution to the present round of a campaign, mostly one that is wanted. */
  contribution(wantedCampaign, wanted) {
    const c = this.campaign(wantedCampaign);
    const present = c.contributions.filter(({ round }) => round === c.round);
    return { c, x: present.length && this.ledger.state(c) === STATE.Running ? this.mostly(present, wanted) : null };
  }

  async dispute() {
    const { market, ledger } = this;
    const { c, x } = this.contribution(
      (any) => ledger.disputable(any),
      ({ raised }) => raised.size < 2,
    );
    if (!x) return;
    const k = this.random.between(0, 1);
    const call = await market.dispute({ ...x, round: BigInt(x.round) }, k, [market.owner, market.helper][k]);
    const allowed = () => !this.paused && ledger.disputable(c) && !x.excluded && !x.raised.has(k);
    const send = (o) => market.campaigns.connect(market.relayer).disputeShare(...call, o);
    if (await this.send("dispute", allowed, send)) [x.raised, x.open].forEach((set) => set.add(k));
  }

  async answer() {
    const { market, ledger } = this;
    const { c, x } = this.contribution(
      (any) => ledger.answerable(any),
      ({ open }) => open.size,
    );
    if (!x) return;
    const k = x.open.size ? this.random.pick([...x.open]) : 0;
    const lie = this.random.between(0, 3) === 0;
    const changes = lie ? { share: x.inClear[1 - k] } : {};
    const call = await market.answer({ ...x, round: BigInt(x.round) }, k, changes);
    const allowed = () => !this.paused && !lie && ledger.answerable(c) && x.open.has(k);
    const send = (o) => market.campaigns.connect(market.relayer).revealShare(...call, o);
    if (await this.send("answer", allowed, send)) x.open.delete(k);
  }

  async exclude() {
    const { market, ledger } = this;
    const { c, x } = this.contribution(
      (any) => ledger.excludable(any),
      ({ open }) => open.size,
    );
    if (!x) return;
    const call = [c.id, x.round, x.address, x.commitments];
    const allowed = () => ledger.excludable(c) && x.open.size > 0;
    const send = (o) => market.campaigns.connect(market.relayer).exclude(...call, o);
    if (!(await this.send("exclude", allowed, send))) return;
    x.open.clear();
    x.excluded = true;
  }

  async close() {
    const { market, ledger } = this;
    const c = this.campaign((any) => ledger.closable(any));
    if (ledger.state(c) !== STATE.Running) return;
    const call = await market.closing(c.id, ledger.counted(c), { round: BigInt(c.round) });
    const allowed = () => !this.paused && ledger.closable(c);
    const send = (o) => market.campaigns.connect(market.relayer).closeRound(...call, o);
    if (!(await this.send("close", allowed, send))) return;
    c.begins = c.age;
    if (++c.round === c.terms.rounds) ledger.end(c);
  }

  /** To the next deadline of a campaign. */
  async await() {
    const c = this.campaign(({ over }) => !over);
    const next = [c.begins, ...Object.values(this.ledger.ends(c))].find((end) => end > c.age);
    if (!this.paused && next !== undefined) await this.pass(next - c.age);
  }

  async wait() {
    await this.pass(this.random.between(1, 15) * HOUR);
  }

  async pass(seconds) {
    this.now += seconds;
    if (!this.paused) this.ledger.pass(seconds);
    await this.time.increaseTo(this.now);
  }

  async end() {
    const { market, ledger } = this;
    const c = this.campaign((any) => ledger.lapsable(any));
    const lapse = ledger.state(c) === STATE.Running;
    const name = lapse ? "lapse" : "cancel";
    const allowed = () => (lapse ? ledger.lapsable(c) : ledger.cancellable(c));
    if (await this.send(name, allowed, (o) => market.campaigns.connect(market.relayer)[name](c.id, o))) ledger.end(c);
  }

  async claim() {
    const { market, ledger } = this;
    const c = this.campaign(({ over, round, contributions }) => (over || round) && contributions.length);
    const { address } = this.mostly(this.providers, (p) => ledger.owed(c, p.address) > 0n);
    const owed = ledger.owed(c, address);
    if (
      await this.send(
        "claim",
        () => owed > 0n,
        (o) => market.campaigns.connect(market.relayer).claim(c.id, address, o),
      )
    ) {
      ledger.claimed.set(`${c.id}/${address}`, ledger.rewards(c, address));
    }
  }

  async pause() {
    const { market } = this;
    const name = this.paused ? "unpause" : "pause";
    const allowed = () => this.paused || this.now >= this.restsUntil;
    if (!(await this.send("pause", allowed, (o) => market.campaigns.connect(market.governance)[name](o)))) return;
    if (this.paused) this.restsUntil = 2 * this.now - this.pausedSince;
    else this.pausedSince = this.now;
    this.paused = !this.paused;
    if (this.paused && this.random.between(0, 3)) await this.pause();
  }

  async retire() {
    if (this.retired.size > 1) return;
    const provider = this.random.pick(this.providers);
    if (this.retired.has(provider.address)) return;
    this.now += 1;
    if (!this.paused) this.ledger.pass(1);
    await this.time.setNextBlockTimestamp(this.now);
    await (await this.market.retire(provider, this.datasets.get(provider.address))).wait();
    this.retired.add(provider.address);
  }

  async check() {
    const { market, ledger } = this;
    const { campaigns, token } = market;
    const minted = sumOf(ledger.campaigns.flatMap((c) => ledger.counted(c, "any").map((x) => x.amount)));
    const paid = sumOf(ledger.claimed.values());
    expect(await token.totalSupply(), "minted").to.equal(minted);
    expect(await token.balanceOf(campaigns), "escrow").to.equal(minted - paid);
    expect(await campaigns.budgetOf(market.owner), "budget").to.equal(ledger.budget);
    for (const c of ledger.campaigns) {
      expect(await campaigns.state(c.id), `state of ${c.id}`).to.equal(ledger.state(c));
      const { points, excludedPoints, round } = await campaigns.progress(c.id);
      const over = ledger.counted(c, "any").filter((x) => c.over || x.round < c.round);
      const excluded = c.contributions.filter((x) => x.excluded);
      const rows = [over, excluded].map((list) => sumOf(list.map(({ weight }) => weight)));
      expect([points, excludedPoints, round]).to.deep.equal([...rows, BigInt(c.round)]);
      for (let r = Math.max(0, c.round - 1); r <= c.round; r++) await this.checkRound(c, r);
    }
    for (const { address } of this.providers) {
      const owed = sumOf(ledger.campaigns.map((c) => ledger.owed(c, address)));
      expect(await campaigns.claimable(address), "claimable").to.equal(owed);
      const received = sumOf(ledger.campaigns.map((c) => ledger.claimed.get(`${c.id}/${address}`) ?? 0n));
      expect(await token.balanceOf(address), "received").to.equal(received);
    }
  }

  async checkRound(c, index) {
    const { campaigns } = this.market;
    const counted = this.ledger.counted(c, index);
    const weighted = (log) => g1(sumOf(counted.map((x) => x.weight * log(x))));
    const round = await campaigns.round(c.id, index);
    expect(round.contributors).to.equal(BigInt(counted.length));
    expect(round.weightTotal).to.equal(sumOf(counted.map(({ weight }) => weight)));
    expect(round.inDispute).to.equal(BigInt(counted.filter(({ open }) => open.size).length));
    expect(round.sum.toObject()).to.deep.equal(weighted(({ cOutLog }) => cOutLog));
    expect((await campaigns.shareSum(c.id, index, 0n)).toObject()).to.deep.equal(weighted((x) => x.shareLogs[0]));
  }
}
