import { expect } from "chai";
import { network } from "hardhat";
import { manifest, trace as reference } from "../support/reference.js";
import { challengeList, coefficientNames, RELATIONS } from "../support/relations.js";
import { Random } from "../support/random.js";
import { g1, simulate } from "../support/simulator.js";

const { ethers } = await network.getOrCreate();

const EVALUATE_CORNERS = [
  { ln: 0, lk: 0, b: 8, n: 1 },
  { ln: 10, lk: 0, b: 8, n: 1024 },
  { ln: 0, lk: 9, b: 10, n: 1 },
  { ln: 5, lk: 3, b: 12, n: 17 },
  { ln: 7, lk: 5, b: 16, n: 114 },
  { ln: 19, lk: 9, b: 14, n: 300_001 },
];

/** Shapes at the edges: one feature, one row, one step, one batch, as many batches as steps, the largest b, one model, the largest weight. */
const CORNERS = {
  TRAIN: [
    { lb: 0, li: 0, lk: 0, lt: 0, steps: 1, b: 8 },
    { lb: 0, li: 5, lk: 0, lt: 3, steps: 8, b: 8 },
    { lb: 3, li: 0, lk: 4, lt: 3, steps: 5, b: 10 },
    { lb: 2, li: 7, lk: 4, lt: 2, steps: 1, b: 8 },
    { lb: 0, li: 1, lk: 1, lt: 9, steps: 511, b: 12 },
    { lb: 1, li: 2, lk: 1, lt: 1, steps: 2, b: 16 },
    { lb: 0, li: 19, lk: 9, lt: 9, steps: 300, b: 16 },
  ],
  DATASET: [
    { ln: 0, lk: 0, b: 8, n: 1, feat: 1 },
    { ln: 9, lk: 0, b: 8, n: 512, feat: 1 },
    { ln: 0, lk: 9, b: 10, n: 1, feat: 300 },
    { ln: 5, lk: 3, b: 16, n: 17, feat: 8 },
    { ln: 19, lk: 9, b: 16, n: 300_001, feat: 400 },
  ],
  AGGREGATE: [
    { lk: 0, b: 8, weightTotal: 1 },
    { lk: 5, b: 8, weightTotal: 2 },
    { lk: 6, b: 8, weightTotal: 2 ** 16 },
    { lk: 0, b: 16, weightTotal: 2 ** 32 },
    { lk: 5, b: 16, weightTotal: 100_003 },
    { lk: 25, b: 14, weightTotal: 2 ** 28 - 1 },
  ],
  INFER: [
    { lq: 0, lk: 0, b: 8 },
    { lq: 0, lk: 9, b: 10 },
    { lq: 10, lk: 0, b: 8 },
    { lq: 3, lk: 5, b: 12 },
    { lq: 8, lk: 5, b: 16 },
    { lq: 19, lk: 9, b: 14 },
  ],
  EVALUATE: EVALUATE_CORNERS,
  EVALUATE_REGRESSION: EVALUATE_CORNERS,
};

const RANDOM_SHAPES = 20;

/** Shapes whose proofs' lengths the specification and the interfaces give. */
const LENGTHS = {
  TRAIN: { shape: { lb: 0, li: 14, lk: 6, lt: 6, b: 16 }, bytes: 6912 },
  DATASET: { shape: { ln: 14, lk: 6, b: 16 }, bytes: 64 * 35 + 32 * 129 },
  AGGREGATE: { shape: { lk: 5, b: 16 }, bytes: 64 * 31 + 32 * 103 },
  INFER: { shape: { lq: 8, lk: 5, b: 16 }, bytes: 64 * 36 + 32 * 119 },
  EVALUATE: { shape: { ln: 14, lk: 6, b: 16 }, bytes: 64 * 40 + 32 * 129 },
  EVALUATE_REGRESSION: { shape: { ln: 14, lk: 6, b: 16 }, bytes: 64 * 39 + 32 * 125 },
};

for (const entry of RELATIONS) {
  const { relation, verifier: contract, tracer } = entry;
  describe(`${relation.name}: ${contract} on simulated proofs of many shapes`, () => {
    let verifier;
    let harness;

    before(async () => {
      verifier = await ethers.deployContract(contract);
      harness = await ethers.deployContract(tracer);
    });

    /** @param given logarithms of commitments that are not to be random, by name */
    async function check(shape, random, given = {}) {
      const setup = { tau: random.scalar(), xi: random.scalar() };
      const drawn = entry.randomStatement(random, shape, setup);
      const logs = { ...drawn.logs, ...given };
      const points = Object.fromEntries(Object.entries(given).map(([name, log]) => [name, g1(log)]));
      const statement = { ...drawn.statement, ...points };
      const proof = simulate(relation, statement, logs, setup, random);
      await verifier.verify(statement, proof);
      const expected = reference(relation, statement, proof);
      const actual = await harness.trace(statement, proof);
      expect([...actual.challenges]).to.deep.equal(challengeList(relation, shape, expected.challenges));
      expect([...actual.form]).to.deep.equal([
        expected.form.constant,
        ...["a", "b", "c"].map((kind) => expected.weightsAtX[kind]),
        expected.theta,
      ]);
      const names = coefficientNames(relation, relation.sizes(shape));
      const coefficients = names.map((name, i) => [name, actual.coefficients[i]]);
      expect(coefficients).to.deep.equal(names.map((name) => [name, expected.coefficients[name]]));
      expect(actual.generator).to.equal(expected.coefficients.G);
      await rejectsOneFlippedBit(statement, proof, random);
    }

    async function rejectsOneFlippedBit(statement, proof, random) {
      const bytes = ethers.getBytes(proof);
      const at = random.between(0, bytes.length - 1);
      bytes[at] ^= 1 << random.between(0, 7);
      await expect(verifier.verify(statement, bytes), `byte ${at}`).to.be.revert(ethers);
    }

    for (const shape of CORNERS[relation.name]) {
      it(`agrees with the reference on ${JSON.stringify(shape)}`, () =>
        check(shape, new Random(`corner/${relation.name}/${JSON.stringify(shape)}`)));
    }

    for (let i = 0; i < RANDOM_SHAPES; i++) {
      const random = new Random(`shape/${relation.name}/${i}`);
      const shape = entry.randomShape(random, random.between(9, 24));
      it(`agrees with the reference on ${JSON.stringify(shape)}`, () => check(shape, random));
    }

    if (relation.statementPoints.includes("cW")) {
      it("takes the model of zeros, whose commitment is empty", () =>
        check(CORNERS[relation.name][3], new Random(`empty/${relation.name}`), { cW: 0n }));
    }

    it("meets every limb width", () => {
      const widths = new Set(CORNERS[relation.name].map(({ b }) => b));
      for (let i = 0; i < RANDOM_SHAPES; i++) {
        const random = new Random(`shape/${relation.name}/${i}`);
        widths.add(entry.randomShape(random, random.between(9, 24)).b);
      }
      expect([...widths].sort((a, b) => a - b)).to.deep.equal([8, 10, 12, 14, 16]);
    });

    it("expects a proof of the length that the specification gives", () => {
      const { shape, bytes } = LENGTHS[relation.name];
      expect(manifest(relation, shape).at(-1).offset + 64).to.equal(bytes);
    });
  });
}
