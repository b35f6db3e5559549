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
      verifiers[relation.domain] = { contract: await ethers.deployContract(verifier), fromVector };
    }
  });

  it("lie about every relation", () => {
    const domains = RELATIONS.map(({ relation }) => relation.domain);
    expect(new Set(cases.map(({ statement }) => statement.domain))).to.deep.equal(new Set(domains));
  });

  for (const { name, statement, proof } of cases) {
    it(`do not pass with ${name}`, async () => {
      const { contract, fromVector } = verifiers[statement.domain];
      await expect(contract.verify(fromVector(statement), proof)).to.be.revertedWithCustomError(
        contract,
        "OpeningEquationFalse",
      );
    });
  }
});
