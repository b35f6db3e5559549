import { readFileSync } from "node:fs";
import { expect } from "chai";
import { network } from "hardhat";
import { RELATIONS } from "../support/relations.js";

const { ethers } = await network.getOrCreate();

/** One proof for each way to lie: made by provers that break one constraint each, and do the rest honestly. */
describe("lying provers", () => {
  const { cases } = JSON.parse(readFileSync(new URL("../fixtures/false-proofs.json", import.meta.url), "utf8"));
  const verifiers = {};

  before(async () => {
    for (const { relation, verifier, fromVector } of RELATIONS) {
      verifiers[relation.name] = { contract: await ethers.deployContract(verifier), fromVector };
    }
  });

  it("lie about every relation", () => {
    const relations = RELATIONS.map(({ relation }) => relation.name);
    expect(new Set(cases.map(({ statement }) => statement.relation))).to.deep.equal(new Set(relations));
  });

  for (const { name, statement, proof } of cases) {
    it(`do not pass with ${name}`, async () => {
      const { contract, fromVector } = verifiers[statement.relation];
      await expect(contract.verify(fromVector(statement), proof)).to.be.revertedWithCustomError(
        contract,
        "OpeningEquationFalse",
      );
    });
  }
});
