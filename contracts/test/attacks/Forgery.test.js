import { bn254 } from "@noble/curves/bn254.js";
import { expect } from "chai";
import { network } from "hardhat";
import { manifest, trace, withShape } from "../support/reference.js";
import { inverse, mod, R, word } from "../support/field.js";
import { Random } from "../support/random.js";
import { RELATIONS } from "../support/relations.js";
import { g1, g2, simulate } from "../support/simulator.js";

const { ethers } = await network.getOrCreate();
const { G1 } = bn254;
const INFINITY = { x: 0n, y: 0n };

const SHAPE = {
  TRAIN: { lb: 0, li: 2, lk: 1, lt: 1, steps: 2, b: 8 },
  DATASET: { ln: 2, lk: 1, b: 8, n: 3, feat: 2 },
  AGGREGATE: { lk: 1, b: 8, weightTotal: 148 },
  INFER: { lq: 1, lk: 1, b: 8 },
  EVALUATE: { ln: 2, lk: 1, b: 8, n: 3 },
  EVALUATE_REGRESSION: { ln: 2, lk: 1, b: 8, n: 3 },
};

for (const entry of RELATIONS) {
  const { relation, verifier: contract } = entry;
  describe(`${relation.name}: ${contract} against forgers who know no secret of the setup`, () => {
    let verifier, random, setup, statement, logs;

    before(async () => {
      verifier = await ethers.deployContract(contract);
    });

    beforeEach(() => {
      random = new Random(`forgery/${relation.name}`);
      setup = { tau: random.scalar(), xi: random.scalar() };
      ({ statement, logs } = entry.randomStatement(random, SHAPE[relation.name], setup));
    });

    const isFalse = (changed, proof) =>
      expect(verifier.verify({ ...statement, ...changed }, proof)).to.be.revertedWithCustomError(
        verifier,
        "OpeningEquationFalse",
      );

    /** A proof whose points are all `point` and whose scalars are all `scalar`. */
    const uniform = (point, scalar) =>
      "0x" +
      manifest(relation, withShape(statement).shape)
        .map(({ kind }) => (kind === "point" ? word(point.x) + word(point.y) : word(scalar)))
        .join("");

    it("proves nothing by nothing, also about empty commitments", async () => {
      const nothing = Object.fromEntries(relation.statementPoints.map((name) => [name, INFINITY]));
      for (const proof of [
        uniform(INFINITY, 0n),
        uniform(g1(1n), 0n),
        uniform(INFINITY, 1n),
        uniform(g1(1n), R - 1n),
      ]) {
        await isFalse({}, proof);
        await isFalse(nothing, proof);
      }
    });

    it("takes no proof over another setup, such as one that the forger made", async () => {
      const own = { tau: random.scalar(), xi: random.scalar() };
      const overOwn = { ...statement, tau2: g2(own.tau), xi2: g2(own.xi) };
      await verifier.verify(overOwn, simulate(relation, overOwn, logs, own, random));
      await isFalse({}, simulate(relation, statement, logs, own, random));
    });

    it("takes no delta but one: with none of the setup's points added", async () => {
      const proof = simulate(relation, statement, logs, setup, random);
      await verifier.verify(statement, proof);
      for (const shift of [1n, setup.tau, setup.xi, R - 1n]) await isFalse({}, shifted(proof, shift));
    });

    // The equation is linear in the points: who could choose a commitment after the challenges would solve it.
    it("takes no commitment that was solved for after the challenges were drawn", async () => {
      const proof = simulate(relation, statement, logs, setup, random);
      const { coefficients } = trace(relation, statement, proof);
      for (const name of relation.statementPoints) {
        const shift = random.scalar();
        const moved = { [name]: g1(logs[name] + shift) };
        await isFalse(moved, shifted(proof, coefficients[name] * shift * inverse(setup.xi)));
      }
    });

    /** The proof with shift * generator added to delta. */
    function shifted(proof, shift) {
      const delta = G1.Point.fromAffine({
        x: BigInt("0x" + proof.slice(-128, -64)),
        y: BigInt("0x" + proof.slice(-64)),
      });
      const { x, y } = delta.add(G1.Point.BASE.multiply(mod(shift))).toAffine();
      return proof.slice(0, -128) + word(x) + word(y);
    }
  });
}
