import { expect } from "chai";
import { keccak256 } from "ethers";
import { network } from "hardhat";
import { Market, SCHEMA, SHAPE } from "../support/market.js";
import { readVector, datasetStatement } from "../support/vectors.js";
import { g1 } from "../support/simulator.js";
import { signed } from "../support/messages.js";

const { ethers, networkHelpers } = await network.getOrCreate();
const fixture = () => Market.deploy(ethers);

describe("DatasetRegistry", () => {
  let market, registry, provider, stranger, candidate;

  beforeEach(async () => {
    market = await networkHelpers.loadFixture(fixture);
    registry = market.registry;
    [provider, stranger] = market.providers;
    candidate = await market.claim(provider);
  });

  const register = async (authorization, { claim, proof } = candidate) =>
    registry.connect(market.relayer).register(claim, proof, authorization);
  const refuses = async (call, error, ...args) => {
    const check = expect(call).to.be.revertedWithCustomError(registry, error);
    return args.length ? check.withArgs(...args) : check;
  };
  const idOf = ({ claim }) =>
    keccak256(
      ethers.AbiCoder.defaultAbiCoder().encode(
        ["address", "uint256[2]", "uint256[2]"],
        [claim.provider, [claim.cX.x, claim.cX.y], [claim.cY.x, claim.cY.y]],
      ),
    );

  describe("register", () => {
    it("stores what was proved, whoever sends it", async () => {
      const { claim, proof } = candidate;
      await expect(register(await market.signRegister(provider, candidate)))
        .to.emit(registry, "DatasetRegistered")
        .withArgs(
          idOf(candidate),
          provider.address,
          SCHEMA,
          4n,
          2n,
          8n,
          14n,
          3n,
          Object.values(claim.cX),
          Object.values(claim.cY),
          keccak256(proof),
        );
      const stored = (await registry.dataset(idOf(candidate))).toObject(true);
      const small = Object.fromEntries(Object.entries(SHAPE).map(([name, value]) => [name, BigInt(value)]));
      expect(stored).to.deep.equal({ ...claim, ...small, retired: false });
    });

    it("builds the statement from the claim and the protocol's parameters", async () => {
      const statement = (await registry.datasetStatement(candidate.claim)).toObject(true);
      expect(statement.chainId).to.equal(31337n);
      expect(statement.registry).to.equal(await registry.getAddress());
      expect(statement.contributor).to.equal(provider.address);
      expect(statement.tau2).to.deep.equal((await market.parameters.tau2()).toObject());
      expect(statement.xi2).to.deep.equal((await market.parameters.xi2()).toObject());
    });

    it("refuses the same commitments twice", async () => {
      await register(await market.signRegister(provider, candidate));
      await refuses(
        register(await market.signRegister(provider, candidate)),
        "DatasetAlreadyRegistered",
        idOf(candidate),
      );
    });

    it("lets two providers register the same commitments, each with a proof of its own", async () => {
      await register(await market.signRegister(provider, candidate));
      const claim = { ...candidate.claim, provider: stranger.address };
      const theirs = { claim, proof: await market.proveDataset(claim, candidate.logs) };
      await register(await market.signRegister(stranger, theirs), theirs);
      expect((await registry.dataset(idOf(theirs))).provider).to.equal(stranger.address);
      expect(idOf(theirs)).not.to.equal(idOf(candidate));
    });

    it("refuses another provider's proof", async () => {
      const theirs = { ...candidate, claim: { ...candidate.claim, provider: stranger.address } };
      await refuses(register(await market.signRegister(stranger, theirs), theirs), "OpeningEquationFalse");
    });

    for (const [field, value] of [
      ["schemaHash", keccak256("0x00")],
      ["n", 13],
      ["feat", 2],
      ["cX", g1(3n)],
      ["cY", g1(3n)],
    ]) {
      it(`refuses a proof of another ${field}`, async () => {
        const other = { ...candidate, claim: { ...candidate.claim, [field]: value } };
        await refuses(register(await market.signRegister(provider, other), other), "OpeningEquationFalse");
      });
    }

    for (const [field, value] of [
      ["n", 0],
      ["n", 17],
      ["feat", 0],
      ["feat", 5],
      ["b", 6],
    ]) {
      it(`refuses ${field} = ${value}`, async () => {
        const other = { ...candidate, claim: { ...candidate.claim, [field]: value } };
        await refuses(register(await market.signRegister(provider, other), other), "StatementOutOfRange");
      });
    }

    it("refuses a data set that the setup has no room for", async () => {
      const other = { ...candidate, claim: { ...candidate.claim, ln: 19 } };
      const authorization = await market.signRegister(provider, other);
      await refuses(register(authorization, other), "ShapeBeyondSetup", 21n, 20n);
    });

    it("refuses a data set that the pad has no room for", async () => {
      const other = { ...candidate, claim: { ...candidate.claim, ln: 255, lk: 255 } };
      const authorization = await market.signRegister(provider, other);
      await refuses(register(authorization, other), "ShapeBeyondPad", 7n + 6n * 510n, 256n);
    });

    it("refuses a false proof", async () => {
      const other = { ...candidate, proof: candidate.proof.replace(/..$/, (byte) => (byte === "00" ? "01" : "00")) };
      await expect(register(await market.signRegister(provider, other), other)).to.be.revert(ethers);
    });
  });

  describe("the provider's signature", () => {
    const rejected = async (changes, signer = provider) =>
      refuses(register(await market.signRegister(signer, candidate, changes)), "SignatureRejected");

    it("is asked for", () => rejected({}, stranger));
    it("holds for one chain", () => rejected({ domain: { chainId: 1 } }));
    it("holds for one contract", async () =>
      rejected({ domain: { verifyingContract: await market.campaigns.getAddress() } }));
    it("holds for one version", () => rejected({ domain: { version: "2" } }));
    for (const [field, value] of [
      ["provider", "0x0000000000000000000000000000000000000001"],
      ["schemaHash", keccak256("0x00")],
      ["ln", 5],
      ["lk", 3],
      ["b", 10],
      ["n", 13],
      ["feat", 2],
      ["cX", g1(3n)],
      ["cY", g1(3n)],
      ["proofHash", keccak256("0x00")],
      ["nonce", 7],
      ["deadline", 2n ** 41n],
    ]) {
      it(`covers ${field}`, () => rejected({ value: { [field]: value } }));
    }

    it("expires", async () => {
      const now = BigInt(await networkHelpers.time.latest());
      const late = await market.signRegister(provider, candidate, { deadline: now });
      await networkHelpers.time.setNextBlockTimestamp(now + 10n);
      await refuses(register(late), "SignatureExpired", now, now + 10n);
      const last = await market.signRegister(provider, candidate, { deadline: now + 20n });
      await networkHelpers.time.setNextBlockTimestamp(now + 20n);
      await register(last);
    });

    it("is good for one nonce, under a key of the provider's choice", async () => {
      const future = await market.signRegister(provider, candidate, { nonce: 1n });
      await refuses(register(future), "InvalidAccountNonce", provider.address, 0n);
      const key = 5n << 64n;
      await register(await market.signRegister(provider, candidate, { nonce: key }));
      expect(await registry["nonces(address,uint192)"](provider, 5n)).to.equal(key + 1n);
      expect(await registry["nonces(address)"](provider)).to.equal(0n);
    });

    it("of a contract wallet is asked from the wallet (ERC-1271)", async () => {
      const wallet = await ethers.deployContract("OwnedWallet", [provider]);
      const theirs = await market.claim(await wallet.getAddress());
      await refuses(register(await market.signRegister(stranger, theirs), theirs), "SignatureRejected");
      const message = { ...theirs.claim, proofHash: keccak256(theirs.proof) };
      const nonce = await registry["nonces(address)"](wallet);
      await register(await signed(registry, provider, "Register", message, { nonce }), theirs);
      expect((await registry.dataset(idOf(theirs))).provider).to.equal(await wallet.getAddress());
    });
  });

  describe("retire", () => {
    let id;
    beforeEach(async () => {
      id = await market.register(provider);
    });

    it("marks the data set, whoever sends it", async () => {
      await expect(market.retire(provider, id)).to.emit(registry, "DatasetRetired").withArgs(id, provider.address);
      expect((await registry.dataset(id)).retired).to.equal(true);
    });

    it("happens once", async () => {
      await market.retire(provider, id);
      await refuses(market.retire(provider, id), "DatasetIsRetired", id);
    });

    it("takes the provider's signature", async () => {
      await refuses(market.retire(stranger, id), "InvalidAccountNonce");
      const authorization = await signed(registry, stranger, "Retire", { datasetId: id }, { nonce: 1n });
      await refuses(registry.retire(id, authorization), "SignatureRejected");
    });

    it("does not let the commitments be registered again", async () => {
      const again = { claim: (await registry.dataset(id)).toObject(true), proof: "0x" };
      await market.retire(provider, id);
      await refuses(register(await market.signRegister(provider, again), again), "DatasetAlreadyRegistered", id);
    });
  });

  it("knows no data set that was not registered", async () => {
    const id = keccak256("0x01");
    await refuses(registry.dataset(id), "DatasetUnknown", id);
    await refuses(market.retire(provider, id), "DatasetUnknown", id);
  });

  it("refuses the shared vector's statement, which speaks of another registry and setup", async () => {
    const vector = readVector("dataset_proof.json");
    await market.datasetVerifier.verify(datasetStatement(vector.statement), vector.proof);
    const { contributor, ...rest } = datasetStatement(vector.statement);
    const foreign = { claim: { ...candidate.claim, ...rest, provider: provider.address }, proof: vector.proof };
    expect(contributor).not.to.equal(provider.address);
    await refuses(register(await market.signRegister(provider, foreign), foreign), "OpeningEquationFalse");
  });
});
