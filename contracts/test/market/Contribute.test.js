import { expect } from "chai";
import { keccak256 } from "ethers";
import { network } from "hardhat";
import { Q } from "../support/field.js";
import { DAY, INFINITY, Market, SCHEMA, STATE } from "../support/market.js";
import { signed } from "../support/messages.js";
import { g1 } from "../support/simulator.js";
import { readVector, trainStatement } from "../support/vectors.js";

const { ethers, networkHelpers } = await network.getOrCreate();

/** A running campaign with four seats, a first model that is not zero, and two aggregators. */
async function running() {
  const market = await Market.deploy(ethers);
  market.campaign = await market.seated(4, {}, {});
  return market;
}

describe("contribute", () => {
  let market, campaigns, providers, id, datasets;

  beforeEach(async () => {
    market = await networkHelpers.loadFixture(running);
    ({ campaigns, providers } = market);
    ({ campaignId: id, datasets } = market.campaign);
  });

  const send = (call) => campaigns.connect(market.relayer).contribute(...call);
  /** The call with some arguments replaced, and signed as it is then. */
  const resigned = async (call, changes, signer = providers[0]) => {
    const names = ["campaignId", "round", "datasetId", "cOut", "shares", "proof"];
    const all = { ...Object.fromEntries(names.map((name, i) => [name, call[i]])), ...changes };
    const { proof, ...message } = all;
    const authorization = await signed(campaigns, signer, "Contribute", { ...message, proofHash: keccak256(proof) });
    return [...names.map((name) => all[name]), authorization];
  };
  const refuses = (call, error, ...args) => {
    const check = expect(call).to.be.revertedWithCustomError(campaigns, error);
    return args.length ? check.withArgs(...args) : check;
  };

  it("verifies, adds up and mints into escrow, whoever sends it", async () => {
    const { call } = await market.contribution(id, providers[0], datasets[0]);
    const [, , , cOut, shares, proof] = call;
    const transaction = send(call);
    await expect(transaction)
      .to.emit(campaigns, "ContributionVerified")
      .withArgs(
        id,
        0n,
        providers[0].address,
        datasets[0],
        12n,
        Object.values(cOut),
        shares.map((s) => Object.values(s)),
        keccak256(proof),
      );
    await expect(transaction).to.emit(campaigns, "RewardMinted").withArgs(id, 0n, providers[0].address, 12_000n);
    expect(await market.token.balanceOf(campaigns)).to.equal(12_000n);
    expect(await market.token.balanceOf(providers[0])).to.equal(0n);
    const seat = await campaigns.seat(id, providers[0]);
    expect([seat.nextRound, seat.points, seat.claimedPoints]).to.deep.equal([1n, 12n, 0n]);
    const point = "tuple(uint256,uint256)";
    const commitments = [Object.values(cOut), shares.map((s) => Object.values(s))];
    expect(seat.commitmentsHash).to.equal(
      keccak256(ethers.AbiCoder.defaultAbiCoder().encode([point, `${point}[]`], commitments)),
    );
  });

  it("adds up weighted commitments of models and shares", async () => {
    let sum = 0n;
    let shareSum = 0n;
    for (let i = 0; i < 3; i++) {
      const { call, cOutLog, shareLogs } = await market.contribution(id, providers[i], datasets[i]);
      await send(call);
      sum += 12n * cOutLog;
      shareSum += 12n * shareLogs[0];
    }
    const round = await campaigns.round(id, 0n);
    expect(round.sum.toObject()).to.deep.equal(g1(sum));
    expect((await campaigns.shareSum(id, 0n, 0n)).toObject()).to.deep.equal(g1(shareSum));
    expect((await campaigns.shareSum(id, 0n, 1n)).toObject()).to.deep.equal(INFINITY);
    expect([round.weightTotal, round.contributors]).to.deep.equal([36n, 3n]);
  });

  it("takes a sum that comes to infinity", async () => {
    const first = await market.contribution(id, providers[0], datasets[0]);
    await send(first.call);
    const proof = await market.proveTraining(id, 0n, datasets[1], -first.cOutLog);
    const changes = { datasetId: datasets[1], cOut: g1(-first.cOutLog), shares: [INFINITY], proof };
    await send(await resigned(first.call, changes, providers[1]));
    expect((await campaigns.round(id, 0n)).sum.toObject()).to.deep.equal(INFINITY);
  });

  describe("the statement", () => {
    it("consists of stored values", async () => {
      const cOut = g1(99n);
      const statement = (await campaigns.trainStatement(id, 0n, datasets[1], cOut)).toObject(true);
      const dataset = (await market.registry.dataset(datasets[1])).toObject(true);
      expect(statement).to.deep.equal({
        chainId: 31337n,
        registry: await campaigns.getAddress(),
        contributor: providers[1].address,
        taskId: id,
        round: 0n,
        lb: 0n,
        li: 4n,
        lk: 2n,
        lt: 2n,
        steps: 4n,
        b: 8n,
        fp: 6n,
        c: 1872n,
        d: 7n,
        cTable: g1(market.tableLogs[0]),
        cX: dataset.cX,
        cY: dataset.cY,
        cIn: INFINITY,
        cOut,
        tau2: (await market.parameters.tau2()).toObject(),
        xi2: (await market.parameters.xi2()).toObject(),
      });
    });

    it("starts from the campaign's first model", async () => {
      const members = providers.slice(0, 3).map((signer) => [signer, 12]);
      const other = await market.open(members, { maxProviders: 3, rewardPerRow: 3n }, 4711n);
      for (let i = 0; i < 3; i++) await market.join(other, providers[i], datasets[i]);
      const statement = await campaigns.trainStatement(other, 0n, datasets[0], INFINITY);
      expect(statement.cIn.toObject()).to.deep.equal(g1(4711n));
      await market.contribute(other, providers[0], datasets[0]);
      expect(await market.token.balanceOf(campaigns)).to.equal(36n);
    });

    it("is there for seats and rounds that have begun only", async () => {
      const theirs = await market.register(providers[5]);
      await refuses(campaigns.trainStatement(id, 0n, theirs, INFINITY), "NoSeat", id, theirs);
      await refuses(campaigns.trainStatement(id, 1n, datasets[0], INFINITY), "NotPresentRound", id, 1n, 0n);
      await refuses(campaigns.trainStatement(9n, 0n, datasets[0], INFINITY), "CampaignUnknown", 9n);
    });
  });

  describe("refuses", () => {
    it("a second contribution to the round, with any proof", async () => {
      await market.contribute(id, providers[0], datasets[0]);
      await refuses(market.contribute(id, providers[0], datasets[0]), "AlreadyContributed", id, 0n, datasets[0]);
    });

    it("the same transaction again", async () => {
      const { call } = await market.contribution(id, providers[0], datasets[0]);
      await send(call);
      await refuses(send(call), "AlreadyContributed", id, 0n, datasets[0]);
    });

    it("another seat's proof", async () => {
      const { call } = await market.contribution(id, providers[0], datasets[0]);
      const theirs = await resigned(call, { datasetId: datasets[1] }, providers[1]);
      await refuses(send(theirs), "OpeningEquationFalse");
    });

    it("a proof of another model", async () => {
      const { call } = await market.contribution(id, providers[0], datasets[0]);
      await refuses(send(await resigned(call, { cOut: g1(5n) })), "OpeningEquationFalse");
    });

    it("a proof of another campaign", async () => {
      const members = providers.slice(0, 3).map((signer) => [signer, 12]);
      const other = await market.open(members, { maxProviders: 3 });
      for (let i = 0; i < 3; i++) await market.join(other, providers[i], datasets[i]);
      const { call } = await market.contribution(id, providers[0], datasets[0]);
      await refuses(send(await resigned(call, { campaignId: other })), "OpeningEquationFalse");
    });

    it("a data set without a seat, also the same provider's", async () => {
      const second = await market.register(providers[0]);
      const { call } = await market.contribution(id, providers[0], datasets[0]);
      await refuses(send(call.with(2, second)), "NoSeat", id, second);
      await refuses(send(call.with(2, SCHEMA)), "DatasetUnknown", SCHEMA);
    });

    it("a retired data set", async () => {
      const { call } = await market.contribution(id, providers[0], datasets[0]);
      await market.retire(providers[0], datasets[0]);
      await refuses(send(call), "DatasetIsRetired", datasets[0]);
    });

    it("another round than the present one", async () => {
      const { call } = await market.contribution(id, providers[0], datasets[0]);
      await refuses(send(call.with(1, 1n)), "NotPresentRound", id, 1n, 0n);
    });

    it("another number of shares than one fewer than aggregators", async () => {
      for (const shares of [0, 2]) {
        const { call } = await market.contribution(id, providers[0], datasets[0], { shares });
        await refuses(send(call), "ShareCount", BigInt(shares), 1n);
      }
    });

    it("shares that are no points, or are spelled in a second way", async () => {
      const { x, y } = g1(5n);
      for (const share of [
        { x, y: y + 1n },
        { x: x + Q, y },
        { x, y: y + Q },
      ]) {
        const { call } = await market.contribution(id, providers[0], datasets[0]);
        await refuses(send(await resigned(call, { shares: [share] })), "PointInvalid", share.x, share.y);
      }
    });

    it("a model commitment that is spelled in a second way", async () => {
      const { call } = await market.contribution(id, providers[0], datasets[0]);
      const cOut = { x: call[3].x + Q, y: call[3].y };
      await refuses(send(await resigned(call, { cOut })), "StatementPointInvalid");
    });

    it("the shared vector's proof, which speaks of another contract", async () => {
      const vector = readVector("train_proof.json");
      const statement = trainStatement(vector.statement);
      await market.trainingVerifier.verify(statement, vector.proof);
      const call = [id, 0n, datasets[0], statement.cOut, [INFINITY], vector.proof];
      await expect(send(await resigned(call, {}))).to.be.revert(ethers);
    });
  });

  describe("the provider's signature", () => {
    const rejected = async (changes, signer = providers[0]) => {
      const { call } = await market.contribution(id, signer, datasets[0], { changes });
      await refuses(send(call), "SignatureRejected");
    };

    it("is asked for, of the data set's provider", () => rejected({ nonce: 1n }, providers[4]));
    it("holds for one chain", () => rejected({ domain: { chainId: 1 } }));
    it("holds for one contract", async () =>
      rejected({ domain: { verifyingContract: await market.registry.getAddress() } }));
    for (const [field, value] of [
      ["campaignId", 2n],
      ["round", 1n],
      ["datasetId", SCHEMA],
      ["cOut", g1(3n)],
      ["shares", []],
      ["shares", [g1(3n)]],
      ["proofHash", SCHEMA],
      ["nonce", 9n],
      ["deadline", 1n],
    ]) {
      it(`covers ${field}`, () => rejected({ value: { [field]: value } }));
    }

    it("expires", async () => {
      const { call } = await market.contribution(id, providers[0], datasets[0], { changes: { deadline: 1n } });
      await refuses(send(call), "SignatureExpired");
    });

    it("is good for one nonce", async () => {
      const { call } = await market.contribution(id, providers[0], datasets[0], { changes: { nonce: 0n } });
      await refuses(send(call), "InvalidAccountNonce", providers[0].address, 1n);
    });

    it("of a contract wallet is asked from the wallet (ERC-1271)", async () => {
      const wallet = await ethers.deployContract("OwnedWallet", [providers[9]]);
      const address = await wallet.getAddress();
      const nonce = 7n << 64n;
      const byOwner = (contract, name, message, n) => signed(contract, providers[9], name, message, { nonce: n });
      const { claim, logs, proof } = await market.claim(address);
      const registered = await byOwner(market.registry, "Register", { ...claim, proofHash: keccak256(proof) }, nonce);
      const dataset = await market.registry.register.staticCall(claim, proof, registered);
      await market.registry.register(claim, proof, registered);
      market.logs.set(dataset, logs);

      const members = [providers[0], providers[1], address].map((member) => [member, 12]);
      const list = await market.open(members, { maxProviders: 3 });
      for (let i = 0; i < 2; i++) await market.join(list, providers[i], datasets[i]);
      const [request] = await market.joining(list, providers[9], dataset, 12);
      const joined = await byOwner(campaigns, "Join", request, nonce);
      await campaigns.join(request, market.allowList.proof(address, 12), joined);

      const { call } = await market.contribution(list, providers[9], dataset);
      const [, round, , cOut, shares, trainProof] = call;
      const message = { campaignId: list, round, datasetId: dataset, cOut, shares, proofHash: keccak256(trainProof) };
      await refuses(
        send(call.with(6, await signed(campaigns, providers[8], "Contribute", message, { nonce: nonce + 1n }))),
        "SignatureRejected",
      );
      await send(call.with(6, await byOwner(campaigns, "Contribute", message, nonce + 1n)));
      expect((await campaigns.seat(list, address)).points).to.equal(12n);
    });
  });

  describe("happens in time", () => {
    it("up to the last second of the contributions' window", async () => {
      const { begin, contribution } = await campaigns.deadlines(id);
      expect(contribution - begin).to.equal(BigInt(DAY));
      const [first, second] = [
        await market.contribution(id, providers[0], datasets[0]),
        await market.contribution(id, providers[1], datasets[1]),
      ];
      await networkHelpers.time.setNextBlockTimestamp(contribution - 1n);
      await send(first.call);
      await refuses(send(second.call), "DeadlinePassed", id, contribution);
    });

    it("not while seats are taken", async () => {
      const open = await market.seated(3);
      await refuses(
        market.campaigns.contribute(
          open.campaignId,
          0n,
          open.datasets[0],
          INFINITY,
          [INFINITY],
          "0x",
          await signed(campaigns, providers[0], "Retire", { datasetId: SCHEMA }),
        ),
        "WrongState",
        open.campaignId,
        STATE.Open,
        STATE.Running,
      );
      await networkHelpers.time.increase(2 * DAY);
      await market.contribute(open.campaignId, providers[0], open.datasets[0]);
    });
  });

  it("mints nothing where there is no reward", async () => {
    const free = await market.seated(3, { maxProviders: 3, rewardPerRow: 0n });
    const transaction = market.contribute(free.campaignId, providers[0], free.datasets[0]);
    await expect(transaction).to.emit(campaigns, "ContributionVerified");
    await expect(transaction).not.to.emit(campaigns, "RewardMinted");
    expect(await market.token.totalSupply()).to.equal(0n);
  });

  it("adds up the shares of eight aggregators", async () => {
    const signers = [market.owner, market.helper, ...providers.slice(6, 12)];
    const aggregators = signers.map((signer) => market.aggregator(signer));
    const consents = await Promise.all(signers.slice(1).map((s, i) => market.consent(s, aggregators[i + 1])));
    const terms = { ...(await campaigns.campaign(id)).toObject(), maxProviders: 3n, rewardPerRow: 0n };
    await campaigns.connect(market.owner).open(terms, INFINITY, aggregators, consents, []);
    const many = await campaigns.campaigns();
    for (let i = 0; i < 3; i++) await market.join(many, providers[i], datasets[i]);
    const { call, shareLogs } = await market.contribution(many, providers[0], datasets[0], { shares: 7 });
    await send(call);
    for (let k = 0; k < 7; k++) {
      expect((await campaigns.shareSum(many, 0n, k)).toObject()).to.deep.equal(g1(12n * shareLogs[k]));
    }
  });
});
