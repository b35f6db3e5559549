import { expect } from "chai";
import { network } from "hardhat";
import { AllowList, HOUR, Market, STATE } from "../support/market.js";
import { Random } from "../support/random.js";
import { g1 } from "../support/simulator.js";

const HISTORIES = 4;
const STEPS = 110;
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
    if (c.over) return STATE.Cancelled;
    return c.age >= c.begins && c.seats.size >= c.terms.minProviders ? STATE.Running : STATE.Open;
  }

  takes(c) {
    return this.state(c) === STATE.Running && c.age < c.begins + c.terms.contributionSeconds;
  }

  joinable(c) {
    return this.state(c) === STATE.Open && c.age < c.begins;
  }

  cancellable(c) {
    return this.state(c) === STATE.Open && c.age >= c.begins;
  }

  lapsable(c) {
    if (this.state(c) !== STATE.Running) return false;
    const { contributionSeconds, shareSeconds, answerSeconds, aggregationSeconds, minProviders } = c.terms;
    const rest = c.contributions.length >= minProviders ? shareSeconds + answerSeconds + aggregationSeconds : 0;
    return c.age >= c.begins + contributionSeconds + rest;
  }

  end(c) {
    c.over = true;
    this.budget += c.reserved - sumOf(c.contributions.map((x) => x.amount));
  }

  /** Rewards of a provider in a campaign: those minted, or only those released. */
  rewards(c, address, releasedOnly) {
    if (releasedOnly && !c.over) return 0n;
    return sumOf(c.contributions.filter((x) => x.address === address).map((x) => x.amount));
  }

  owed(c, address) {
    return this.rewards(c, address, true) - (this.claimed.get(`${c.id}/${address}`) ?? 0n);
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
    for (const name of ["open", "join", "contribute", "cancel", "lapse", "claim"]) {
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
    const often = { join: 8, contribute: 7, wait: 5, end: 3, claim: 3, open: 3, pause: 1, retire: 1 };
    const actions = Object.entries(often).flatMap(([name, times]) => Array(times).fill(name));
    this.now = await this.time.latest();
    for (let i = 0; i < STEPS; i++) {
      const action = i < 2 ? "open" : this.random.pick(actions);
      await this[action](i);
      await this.check();
    }
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
      const common = { id, terms, reserved, list, caps, age: 0, begins: terms.joinSeconds, over: false };
      ledger.campaigns.push({ ...common, seats: new Map(), contributions: [], sum: 0n });
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
    const provider = this.mostly(seated, (p) => !c.contributions.some(({ address }) => address === p.address));
    const { address } = provider;
    const { call, cOutLog } = await market.contribution(c.id, provider, this.datasets.get(address));
    const allowed = () =>
      !this.paused &&
      ledger.takes(c) &&
      !this.retired.has(address) &&
      !c.contributions.some((contribution) => contribution.address === address);
    if (
      await this.send("contribute", allowed, (o) => market.campaigns.connect(market.relayer).contribute(...call, o))
    ) {
      const weight = BigInt(c.seats.get(address));
      c.contributions.push({ address, amount: weight * c.terms.rewardPerRow });
      c.sum += weight * cOutLog;
    }
  }

  async wait() {
    const seconds = this.random.between(1, 15) * HOUR;
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
    const c = this.campaign(({ over, contributions }) => over && contributions.length);
    const { address } = this.mostly(this.providers, (p) => ledger.owed(c, p.address) > 0n);
    const owed = ledger.owed(c, address);
    if (
      await this.send(
        "claim",
        () => owed > 0n,
        (o) => market.campaigns.connect(market.relayer).claim(c.id, address, o),
      )
    ) {
      ledger.claimed.set(`${c.id}/${address}`, ledger.rewards(c, address, true));
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
    const minted = sumOf(ledger.campaigns.flatMap((c) => c.contributions.map((x) => x.amount)));
    const paid = sumOf(ledger.claimed.values());
    expect(await token.totalSupply(), "minted").to.equal(minted);
    expect(await token.balanceOf(campaigns), "escrow").to.equal(minted - paid);
    expect(await campaigns.budgetOf(market.owner), "budget").to.equal(ledger.budget);
    for (const c of ledger.campaigns) {
      expect(await campaigns.state(c.id), `state of ${c.id}`).to.equal(ledger.state(c));
      const round = await campaigns.round(c.id, 0n);
      expect(round.contributors).to.equal(BigInt(c.contributions.length));
      expect(round.sum.toObject()).to.deep.equal(g1(c.sum));
    }
    for (const { address } of this.providers) {
      const owed = sumOf(ledger.campaigns.map((c) => ledger.owed(c, address)));
      expect(await campaigns.claimable(address), "claimable").to.equal(owed);
      const received = sumOf(ledger.campaigns.map((c) => ledger.claimed.get(`${c.id}/${address}`) ?? 0n));
      expect(await token.balanceOf(address), "received").to.equal(received);
    }
  }
}
