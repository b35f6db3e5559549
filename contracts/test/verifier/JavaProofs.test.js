import { readFileSync } from "node:fs";
import { expect } from "chai";
import { network } from "hardhat";
import { RELATIONS } from "../support/relations.js";

const { ethers } = await network.getOrCreate();

/** The verdicts of the Java verifier, and the errors by which the contract says the same. */
const ERRORS = {
  MALFORMED: ["NonCanonicalScalar", "NonCanonicalPoint", "PointNotOnCurve"],
  REJECTED: ["OpeningEquationFalse"],
};

/** The least number of random shapes a relation. */
const RANDOM_SHAPES = 20;

function mutate(proof, { offset, replacement }) {
  const at = 2 + 2 * offset;
  return proof.slice(0, at) + replacement.slice(2) + proof.slice(at + replacement.length - 2);
}

/** Name of the error that the call reverts with. */
async function errorOf(verifier, statement, proof) {
  try {
    await verifier.verify(statement, proof);
  } catch (error) {
    return verifier.interface.parseError(error.data ?? error.cause?.data)?.name ?? error.message;
  }
  return "accepted";
}

for (const { relation, fixture, verifier: contract, fromVector } of RELATIONS) {
  describe(`${relation.name}: ${contract} on proofs of the Java prover`, () => {
    const url = new URL(`../fixtures/${fixture}`, import.meta.url);
    // a fixture may hold both forms of EVALUATE
    const cases = JSON.parse(readFileSync(url, "utf8")).cases.filter((c) => c.statement.domain === relation.domain);
    let verifier;

    before(async () => {
      verifier = await ethers.deployContract(contract);
    });

    it("has random shapes of every limb width", () => {
      const random = cases.filter(({ name }) => name.startsWith("random "));
      expect(random.length).to.be.at.least(RANDOM_SHAPES);
      expect([...new Set(random.map(({ statement }) => Number(statement.b)))].sort((a, b) => a - b)).to.deep.equal([
        8, 10, 12, 14, 16,
      ]);
    });

    for (const { name, statement: json, proof, mutants } of cases) {
      it(`accepts "${name}" and refuses its mutants`, async () => {
        const statement = fromVector(json);
        await verifier.verify(statement, proof);
        expect(mutants).to.not.be.empty;
        for (const mutant of mutants) {
          const error = await errorOf(verifier, statement, mutate(proof, mutant));
          expect(ERRORS[mutant.verdict], `${mutant.field} ${mutant.mutation}`).to.include(error);
        }
      });
    }
  });
}
