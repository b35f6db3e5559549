import { readdirSync, readFileSync } from "node:fs";
import { expect } from "chai";
import { network } from "hardhat";
import { expectGas } from "../support/gasSnapshot.js";
import { RELATIONS } from "../support/relations.js";
import { Random } from "../support/random.js";
import { simulate } from "../support/simulator.js";

const { ethers } = await network.getOrCreate();

const FIXTURES = new URL("../fixtures/", import.meta.url);

/** The shape by which the cost is stated, its n1 = n2, and what it may cost. */
const LARGE = {
  TRAIN: { shape: { lb: 0, li: 14, lk: 6, lt: 6, steps: 64, b: 16 }, n: 20, highest: 1_000_000n },
  DATASET: { shape: { ln: 14, lk: 6, b: 16, n: 16_000, feat: 60 }, n: 20, highest: 1_000_000n },
  AGGREGATE: { shape: { lk: 5, b: 16, weightTotal: 100_000 }, n: 16, highest: 800_000n },
  INFER: { shape: { lq: 8, lk: 5, b: 16 }, n: 17, highest: 800_000n },
  EVALUATE: { shape: { ln: 12, lk: 5, b: 16, n: 4_000 }, n: 17, highest: 800_000n },
  EVALUATE_REGRESSION: { shape: { ln: 12, lk: 5, b: 16, n: 4_000 }, n: 17, highest: 800_000n },
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
    const { shape, n, highest } = LARGE[relation.name];

    it(`${relation.name} at n1 = n2 = ${n} costs at most ${highest}`, async () => {
      const random = new Random(`gas/${relation.name}`);
      const setup = { tau: random.scalar(), xi: random.scalar() };
      expect(relation.sizes(shape)).to.deep.equal({ n1: n, n2: n });
      const { statement, logs } = entry.randomStatement(random, shape, setup);
      const proof = simulate(relation, statement, logs, setup, random);
      const verifier = await ethers.deployContract(contract);
      const gas = await verificationGas(verifier, statement, proof);
      expect(gas).to.be.at.most(highest);
      const form = relation.form?.regression ? " regression" : "";
      expectGas(`${contract}.verify${form} n1=n2=${n} (simulated proof)`, gas);
    });
  }

  for (const { name } of readdirSync(FIXTURES, { withFileTypes: true }).filter((file) => file.isDirectory())) {
    it(`fixture ${name} is accepted`, async () => {
      const folder = new URL(`${name}/`, FIXTURES);
      const json = JSON.parse(readFileSync(new URL("statement.json", folder), "utf8"));
      const proof = "0x" + readFileSync(new URL("proof.bin", folder)).toString("hex");
      const entry = RELATIONS.find(({ relation }) => relation.domain === json.domain);
      const verifier = await ethers.deployContract(entry.verifier);
      const gas = await verificationGas(verifier, entry.fromVector(json), proof);
      expect(gas).to.be.at.most(1_000_000n);
      expectGas(`${entry.verifier}.verify fixture ${name}`, gas);
    });
  }
});
