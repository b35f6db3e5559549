import { expect } from "chai";
import { keccak256 } from "ethers";
import { network } from "hardhat";
import { encodeStatement, lagrange, manifest, proofBytes, replay, withShape } from "../support/reference.js";
import { challengeList, coefficientNames, RELATIONS } from "../support/relations.js";
import { mod, Q } from "../support/field.js";
import { readVector } from "../support/vectors.js";

const { ethers } = await network.getOrCreate();

/** The vectors' names of the columns that the statement commits to. */
const VECTOR_NAME = {
  cTable: "out",
  cX: "X",
  cY: "Y",
  cIn: "W_in",
  cOut: "W_out",
  cSum: "S",
  cNext: "W_next",
  cW: "W",
  cP: "P",
};

for (const entry of RELATIONS.filter(({ vector }) => vector)) {
  const { relation, vector: file, verifier: contract, tracer, fromVector } = entry;
  describe(`${contract} on ${file}`, () => {
    const vector = readVector(file);
    const statement = fromVector(vector.statement);
    const s = withShape(statement);
    let verifier;
    let trace;

    before(async () => {
      verifier = await ethers.deployContract(contract);
      const harness = await ethers.deployContract(tracer);
      trace = await harness.trace(statement, vector.proof);
    });

    it("encodes the statement as the vector does", async () => {
      expect(await verifier.DOMAIN()).to.equal(relation.domain);
      expect(encodeStatement(relation, s)).to.equal(vector.statement_bytes);
      expect(keccak256(vector.statement_bytes)).to.equal(vector.statement_keccak);
    });

    it("expects the vector's proof length", () => {
      expect(proofBytes(manifest(relation, s.shape))).to.equal(Number(vector.proof_bytes));
    });

    it("accepts the honest proof and the simulated one", async () => {
      await verifier.verify(statement, vector.proof);
      await verifier.verify(statement, vector.simulated_proof_accepts);
    });

    it("draws the vector's challenges", () => {
      const drawn = vector.transcript.filter(({ op }) => op === "challenge").map(({ value }) => BigInt(value));
      const reference = replay(relation, s, vector.proof);
      expect(reference.drawn.map(({ value }) => value)).to.deep.equal(drawn);
      expect([...trace.challenges]).to.deep.equal(challengeList(relation, s.shape, reference));
    });

    it("computes the vector's combined equation", () => {
      const { x } = replay(relation, s, vector.proof);
      const at = { a: 0n, b: 0n, c: 0n };
      for (const [slot, weight] of Object.entries(vector.verifier.weights)) {
        const [kind, j] = slot.split("_");
        at[kind] = mod(at[kind] + BigInt(weight) * lagrange(Number(j), x));
      }
      expect(trace.form.constantTerm).to.equal(BigInt(vector.verifier.K));
      expect(trace.form.theta).to.equal(BigInt(vector.verifier.theta));
      expect([trace.form.weightA, trace.form.weightB, trace.form.weightC]).to.deep.equal([at.a, at.b, at.c]);
    });

    it("computes the vector's coefficient of every point", () => {
      const expected = vector.verifier.coefficients_of_lhs1;
      const names = coefficientNames(relation, relation.sizes(s.shape));
      expect(Object.keys(expected)).to.have.lengthOf(names.length + 1);
      names.forEach((name, i) => {
        expect(trace.coefficients[i], name).to.equal(BigInt(expected[VECTOR_NAME[name] ?? name]));
      });
      expect(trace.generator).to.equal(BigInt(expected.G));
    });

    it("adds up the vector's two points", () => {
      const { lhs1_paired_with_1: left, lhs2_paired_with_tau: right } = vector.verifier;
      expect([trace.left.x, trace.left.y]).to.deep.equal([BigInt(left.x), BigInt(left.y)]);
      // the contract pairs pi_1 + w pi_2 with tau, and minus the left side with 1
      expect([trace.right.x, trace.right.y]).to.deep.equal([BigInt(right.x), Q - BigInt(right.y)]);
    });

    it("rejects every listed mutant", async () => {
      for (const { item, offset, replacement } of vector.mutants_all_rejected) {
        const at = 2 + 2 * Number(offset);
        const mutant =
          vector.proof.slice(0, at) + replacement.slice(2) + vector.proof.slice(at + replacement.length - 2);
        expect(mutant, item).to.have.lengthOf(vector.proof.length).and.not.equal(vector.proof);
        await expect(verifier.verify(statement, mutant), item).to.be.revertedWithCustomError(
          verifier,
          "OpeningEquationFalse",
        );
      }
    });
  });
}
