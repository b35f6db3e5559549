import { expect } from "chai";
import { keccak256, ZeroHash } from "ethers";
import { network } from "hardhat";
import { DAY, KIND, Market, SCHEMA, STATE } from "../support/market.js";

const { ethers, networkHelpers } = await network.getOrCreate();
const fixture = () => Market.deploy(ethers);
const named = (name) => ethers.encodeBytes32String(name);

describe("join", () => {
  let market, campaigns, providers, members;

  beforeEach(async () => {
    market = await networkHelpers.loadFixture(fixture);
    ({ campaigns, providers } = market);
    members = providers.slice(0, 6).map((signer) => [signer, 12]);
  });

  const refuses = (call, error, ...args) => {
    const check = expect(call).to.be.revertedWithCustomError(campaigns, error);
    return args.length ? check.withArgs(...args) : check;
  };

  it("takes a seat for the data set's provider, whoever sends it", async () => {
    const id = await market.open(members);
    const dataset = await market.register(providers[0]);
    const call = await market.joining(id, providers[0], dataset, 12);
    const [{ x25519Key, mlKemKey }] = call;
    // c = round(1/10 / 14 * 2^18) = round(1872.46)
    await expect(campaigns.connect(market.relayer).join(...call))
      .to.emit(campaigns, "SeatTaken")
      .withArgs(id, providers[0].address, dataset, 12n, 1872n, x25519Key, mlKemKey);
    const seat = (await campaigns.seat(id, providers[0])).toObject();
    expect(seat).to.deep.equal({
      datasetId: dataset,
      weight: 12n,
      li: 4n,
      c: 1872n,
      nextRound: 0n,
      points: 0n,
      claimedPoints: 0n,
      commitmentsHash: ZeroHash,
      x25519Key,
      mlKemKeyHash: keccak256(mlKemKey),
    });
    expect((await campaigns.progress(id)).seats).to.equal(1n);
    expect([...(await campaigns.campaignsOf(providers[0]))]).to.deep.equal([id]);
  });

  describe("computes what the statement needs", () => {
    for (const [name, terms, shape, li, c] of [
      // rate 1/10, logistic at b = 8: 2^18 / 10 = 26214.4 over the batch's rows.
      ["one full batch", {}, { n: 14 }, 4n, 1872n],
      ["one row", {}, { n: 1 }, 4n, 26214n],
      ["two batches", { lb: 1 }, { n: 14 }, 3n, 3277n],
      ["four batches, the last with one row", { lb: 2 }, { n: 13 }, 2n, 6554n],
      ["batches of one row", { lb: 2, lt: 2 }, { ln: 2, n: 4 }, 0n, 26214n],
      ["a linear model", { kind: KIND.Linear }, { n: 16 }, 4n, 6554n],
    ]) {
      it(`for ${name}`, async () => {
        const id = await market.open(members, terms);
        const dataset = await market.register(providers[0], shape);
        await market.join(id, providers[0], dataset);
        const seat = await campaigns.seat(id, providers[0]);
        expect([seat.li, seat.c]).to.deep.equal([li, c]);
      });
    }
  });

  it("counts rows up to both caps", async () => {
    members = providers.slice(0, 6).map((signer, i) => [signer, [12, 5, 100, 12, 3, 1][i]]);
    const id = await market.open(members, { maxProviders: 6 });
    const rows = [14, 14, 14, 7, 3, 14];
    for (let i = 0; i < 6; i++) {
      const dataset = await market.register(providers[i], { n: rows[i] });
      await market.join(id, providers[i], dataset, members[i][1]);
    }
    const weights = await Promise.all(members.map(async ([signer]) => (await campaigns.seat(id, signer)).weight));
    expect(weights).to.deep.equal([12n, 5n, 12n, 7n, 3n, 1n]);
  });

  describe("refuses a data set", () => {
    let id;
    const joinWith = async (shape, terms = {}) => {
      id = await market.open(members, terms);
      const dataset = await market.register(providers[0], shape);
      return { dataset, call: market.join(id, providers[0], dataset) };
    };

    for (const [field, value, expected] of [
      ["feat", 4, 3n],
      ["lk", 3, 2n],
      ["b", 10, 8n],
    ]) {
      it(`of another ${field}`, async () => {
        const { dataset, call } = await joinWith({ [field]: value });
        await refuses(call, "DatasetUnfit", dataset, named(field), BigInt(value), expected);
      });
    }

    it("of another schema", async () => {
      const other = keccak256("0x01");
      const { dataset, call } = await joinWith({ schemaHash: other });
      await refuses(call, "DatasetUnfit", dataset, named("schemaHash"), BigInt(other), BigInt(SCHEMA));
    });

    it("with fewer rows than there are batches", async () => {
      const { dataset, call } = await joinWith({ ln: 1, n: 2 }, { lb: 2 });
      await refuses(call, "FewerRowsThanBatches", dataset, 1n, 2n);
    });

    it("that leaves a batch empty", async () => {
      const { dataset, call } = await joinWith({ n: 12 }, { lb: 2 });
      await refuses(call, "BatchEmpty", dataset, 12n, 13n);
    });

    it("that the setup has no room for", async () => {
      const { call } = await joinWith({ ln: 16, n: 2 ** 16 }, { lt: 5, steps: 32 });
      await refuses(call, "ShapeBeyondSetup", 21n, 20n);
    });

    it("so large that its step is zero", async () => {
      const { call } = await joinWith({ ln: 16, n: 2 ** 16 }, { rateNumerator: 1, rateDenominator: 10 });
      await refuses(call, "StepOutOfRange", 0n, 1n, 2n ** 64n - 1n);
    });

    it("that is retired", async () => {
      id = await market.open(members);
      const dataset = await market.register(providers[0]);
      await market.retire(providers[0], dataset);
      await refuses(market.join(id, providers[0], dataset), "DatasetIsRetired", dataset);
    });

    it("that is not registered", async () => {
      id = await market.open(members);
      await refuses(market.join(id, providers[0], SCHEMA), "DatasetUnknown", SCHEMA);
    });
  });

  describe("refuses a provider", () => {
    let id, dataset;
    beforeEach(async () => {
      id = await market.open(members);
      dataset = await market.register(providers[0]);
    });

    it("that has a seat, with this data set or another", async () => {
      await market.join(id, providers[0], dataset);
      await refuses(market.join(id, providers[0], dataset), "AlreadySeated", id, providers[0].address);
      const other = await market.register(providers[0]);
      await refuses(market.join(id, providers[0], other), "AlreadySeated", id, providers[0].address);
    });

    it("that is not on the allow-list", async () => {
      const outsider = providers[7];
      const theirs = await market.register(outsider);
      await refuses(market.join(id, outsider, theirs), "NotAllowed", outsider.address, 12n);
      const [request, , authorization] = await market.joining(id, outsider, theirs, 12);
      const proof = market.allowList.proof(providers[0].address, 12);
      await refuses(campaigns.join(request, proof, authorization), "NotAllowed");
    });

    it("with another row cap than the allow-list's", async () => {
      await refuses(market.join(id, providers[0], dataset, 11), "NotAllowed", providers[0].address, 11n);
      const [request, , authorization] = await market.joining(id, providers[0], dataset, 13);
      const proof = market.allowList.proof(providers[0].address, 12);
      await refuses(campaigns.join(request, proof, authorization), "NotAllowed");
    });

    it("with a row cap of zero", () =>
      refuses(market.join(id, providers[0], dataset, 0), "RowCapInvalid", providers[0].address, 0n));

    it("with keys of another form", async () => {
      const [request, proof, authorization] = await market.joining(id, providers[0], dataset, 12);
      const join = (changes) => campaigns.join({ ...request, ...changes }, proof, authorization);
      await refuses(join({ mlKemKey: request.mlKemKey + "00" }), "SignatureRejected");
      const sign = async (changes) => {
        const call = await market.joining(id, providers[0], dataset, 12, { value: changes });
        return campaigns.join({ ...call[0], ...changes }, call[1], call[2]);
      };
      await refuses(sign({ x25519Key: ZeroHash }), "EncryptionKeyInvalid", providers[0].address, ZeroHash, 1184n);
      await refuses(sign({ mlKemKey: "0x" }), "EncryptionKeyInvalid");
    });

    it("when the list admits nobody", async () => {
      const closed = await market.open(members, { allowList: ZeroHash });
      await refuses(market.join(closed, providers[0], dataset), "NotAllowed");
    });
  });

  describe("where anybody may join", () => {
    let id, dataset;
    beforeEach(async () => {
      id = await market.open(members, { openToAll: true, allowList: ZeroHash, rewardPerRow: 0n });
      dataset = await market.register(providers[9]);
    });

    it("needs no list", async () => {
      await market.join(id, providers[9], dataset);
      expect((await campaigns.seat(id, providers[9])).weight).to.equal(12n);
    });

    it("knows the campaign's row cap only", async () => {
      for (const cap of [0, 11, 13]) {
        await refuses(market.join(id, providers[9], dataset, cap), "RowCapInvalid", providers[9].address, BigInt(cap));
      }
    });
  });

  describe("the provider's signature", () => {
    let id, dataset;
    beforeEach(async () => {
      id = await market.open(members);
      dataset = await market.register(providers[0]);
    });
    const joinSigned = async (changes, signer = providers[0]) => {
      const [request, , authorization] = await market.joining(id, signer, dataset, 12, changes);
      return campaigns.join(request, market.allowList.proof(providers[0].address, 12), authorization);
    };
    const rejected = (changes, signer) => refuses(joinSigned(changes, signer), "SignatureRejected");

    it("is asked for, of the data set's provider", () => rejected({}, providers[1]));
    it("holds for one chain", () => rejected({ domain: { chainId: 1 } }));
    it("holds for one contract", async () =>
      rejected({ domain: { verifyingContract: await market.registry.getAddress() } }));
    it("is not another message's", () => rejected({ domain: { name: "zkML DatasetRegistry" } }));
    for (const [field, value] of [
      ["campaignId", 2n],
      ["datasetId", SCHEMA],
      ["rowCap", 13],
      ["x25519Key", SCHEMA],
      ["mlKemKey", "0x01"],
      ["nonce", 1n],
      ["deadline", 1n],
    ]) {
      it(`covers ${field}`, () => rejected({ value: { [field]: value } }));
    }

    it("expires", () => refuses(joinSigned({ deadline: 1n }), "SignatureExpired"));

    it("is good once", async () => {
      await joinSigned({});
      await refuses(joinSigned({ nonce: 0n }), "InvalidAccountNonce", providers[0].address, 1n);
    });
  });

  describe("happens in time", () => {
    let id, dataset;
    beforeEach(async () => {
      id = await market.open(members);
      dataset = await market.register(providers[0]);
    });

    it("up to the last second", async () => {
      const { begin } = await campaigns.deadlines(id);
      const call = await market.joining(id, providers[0], dataset, 12);
      await networkHelpers.time.setNextBlockTimestamp(begin - 1n);
      await campaigns.join(...call);
    });

    it("not later", async () => {
      const { begin } = await campaigns.deadlines(id);
      const call = await market.joining(id, providers[0], dataset, 12);
      await networkHelpers.time.setNextBlockTimestamp(begin);
      await refuses(campaigns.join(...call), "DeadlinePassed", id, begin);
    });

    it("not once rounds run, which begins with the last seat", async () => {
      for (let i = 0; i < 4; i++) {
        expect(await campaigns.state(id)).to.equal(STATE.Open);
        await market.join(id, providers[i], i ? await market.register(providers[i]) : dataset);
      }
      expect(await campaigns.state(id)).to.equal(STATE.Running);
      const { begin } = await campaigns.deadlines(id);
      expect(begin).to.equal(BigInt(await networkHelpers.time.latest()));
      const late = await market.register(providers[4]);
      await refuses(market.join(id, providers[4], late), "WrongState", id, STATE.Running, STATE.Open);
    });

    it("not once the campaign is cancelled", async () => {
      await networkHelpers.time.increase(2 * DAY);
      await campaigns.cancel(id);
      await refuses(market.join(id, providers[0], dataset), "WrongState", id, STATE.Cancelled, STATE.Open);
    });

    it("not in a campaign that there is not", () =>
      refuses(market.join(9n, providers[0], dataset), "CampaignUnknown", 9n));
  });
});
