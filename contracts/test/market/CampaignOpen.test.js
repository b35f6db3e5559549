import { expect } from "chai";
import { anyValue } from "@nomicfoundation/hardhat-ethers-chai-matchers/withArgs";
import { keccak256, ZeroAddress, ZeroHash } from "ethers";
import { network } from "hardhat";
import { DAY, HOUR, INFINITY, KIND, Market, SCHEMA, STATE } from "../support/market.js";
import { g1 } from "../support/simulator.js";

const { ethers, networkHelpers } = await network.getOrCreate();
const fixture = () => Market.deploy(ethers);
const RESERVE = 2n * 4n * 12n * 1000n;
const named = (name) => ethers.encodeBytes32String(name);

describe("open", () => {
  let market, campaigns;

  beforeEach(async () => {
    market = await networkHelpers.loadFixture(fixture);
    campaigns = market.campaigns;
    await market.grant(RESERVE);
  });

  const open = async (...changes) =>
    campaigns
      .connect(market.owner)
      .open(...(Array.isArray(changes[0]) ? changes[0] : await market.opening(...changes)));
  const refuses = (call, error, ...args) => {
    const check = expect(call).to.be.revertedWithCustomError(campaigns, error);
    return args.length ? check.withArgs(...args) : check;
  };

  it("stores all terms, the first model, aggregators and test sets", async () => {
    const testSet = await market.register(market.providers[5]);
    const call = await market.opening({ allowList: keccak256("0x11") }, g1(77n), [testSet]);
    await expect(open(call)).to.emit(campaigns, "CampaignOpened");
    const terms = (await campaigns.campaign(1n)).toObject();
    const expected = Object.entries(call[0]).map(([k, v]) => [k, typeof v === "number" ? BigInt(v) : v]);
    expect(terms).to.deep.equal(Object.fromEntries(expected));
    expect((await campaigns.round(1n, 0n)).model.toObject()).to.deep.equal(g1(77n));
    expect([...(await campaigns.testSets(1n))]).to.deep.equal([testSet]);
    const aggregators = (await campaigns.aggregators(1n)).map((a) => a.toObject());
    expect(aggregators).to.deep.equal(
      call[2].map(({ account, x25519Key, mlKemKey }) => ({ account, x25519Key, mlKemKeyHash: keccak256(mlKemKey) })),
    );
    const progress = (await campaigns.progress(1n)).toObject();
    const begins = BigInt((await networkHelpers.time.latest()) + 2 * DAY);
    expect(progress).to.deep.equal({
      owner: market.owner.address,
      state: STATE.Open,
      aggregators: 2n,
      round: 0n,
      seats: 0n,
      roundBegins: begins,
      d: 7n, // round(1/10 * 1/1000 * 2^16) = round(6.5536)
      points: 0n,
      excludedPoints: 0n,
    });
  });

  it("tells everything in its event", async () => {
    const call = await market.opening({}, g1(77n));
    const receipt = await (await open(call)).wait();
    const { args } = campaigns.interface.parseLog(receipt.logs[0]);
    expect(args.slice(0, 3)).to.deep.equal([1n, market.owner.address, SCHEMA]);
    expect(args.terms.toObject().rewardPerRow).to.equal(1000n);
    expect(args.firstModel.toObject()).to.deep.equal(g1(77n));
    expect(args.aggregators.map((a) => a.toObject())).to.deep.equal(call[2]);
    expect(args.budgetReserved).to.equal(RESERVE);
  });

  it("numbers campaigns from 1", async () => {
    await open({ rewardPerRow: 0n });
    await open({ rewardPerRow: 0n });
    expect(await campaigns.campaigns()).to.equal(2n);
    expect(await campaigns.state(2n)).to.equal(STATE.Open);
    for (const number of [0n, 3n]) await refuses(campaigns.state(number), "CampaignUnknown", number);
  });

  describe("budget", () => {
    it("is granted by governance alone", async () => {
      await refuses(
        campaigns.connect(market.owner).grantBudget(market.owner, 1n),
        "AccessControlUnauthorizedAccount",
        market.owner.address,
        await campaigns.GOVERNANCE_ROLE(),
      );
      await expect(campaigns.connect(market.governance).grantBudget(market.owner, 5n))
        .to.emit(campaigns, "BudgetGranted")
        .withArgs(market.owner.address, 5n, RESERVE + 5n);
    });

    it("is reserved for the most that the campaign can mint", async () => {
      await open();
      expect(await campaigns.budgetOf(market.owner)).to.equal(0n);
      await refuses(open(), "BudgetExceeded", market.owner.address, RESERVE, 0n);
      await open({ rewardPerRow: 0n });
    });

    it("must cover all of it", async () => {
      await refuses(open({ rewardPerRow: 1001n }), "BudgetExceeded", market.owner.address, 96_096n, RESERVE);
    });

    it("is granted up to 2^192 - 1, so that the end of the largest campaign cannot overflow it", async () => {
      const highest = 2n ** 192n - 1n;
      const most = { b: 16, rounds: 65_535, maxProviders: 65_535, rowCap: 65_537, rewardPerRow: 2n ** 128n - 1n };
      const reserve = 65_535n * (2n ** 32n - 1n) * most.rewardPerRow;
      const grant = (amount) => campaigns.connect(market.governance).grantBudget(market.owner, amount);
      await market.grant(reserve - RESERVE);
      await open(most);
      await refuses(grant(highest + 1n), "BudgetTooLarge", market.owner.address, highest + 1n, 0n, highest);
      await market.grant(1n);
      for (const amount of [highest, ethers.MaxUint256 - 1n, ethers.MaxUint256])
        await refuses(grant(amount), "BudgetTooLarge", market.owner.address, amount, 1n, highest);
      await market.grant(highest - 1n);
      await networkHelpers.time.increaseTo((await campaigns.deadlines(1n)).begin);
      await expect(campaigns.cancel(1n)).to.emit(campaigns, "CampaignCancelled").withArgs(1n, reserve);
      expect(await campaigns.budgetOf(market.owner)).to.equal(highest + reserve);
      await refuses(grant(1n), "BudgetTooLarge", market.owner.address, 1n, highest + reserve, highest);
    });

    it("is taken back by governance alone, as far as it is not reserved", async () => {
      const { governance, owner } = market;
      const revoke = (amount) => campaigns.connect(governance).revokeBudget(owner, amount);
      await refuses(
        campaigns.connect(owner).revokeBudget(owner, 1n),
        "AccessControlUnauthorizedAccount",
        owner.address,
        await campaigns.GOVERNANCE_ROLE(),
      );
      await market.grant(7n);
      await open();
      for (const [highest, amount, left] of [
        [3n, 3n, 4n],
        [0n, 0n, 4n],
        [ethers.MaxUint256, 4n, 0n],
        [1n, 0n, 0n],
      ]) {
        await expect(revoke(highest)).to.emit(campaigns, "BudgetRevoked").withArgs(owner.address, amount, left);
        expect(await campaigns.budgetOf(owner)).to.equal(left);
      }
      await refuses(open({ rewardPerRow: 1n }), "BudgetExceeded", owner.address, 96n, 0n);
      // what the campaign gives back can be taken back then
      await networkHelpers.time.increaseTo((await campaigns.deadlines(1n)).begin);
      await campaigns.cancel(1n);
      await revoke(RESERVE - 1n);
      expect(await campaigns.budgetOf(owner)).to.equal(1n);
    });

    it("is the owner's own", async () => {
      const call = await market.opening();
      call[2][0].account = market.helper.address;
      call[2][1].account = market.owner.address;
      const consent = await market.consent(market.owner, call[2][1], { value: { owner: market.helper.address } });
      call[3] = [consent];
      await refuses(
        campaigns.connect(market.helper).open(...call),
        "BudgetExceeded",
        market.helper.address,
        RESERVE,
        0n,
      );
    });
  });

  describe("refuses", () => {
    const MAX16 = 2n ** 16n - 1n;
    const MAX32 = 2n ** 32n - 1n;
    const MAX64 = 2n ** 64n - 1n;
    const YEAR = BigInt(365 * DAY);
    for (const [term, changes, value, lowest, highest] of [
      ["feat", { feat: 0 }, 0n, 1n, 4n],
      ["feat", { feat: 5 }, 5n, 1n, 4n],
      ["lb", { lb: 3, lt: 2, steps: 4 }, 3n, 0n, 2n],
      ["steps", { steps: 0 }, 0n, 1n, 4n],
      ["steps", { steps: 5 }, 5n, 1n, 4n],
      ["steps", { lb: 2, steps: 3 }, 3n, 4n, 4n],
      ["rounds", { rounds: 0 }, 0n, 1n, MAX16],
      ["joinSeconds", { joinSeconds: 599 }, 599n, 600n, YEAR],
      ["contributionSeconds", { contributionSeconds: 0 }, 0n, 600n, YEAR],
      ["shareSeconds", { shareSeconds: 599 }, 599n, 600n, YEAR],
      ["answerSeconds", { answerSeconds: 599 }, 599n, 600n, YEAR],
      ["aggregationSeconds", { aggregationSeconds: 365 * DAY + 1 }, YEAR + 1n, 600n, YEAR],
      ["minProviders", { minProviders: 2 }, 2n, 3n, MAX16],
      ["maxProviders", { maxProviders: 2 }, 2n, 3n, MAX16],
      ["rowCap", { rowCap: 0 }, 0n, 1n, MAX32],
      ["ownerShareBasisPoints", { ownerShareBasisPoints: 10_000 }, 10_000n, 0n, 9_999n],
      ["rateNumerator", { rateNumerator: 0 }, 0n, 1n, MAX64],
      ["rateDenominator", { rateDenominator: 0 }, 0n, 1n, MAX64],
      ["lk", { lk: 12 }, 12n, 0n, 11n],
      ["decayDenominator", { decayDenominator: 0 }, 0n, 1n, MAX64],
    ]) {
      it(`${term} = ${value} of ${JSON.stringify(changes)}`, () =>
        refuses(open(changes), "TermOutOfRange", named(term), value, lowest, highest));
    }

    it("windows for shares, answers and averages below an hour, on any chain but the development chain", async () => {
      const other = await network.create({ override: { chainId: 31338 } });
      const elsewhere = await Market.deploy(other.ethers, { unsafeSetup: false });
      const send = async (terms) => {
        const call = await elsewhere.opening({
          rewardPerRow: 0n,
          joinSeconds: 600,
          contributionSeconds: 600,
          ...terms,
        });
        return elsewhere.campaigns.connect(elsewhere.owner).open(...call);
      };
      for (const term of ["shareSeconds", "answerSeconds", "aggregationSeconds"]) {
        await expect(send({ [term]: HOUR - 1 }))
          .to.be.revertedWithCustomError(elsewhere.campaigns, "TermOutOfRange")
          .withArgs(named(term), BigInt(HOUR - 1), BigInt(HOUR), YEAR);
        await open({ [term]: 600, rewardPerRow: 0n });
      }
      await send({ shareSeconds: HOUR, answerSeconds: HOUR, aggregationSeconds: HOUR });
    });

    it("a model without a table", () => refuses(open({ b: 9 }), "ModelUnsupported", 0n, 9n));

    it("a kind of model that there is not", () => expect(open({ kind: 3 })).to.be.revertedWithoutReason(ethers));

    it("a row total that no average could be proved of", async () => {
      await refuses(open({ rowCap: 2 ** 14 + 1 }), "RowTotalTooLarge", 65_540n, 65_536n);
      await open({ rowCap: 2 ** 14, rewardPerRow: 0n });
    });

    it("shapes beyond the setup and the pad", async () => {
      await refuses(open({ lk: 16 }), "ShapeBeyondSetup", 21n, 20n);
      await refuses(open({ lt: 16, lk: 2 }), "ShapeBeyondSetup", 21n, 20n);
      await refuses(open({ lb: 255, lt: 255, lk: 255 }), "ShapeBeyondPad", 15n + 4n * 513n + 2n * 513n, 256n);
      await open({ lk: 11, feat: 2 ** 11 });
    });

    it("a learning rate whose step is zero, or does not fit 64 bits, on one row", async () => {
      // c = rate * 2^18: below 1/2 is zero.
      await refuses(open({ rateNumerator: 1, rateDenominator: 2 ** 20 }), "StepOutOfRange", 0n, 1n, MAX64);
      await refuses(open({ rateNumerator: 2n ** 46n, rateDenominator: 1 }), "StepOutOfRange", 2n ** 64n, 1n, MAX64);
      const fits = { rateNumerator: 2n ** 46n - 1n, rateDenominator: 1, decayNumerator: 0 };
      await open({ ...fits, rewardPerRow: 0n });
    });

    it("a weight decay that does not fit 64 bits", () =>
      refuses(
        open({ rateDenominator: 1, decayNumerator: 2n ** 48n, decayDenominator: 1 }),
        "StepOutOfRange",
        MAX64 + 1n,
        0n,
        MAX64,
      ));

    it("a reward or an allow-list where anybody may join", async () => {
      const error = "OpenToAllTakesNoListAndNoReward";
      await refuses(open({ openToAll: true }), error, ZeroHash, 1000n);
      await refuses(open({ openToAll: true, rewardPerRow: 0n, allowList: SCHEMA }), error, SCHEMA, 0n);
      await open({ openToAll: true, rewardPerRow: 0n });
    });

    it("a first model that is no point", async () => {
      const { x, y } = g1(5n);
      await refuses(open({}, { x, y: y + 1n }), "PointInvalid", x, y + 1n);
      await open({}, INFINITY);
    });
  });

  describe("refuses aggregators", () => {
    let call;
    beforeEach(async () => {
      call = await market.opening();
    });

    it("without the owner in the first place", async () => {
      call[2].reverse();
      await refuses(open(call), "FirstAggregatorNotOwner", market.helper.address, market.owner.address);
    });

    it("of fewer than two accounts, or more than eight", async () => {
      const term = named("aggregators");
      await refuses(open(call.with(2, [])), "TermOutOfRange", term, 0n, 2n, 8n);
      await refuses(open(call.with(2, [call[2][0]])), "TermOutOfRange", term, 1n, 2n, 8n);
      await refuses(open(call.with(2, Array(9).fill(call[2][0]))), "TermOutOfRange", term, 9n, 2n, 8n);
    });

    it("that repeat an account", async () => {
      await refuses(open(call.with(2, [call[2][0], call[2][0]])), "AggregatorRepeated", market.owner.address);
      const three = [...call[2], call[2][1]];
      await refuses(open(call.with(2, three)), "AggregatorRepeated", market.helper.address);
      const apart = [...call[2], call[2][0]];
      await refuses(open(call.with(2, apart)), "AggregatorRepeated", market.owner.address);
    });

    it("with keys of another form", async () => {
      const [owner, helper] = call[2];
      const zero = { ...helper, x25519Key: ZeroHash };
      await refuses(open(call.with(2, [owner, zero])), "EncryptionKeyInvalid", helper.account, ZeroHash, 1184n);
      const short = { ...owner, mlKemKey: owner.mlKemKey.slice(0, -2) };
      await refuses(open(call.with(2, [short, helper])), "EncryptionKeyInvalid", owner.account, owner.x25519Key, 1183n);
    });

    it("without the consent of all but the owner", async () => {
      await refuses(open(call.with(3, [])), "ConsentCount", 0n, 1n);
      await refuses(open(call.with(3, [call[3][0], call[3][0]])), "ConsentCount", 2n, 1n);
    });

    for (const [field, value] of [
      ["aggregator", ZeroAddress],
      ["owner", ZeroAddress],
      ["schemaHash", ZeroHash],
      ["x25519Key", ZeroHash],
      ["mlKemKey", "0x00"],
    ]) {
      it(`whose consent is to another ${field}`, async () => {
        const consent = await market.consent(market.helper, call[2][1], { value: { [field]: value } });
        await refuses(open(call.with(3, [consent])), "SignatureRejected");
      });
    }

    it("whose keys the owner has made up", async () => {
      const consent = await market.consent(market.owner, call[2][1], { nonce: 0n });
      await refuses(open(call.with(3, [consent])), "SignatureRejected");
    });

    it("whose consent was used before", async () => {
      call[0].rewardPerRow = 0n;
      await open(call);
      await refuses(open(call), "InvalidAccountNonce", market.helper.address, 1n);
    });

    it("whose consent is over", async () => {
      const consent = await market.consent(market.helper, call[2][1], { deadline: 1n });
      await refuses(open(call.with(3, [consent])), "SignatureExpired");
    });
  });

  it("takes eight aggregators, with the consent of each but the owner", async () => {
    const helpers = [market.helper, ...market.providers.slice(0, 6)];
    const call = await market.opening({}, INFINITY, [], helpers);
    for (const [k, { address }] of helpers.entries()) {
      const madeUp = await market.consent(market.owner, call[2][k + 1], { nonce: 0n });
      await refuses(open(call.with(3, call[3].with(k, madeUp))), "SignatureRejected", address, anyValue);
    }
    await open(call);
    expect((await campaigns.progress(1n)).aggregators).to.equal(8n);
  });

  describe("refuses test sets", () => {
    it("that are not registered", () => refuses(open({}, INFINITY, [SCHEMA]), "DatasetUnknown", SCHEMA));

    it("of the owner", async () => {
      const id = await market.register(market.owner);
      await refuses(open({}, INFINITY, [id]), "TestSetOfOwner", id);
    });

    it("that are retired", async () => {
      const id = await market.register(market.providers[0]);
      await market.retire(market.providers[0], id);
      await refuses(open({}, INFINITY, [id]), "DatasetIsRetired", id);
    });

    for (const [field, value, expected] of [
      ["feat", 2, 3n],
      ["lk", 3, 2n],
      ["b", 10, 8n],
    ]) {
      it(`of another ${field}`, async () => {
        const id = await market.register(market.providers[0], { [field]: value });
        await refuses(open({}, INFINITY, [id]), "DatasetUnfit", id, named(field), BigInt(value), expected);
      });
    }

    it("in greater number than eight", async () => {
      const id = await market.register(market.providers[0]);
      const term = named("testSets");
      await refuses(open({}, INFINITY, Array(9).fill(id)), "TermOutOfRange", term, 9n, 0n, 8n);
      await open({}, INFINITY, Array(8).fill(id));
    });
  });

  it("takes linear and Poisson models with their own fractional bits", async () => {
    // c = rate * 2^(3b - fp) = rate * 2^20 at b = 8: still one.
    const terms = { rateNumerator: 1, rateDenominator: 2 ** 20, decayNumerator: 0, rewardPerRow: 0n };
    await open({ ...terms, kind: KIND.Linear });
    await open({ ...terms, kind: KIND.Poisson });
    await refuses(open({ ...terms, kind: KIND.Logistic }), "StepOutOfRange", 0n, 1n, 2n ** 64n - 1n);
  });
});
