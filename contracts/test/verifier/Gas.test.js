import { readdirSync, readFileSync } from "node:fs";
import { expect } from "chai";
import { network } from "hardhat";
import { expectGas } from "../support/gasSnapshot.js";
import { RELATIONS } from "../support/relations.js";
import { Random } from "../support/random.js";
import { simulate } from "../support/simulator.js";

const { ethers } = await network.getOrCreate();

const FIXTURES = new URL("../fixtures/", import.meta.url);

/** The shape by which the cost is stated: n1 = n2 = 20. */
const LARGE = {
  TRAIN: { lb: 0, li: 14, lk: 6, lt: 6, steps: 64, b: 16 },
  DATASET: { ln: 14, lk: 6, b: 16, n: 16_000, feat: 60 },
};

/** Gas of a transaction that does nothing but call the verifier. */
async function verificationGas(verifier, statement, proof) {
  const transaction = await verifier.verify.populateTransaction(statement, proof);
  const [signer] = await ethers.getSigners();
  const receipt = await (await signer.sendTransaction(transaction)).wait();
  expect(receipt.status).to.equal(1);
  return receipt.gasUsed;
}

describe("gas of a verification", () => {
  for (const entry of RELATIONS) {
    const { relation, verifier: contract } = entry;

    it(`${relation.name} at n1 = n2 = 20 costs at most a million`, async () => {
      const random = new Random(`gas/${relation.name}`);
      const setup = { tau: random.scalar(), xi: random.scalar() };
      const shape = LARGE[relation.name];
      expect(relation.sizes(shape)).to.deep.equal({ n1: 20, n2: 20 });
      const { statement, logs } = entry.randomStatement(random, shape, setup);
      const proof = simulate(relation, statement, logs, setup, random);
      const verifier = await ethers.deployContract(contract);
      const gas = await verificationGas(verifier, statement, proof);
      expect(gas).to.be.at.most(1_000_000n);
      expectGas(`${contract}.verify n1=n2=20 (simulated proof)`, gas);
    });
  }

  for (const { name } of readdirSync(FIXTURES, { withFileTypes: true }).filter((file) => file.isDirectory())) {
    it(`fixture ${name} is accepted`, async () => {
      const folder = new URL(`${name}/`, FIXTURES);
      const json = JSON.parse(readFileSync(new URL("statement.json", folder), "utf8"));
      const proof = "0x" + readFileSync(new URL("proof.bin", folder)).toString("hex");
      const entry = RELATIONS.find(({ relation }) => relation.name === json.relation);
      const verifier = await ethers.deployContract(entry.verifier);
      const gas = await verificationGas(verifier, entry.fromVector(json), proof);
      expect(gas).to.be.at.most(1_000_000n);
      expectGas(`${entry.verifier}.verify fixture ${name}`, gas);
    });
  }
});
