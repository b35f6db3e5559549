import { expect } from "chai";
import { network } from "hardhat";
import { Q, R } from "../support/field.js";
import { exampleOf, RELATIONS } from "../support/relations.js";
import { g1, g2 } from "../support/simulator.js";

const { ethers } = await network.getOrCreate();

const TWO_256 = 2n ** 256n;
const ADDRESS = "0x00000000000000000000000000000000000000ff";

/** On G2's curve (x = 1), but not in the subgroup of order r. */
const OUTSIDE_THE_SUBGROUP = {
  xIm: 0n,
  xRe: 1n,
  yIm: 15975588672102553735566230729081043132501226101599136527557730645158523614371n,
  yRe: 3610091866386166428467545612961983990332663701371483510632385378352395651980n,
};

/** Of EVALUATE, but for `hits`. */
const EVALUATE_FIELDS = {
  chainId: { other: [1n, TWO_256 - 1n] },
  registry: { other: [ADDRESS] },
  prover: { other: [ADDRESS] },
  taskId: { other: [1_000_003n, 0n, TWO_256 - 1n] },
  round: { other: [1_000_003n, 0n, TWO_256 - 1n] },
  ln: {
    other: [4n, 7n],
    longer: [8n, 26n],
    refused: [
      [29n, 0n, 28n],
      [TWO_256 - 1n, 0n, 28n],
    ],
  },
  lk: {
    other: [0n, 1n, 3n, 6n],
    longer: [7n, 25n],
    refused: [
      [29n, 0n, 28n],
      [TWO_256 - 3n, 0n, 28n],
    ],
  },
  b: {
    longer: [10n, 16n],
    refused: [
      [6n, 8n, 16n],
      [18n, 8n, 16n],
      [TWO_256 - 1n, 8n, 16n],
    ],
  },
  fp: {
    other: [0n, 5n, 7n],
    refused: [
      [8n, 0n, 7n],
      [TWO_256 - 1n, 0n, 7n],
    ],
  },
  n: {
    other: [4n, 6n, 8n],
    refused: [
      [0n, 1n, 8n],
      [9n, 1n, 8n],
      [TWO_256 - 1n, 1n, 8n],
    ],
  },
  squaredErrorSum: {
    other: [0n, 1n, 2n ** 128n - 1n],
    refused: [
      [2n ** 128n, 0n, 2n ** 128n - 1n],
      [R, 0n, 2n ** 128n - 1n],
      [TWO_256 - 1n, 0n, 2n ** 128n - 1n],
    ],
  },
};

/** For each field: valid values that differ from the example's, and refused ones with the range that is reported. */
const FIELDS = {
  TRAIN: {
    chainId: { other: [1n, TWO_256 - 1n] },
    registry: { other: [ADDRESS] },
    contributor: { other: [ADDRESS] },
    taskId: { other: [8n, TWO_256 - 1n] },
    round: { other: [4n, TWO_256 - 1n] },
    lb: {
      other: [0n, 2n],
      refused: [
        [3n, 0n, 2n],
        [TWO_256 - 1n, 0n, 2n],
      ],
    },
    li: {
      other: [1n, 3n],
      longer: [9n, 24n],
      refused: [
        [29n, 0n, 28n],
        [TWO_256 - 2n, 0n, 28n],
      ],
    },
    lk: {
      other: [1n, 3n],
      longer: [9n],
      refused: [
        [29n, 0n, 28n],
        [TWO_256 - 4n, 0n, 28n],
      ],
    },
    lt: {
      other: [3n],
      longer: [10n],
      refused: [
        [29n, 0n, 28n],
        [TWO_256 - 3n, 0n, 28n],
      ],
    },
    steps: {
      other: [1n, 2n, 4n],
      refused: [
        [0n, 1n, 4n],
        [5n, 1n, 4n],
        [TWO_256 - 1n, 1n, 4n],
      ],
    },
    b: {
      longer: [10n, 16n],
      refused: [
        [6n, 8n, 16n],
        [18n, 8n, 16n],
        [0n, 8n, 16n],
        [TWO_256 - 1n, 8n, 16n],
      ],
    },
    fp: {
      other: [0n, 5n, 7n],
      refused: [
        [8n, 0n, 7n],
        [TWO_256 - 1n, 0n, 7n],
      ],
    },
    c: {
      other: [0n, 2n ** 64n - 1n],
      refused: [
        [2n ** 64n, 0n, 2n ** 64n - 1n],
        [R, 0n, 2n ** 64n - 1n],
      ],
    },
    d: {
      other: [0n, 2n ** 64n - 1n],
      refused: [
        [2n ** 64n, 0n, 2n ** 64n - 1n],
        [TWO_256 - 1n, 0n, 2n ** 64n - 1n],
      ],
    },
  },
  DATASET: {
    chainId: { other: [1n, TWO_256 - 1n] },
    registry: { other: [ADDRESS] },
    contributor: { other: [ADDRESS] },
    schemaHash: { other: ["0x" + "00".repeat(32), "0x" + "ff".repeat(32)] },
    ln: {
      other: [4n],
      longer: [9n, 26n],
      refused: [
        [29n, 0n, 28n],
        [TWO_256 - 1n, 0n, 28n],
      ],
    },
    lk: {
      other: [3n],
      longer: [9n, 25n],
      refused: [
        [29n, 0n, 28n],
        [TWO_256 - 3n, 0n, 28n],
      ],
    },
    b: {
      longer: [10n, 16n],
      refused: [
        [6n, 8n, 16n],
        [18n, 8n, 16n],
        [TWO_256 - 1n, 8n, 16n],
      ],
    },
    n: {
      other: [1n, 8n],
      refused: [
        [0n, 1n, 8n],
        [9n, 1n, 8n],
        [TWO_256 - 1n, 1n, 8n],
      ],
    },
    feat: {
      other: [1n, 2n],
      refused: [
        [0n, 1n, 4n],
        [5n, 1n, 4n],
        [TWO_256 - 1n, 1n, 4n],
      ],
    },
  },
  AGGREGATE: {
    chainId: { other: [1n, TWO_256 - 1n] },
    registry: { other: [ADDRESS] },
    owner: { other: [ADDRESS] },
    taskId: { other: [8n, TWO_256 - 1n] },
    round: { other: [4n, TWO_256 - 1n] },
    lk: {
      other: [0n, 3n, 5n],
      longer: [6n, 25n],
      refused: [
        [29n, 0n, 28n],
        [TWO_256 - 3n, 0n, 28n],
      ],
    },
    b: {
      longer: [10n, 16n],
      refused: [
        [6n, 8n, 16n],
        [18n, 8n, 16n],
        [TWO_256 - 1n, 8n, 16n],
      ],
    },
    weightTotal: {
      other: [1n, 147n, 149n, 2n ** 16n],
      refused: [
        [0n, 1n, 2n ** 16n],
        [2n ** 16n + 1n, 1n, 2n ** 16n],
        [TWO_256 - 1n, 1n, 2n ** 16n],
      ],
    },
  },
  INFER: {
    chainId: { other: [1n, TWO_256 - 1n] },
    registry: { other: [ADDRESS] },
    server: { other: [ADDRESS] },
    listingId: { other: [8n, TWO_256 - 1n] },
    queryId: { other: [0n, 5n, TWO_256 - 1n] },
    lq: {
      other: [0n, 1n, 3n, 7n],
      longer: [8n, 26n],
      refused: [
        [29n, 0n, 28n],
        [TWO_256 - 1n, 0n, 28n],
      ],
    },
    lk: {
      other: [0n, 1n, 3n, 7n],
      longer: [8n, 26n],
      refused: [
        [29n, 0n, 28n],
        [TWO_256 - 2n, 0n, 28n],
      ],
    },
    b: {
      longer: [10n, 16n],
      refused: [
        [6n, 8n, 16n],
        [18n, 8n, 16n],
        [TWO_256 - 1n, 8n, 16n],
      ],
    },
    fp: {
      other: [0n, 5n, 7n],
      refused: [
        [8n, 0n, 7n],
        [TWO_256 - 1n, 0n, 7n],
      ],
    },
  },
  EVALUATE: {
    ...EVALUATE_FIELDS,
    hits: {
      other: [0n, 3n, 5n, 7n],
      refused: [
        [8n, 0n, 7n],
        [TWO_256 - 1n, 0n, 7n],
      ],
    },
  },
  EVALUATE_REGRESSION: {
    ...EVALUATE_FIELDS,
    hits: {
      refused: [
        [1n, 0n, 0n],
        [7n, 0n, 0n],
        [TWO_256 - 1n, 0n, 0n],
      ],
    },
  },
};

/** Words of a statement in calldata: a point is several. */
const wordsOf = (statement) =>
  Object.values(statement).flatMap((value) => (typeof value === "object" ? Object.values(value) : [value])).length;

/** Shapes with more variables than 28, and how many. */
const TOO_LARGE = {
  TRAIN: { shape: { li: 28n, lk: 1n, lt: 2n }, variables: 30 },
  DATASET: { shape: { ln: 28n, lk: 1n, n: 1n, feat: 1n }, variables: 29 },
  AGGREGATE: { shape: { lk: 26n }, variables: 29 },
  INFER: { shape: { lq: 28n, lk: 1n }, variables: 29 },
  EVALUATE: { shape: { ln: 28n, lk: 1n }, variables: 29 },
  EVALUATE_REGRESSION: { shape: { ln: 28n, lk: 1n }, variables: 29 },
};

for (const entry of RELATIONS) {
  const { relation, verifier: contract } = entry;
  describe(`${relation.name}: ${contract} on changed statements`, () => {
    const { statement, proof } = exampleOf(entry);
    const fields = FIELDS[relation.name];
    const form = relation.form ?? {};
    let verifier;

    before(async () => {
      verifier = await ethers.deployContract(contract);
    });

    const changed = (change, what) => expect(verifier.verify({ ...statement, ...change }, proof), what).to.be;
    const isFalse = (change, what) => changed(change, what).revertedWithCustomError(verifier, "OpeningEquationFalse");

    it("has a case for every field", () => {
      const named = [...Object.keys(fields), ...relation.statementPoints, "tau2", "xi2", ...Object.keys(form)];
      expect(named).to.have.members(Object.keys(statement));
    });

    for (const [field, { other = [], longer = [], refused = [] }] of Object.entries(fields)) {
      it(`rejects another ${field}`, async () => {
        for (const value of other) {
          if (value === statement[field]) throw new Error(`${field} = ${value} is the example's own value`);
          await isFalse({ [field]: value }, `${field} = ${value}`);
        }
        for (const value of longer) {
          await changed({ [field]: value }, `${field} = ${value}`).revertedWithCustomError(verifier, "ProofLength");
        }
        for (const [value, lowest, highest] of refused) {
          await changed({ [field]: value }, `${field} = ${value}`)
            .revertedWithCustomError(verifier, "StatementOutOfRange")
            .withArgs(ethers.encodeBytes32String(field), value, lowest, highest);
        }
      });
    }

    it("rejects an odd b", async () => {
      for (const b of [9n, 15n]) {
        await changed({ b }).revertedWithCustomError(verifier, "OddLimbWidth").withArgs(b);
      }
    });

    it("rejects shapes beyond 28 variables", async () => {
      const { shape, variables } = TOO_LARGE[relation.name];
      await changed(shape).revertedWithCustomError(verifier, "TooManyVariables").withArgs(variables, 28);
    });

    for (const field of relation.statementPoints) {
      it(`rejects another ${field}`, async () => {
        const { x, y } = statement[field];
        for (const point of [g1(7n), { x, y: Q - y }, { x: 0n, y: 0n }]) await isFalse({ [field]: point });
        for (const point of [
          { x: x + Q, y },
          { x, y: y + Q },
          { x: Q, y: 0n },
          { x, y: y - 1n },
          { x: y, y: x },
        ]) {
          await changed({ [field]: point })
            .revertedWithCustomError(verifier, "StatementPointInvalid")
            .withArgs(ethers.encodeBytes32String(field), point.x, point.y);
        }
      });
    }

    for (const field of ["tau2", "xi2"]) {
      it(`rejects another ${field}`, async () => {
        const point = statement[field];
        const zero = { xIm: 0n, xRe: 0n, yIm: 0n, yRe: 0n };
        for (const another of [g2(7n), zero]) await isFalse({ [field]: another });
        const malformed = [
          { ...point, xIm: point.xIm + Q },
          { ...point, yRe: point.yRe + Q },
          { ...point, yRe: point.yRe - 1n },
          { xIm: point.xRe, xRe: point.xIm, yIm: point.yRe, yRe: point.yIm },
          OUTSIDE_THE_SUBGROUP,
        ];
        for (const another of malformed) {
          await changed({ [field]: another }).revertedWithCustomError(verifier, "SetupPointsInvalid");
        }
      });
    }

    it("rejects swapped commitments", async () => {
      const names = relation.statementPoints;
      for (let i = 1; i < names.length; i++) {
        await isFalse({ [names[i - 1]]: statement[names[i]], [names[i]]: statement[names[i - 1]] });
      }
      await isFalse({ tau2: statement.xi2, xi2: statement.tau2 });
    });

    it("refuses an address with more than 160 bits", async () => {
      const { data } = await verifier.verify.populateTransaction(statement, proof);
      for (const [word, field] of [
        [1, "registry"],
        [2, relation.fields[2]],
      ]) {
        const at = 10 + 64 * word;
        const dirty = data.slice(0, at) + "01" + data.slice(at + 2);
        const [signer] = await ethers.getSigners();
        const value = BigInt("0x" + dirty.slice(at, at + 64));
        await expect(signer.call({ to: verifier, data: dirty }))
          .to.be.revertedWithCustomError(verifier, "StatementOutOfRange")
          .withArgs(ethers.encodeBytes32String(field), value, 0n, 2n ** 160n - 1n);
      }
    });

    if ("regression" in form) {
      it("takes no proof of the other form", async () => {
        await changed({ regression: !form.regression, hits: 0n }).revertedWithCustomError(verifier, "ProofLength");
      });

      it("refuses a form that is neither 0 nor 1", async () => {
        const { data } = await verifier.verify.populateTransaction(statement, proof);
        const [signer] = await ethers.getSigners();
        const at = 10 + 64 * (wordsOf(statement) - 1);
        for (const word of [2n, 2n ** 128n, TWO_256 - 1n]) {
          const dirty = data.slice(0, at) + word.toString(16).padStart(64, "0") + data.slice(at + 64);
          await expect(signer.call({ to: verifier, data: dirty }), `${word}`).to.be.revert(ethers);
        }
      });
    }

    it("refuses calldata whose proof lies outside it, and takes no proof from a lying offset", async () => {
      const { data } = await verifier.verify.populateTransaction(statement, proof);
      const [signer] = await ethers.getSigners();
      const words = wordsOf(statement);
      const at = 10 + 64 * words;
      const withOffset = (offset) => data.slice(0, at) + offset.toString(16).padStart(64, "0") + data.slice(at + 64);
      await signer.call({ to: verifier, data: withOffset(BigInt(32 * (words + 1))) });
      for (const offset of [TWO_256 - 1n, TWO_256 - 32n, 2n ** 64n, BigInt(data.length), 0n, 32n]) {
        await expect(signer.call({ to: verifier, data: withOffset(offset) }), `${offset}`).to.be.revert(ethers);
      }
      // nothing behind the offset: not even the length
      await expect(signer.call({ to: verifier, data: data.slice(0, 10 + 64 * (words + 1)) })).to.be.revert(ethers);
    });
  });
}
