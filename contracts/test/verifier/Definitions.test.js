import { expect } from "chai";
import { aggregate } from "../support/aggregate.js";
import { Affine } from "../support/affine.js";
import { dataset } from "../support/dataset.js";
import * as evaluation from "../support/evaluate.js";
import { mod } from "../support/field.js";
import { infer } from "../support/infer.js";
import { atIndex, evaluate } from "../support/multilinear.js";
import { Random } from "../support/random.js";
import { train } from "../support/train.js";

/*
 * The linear claims' weights as sections 6, 7 and 7a of docs/proof-system.md define them, entry by entry, against the closed
 * forms that the reference verifier uses. A table is indexed by an object of named parts, the lowest one first.
 */

const reduced = (columns) => Object.fromEntries(Object.entries(columns).map(([name, value]) => [name, mod(value)]));
const bits = (n) => 1 << n;
const weights = (point) => Array.from({ length: bits(point.length) }, (_, i) => atIndex(point, i));

/** The multilinear extension at `u` of the table whose entry at the parts' indices is `entry(parts)`. */
function extension(sizes, entry, u) {
  const names = Object.keys(sizes);
  const variables = names.reduce((sum, name) => sum + sizes[name], 0);
  const table = Array.from({ length: bits(variables) }, (_, index) => {
    let rest = index;
    const parts = {};
    for (const name of names) {
      parts[name] = rest % bits(sizes[name]);
      rest = Math.floor(rest / bits(sizes[name]));
    }
    return mod(entry(parts));
  });
  return evaluate(table, u.slice(0, variables));
}

function trainDefinitions(s, c, r, u) {
  const { lb, li, lk, lt, b } = s.shape;
  const base = 1n << BigInt(b);
  const last = bits(lt) - 1;
  const steps = Number(s.steps);
  const [rhoI, rhoT, rhoK] = [c.rhoI, c.rhoT, c.rhoK].map(weights);
  const rows = weights(r.slice(0, li + lt));
  const limbs = weights(r.slice(0, lk + 3 + lt));
  const table = weights(r.slice(0, b + 1));
  const [rk, rb, rBatchRow, ri] = [r.slice(0, lk), r.slice(lk, lk + lb), r.slice(li, li + lb), r.slice(0, li)].map(
    weights,
  );
  const rhoE = weights(c.rhoT.slice(lb));
  const model = (l) => (l < 3 ? base ** BigInt(l) : 0n);
  const remainder = (l) => (l === 3 || l === 4 ? base ** BigInt(l - 3) : 0n);
  const result = (l) => (l > 4 ? base ** BigInt(l - 5) : 0n);
  const forward = (l) => (l === 1 || l === 2 ? base ** BigInt(l - 1) : 0n);
  const step = { i: li, t: lt };
  const aux = { k: lk, l: 3, t: lt };
  const features = { k: lk, i: li, batch: lb };
  const flat = { y: b + 1 };
  const on = (sizes, entry) => extension(sizes, entry, u);
  const atRho = ({ i, t }) => rhoI[i] * rhoT[t];
  const atR = ({ i, t }) => rows[i + bits(li) * t];
  const update = ({ k, l, t }) =>
    rhoK[k] *
    (base ** 2n * model(l) * (rhoT[t] - (t > 0 ? rhoT[t - 1] : 0n)) -
      (t === last ? base ** 2n * result(l) * rhoT[last] : 0n) +
      remainder(l) * rhoT[t] -
      (t < steps ? s.d * model(l) * rhoT[t] : 0n));
  return [
    { zi: on(step, (x) => base * atRho(x)), rem: on(step, atRho) },
    { aux: on(aux, update) },
    { h: on(step, () => 1n), haux: on(aux, () => 1n) },
    { aux: on(aux, ({ k, l, t }) => (t === 0 ? model(l) * rhoK[k] : 0n)), cIn: on({ k: lk }, ({ k }) => -rhoK[k]) },
    {
      aux: on(aux, ({ k, l, t }) => (t === last ? result(l) * rhoK[k] : 0n)),
      cOut: on({ k: lk }, ({ k }) => -rhoK[k]),
    },
    { cX: on(features, ({ k, i, batch }) => rk[k] * rhoI[i] * rb[batch]) },
    { aux: on(aux, ({ k, l, t }) => rk[k] * forward(l) * rb[t % bits(lb)] * rhoE[Math.floor(t / bits(lb))]) },
    { cX: on(features, ({ k, i, batch }) => rhoK[k] * ri[i] * rBatchRow[batch]) },
    { p: on(step, atR), cY: on({ i: li, batch: lb }, ({ i, batch }) => -ri[i] * rBatchRow[batch]) },
    { h: on(step, atR) },
    { rem: on(step, atR) },
    { zi: on(step, atR), p: on(step, (x) => c.beta * atR(x)) },
    { haux: on(aux, ({ k, l, t }) => limbs[k + bits(lk) * (l + 8 * t)]) },
    { aux: on(aux, ({ k, l, t }) => limbs[k + bits(lk) * (l + 8 * t)]) },
    { mult: on(flat, ({ y }) => table[y]) },
    { ht: on(flat, ({ y }) => table[y]) },
    { cTable: on(flat, ({ y }) => table[y]) },
  ];
}

function datasetDefinitions(s, c, r, u) {
  const { ln, lk, b } = s.shape;
  const [rhoR, rhoK] = [c.rhoR, c.rhoK].map(weights);
  const all = weights(r.slice(0, lk + ln));
  const rows = weights(r.slice(0, ln));
  const table = weights(r.slice(0, b));
  const n = Number(s.n);
  const feat = Number(s.feat);
  const features = { k: lk, row: ln };
  const on = (sizes, entry) => extension(sizes, entry, u);
  const outside = ({ k, row }) => (row < n && k < feat ? 0n : rhoR[row] * rhoK[k]);
  return [
    { cX: on(features, ({ k, row }) => (k === 0 ? rhoR[row] : 0n)) },
    { cX: on(features, outside) },
    { cY: on({ row: ln }, ({ row }) => (row < n ? 0n : rhoR[row])) },
    { hx: on(features, () => 1n), hy: on({ row: ln }, () => 1n) },
    { hx: on(features, ({ k, row }) => all[k + bits(lk) * row]) },
    { cX: on(features, ({ k, row }) => all[k + bits(lk) * row]) },
    { hy: on({ row: ln }, ({ row }) => rows[row]) },
    { cY: on({ row: ln }, ({ row }) => rows[row]) },
    { mult: on({ y: b }, ({ y }) => table[y]) },
    { ht: on({ y: b }, ({ y }) => table[y]) },
  ];
}

function aggregateDefinitions(s, c, r, u) {
  const { lk, b } = s.shape;
  const base = 1n << BigInt(b);
  const rhoK = weights(c.rhoK);
  const limbs = weights(r.slice(0, lk + 3));
  const table = weights(r.slice(0, b));
  const model = [1n, base, base ** 2n, 0n, 0n, 0n, 0n, 0n];
  const remainder = [0n, 0n, 0n, 1n, base, 0n, 0n, 0n];
  const both = [0n, 0n, 0n, 1n, base, 1n, base, 0n];
  const aux = { k: lk, l: 3 };
  const features = { k: lk };
  const flat = { y: b };
  const on = (sizes, entry) => extension(sizes, entry, u);
  const atRho = (limbWeights) => on(aux, ({ k, l }) => limbWeights[l] * rhoK[k]);
  const atR = ({ k, l }) => limbs[k + bits(lk) * l];
  return [
    { aux: atRho(model), cNext: on(features, ({ k }) => -rhoK[k]) },
    {
      cNext: on(features, ({ k }) => s.weightTotal * rhoK[k]),
      aux: atRho(remainder),
      cSum: on(features, ({ k }) => -rhoK[k]),
    },
    { aux: atRho(both) },
    { haux: on(aux, () => 1n) },
    { haux: on(aux, atR) },
    { aux: on(aux, atR) },
    { mult: on(flat, ({ y }) => table[y]) },
    { ht: on(flat, ({ y }) => table[y]) },
  ];
}

/** What INFER and EVALUATE say of 2^`rows` rows in the same words, by the claims' numbers in INFER's table. */
function predictionDefinitions({ rows, lk, b }, c, rho, r, u) {
  const base = 1n << BigInt(b);
  const [rhoRow, rhoK] = [rho, c.rhoK].map(weights);
  const row = weights(r.slice(0, rows));
  const rk = weights(r.slice(0, lk));
  const limbs = weights(r.slice(0, lk + 2));
  const table = weights(r.slice(0, b + 1));
  const model = [1n, base, base ** 2n, 0n];
  const forward = [0n, 1n, base, 0n];
  const aux = { k: lk, l: 2 };
  const on = (sizes, entry) => extension(sizes, entry, u);
  const atRow = on({ q: rows }, ({ q }) => row[q]);
  const atLimb = ({ k, l }) => limbs[k + bits(lk) * l];
  const atTable = on({ y: b + 1 }, ({ y }) => table[y]);
  return {
    atRow,
    first: [
      { zi: on({ q: rows }, ({ q }) => base * rhoRow[q]), rem: on({ q: rows }, ({ q }) => rhoRow[q]) },
      { aux: on(aux, ({ k, l }) => model[l] * rhoK[k]), cW: on({ k: lk }, ({ k }) => -rhoK[k]) },
    ],
    ones: { h: on({ q: rows }, () => 1n), haux: on(aux, () => 1n) },
    values: [
      { cX: on({ k: lk, q: rows }, ({ k, q }) => rk[k] * rhoRow[q]) },
      { aux: on(aux, ({ k, l }) => forward[l] * rk[k]) },
      { h: atRow },
      { rem: atRow },
    ],
    last: [
      { haux: on(aux, atLimb) },
      { aux: on(aux, atLimb) },
      { mult: atTable },
      { ht: atTable },
      { cTable: atTable },
    ],
  };
}

function inferDefinitions(s, c, r, u) {
  const { lq, lk, b } = s.shape;
  const { atRow, first, ones, values, last } = predictionDefinitions({ rows: lq, lk, b }, c, c.rhoQ, r, u);
  const entries = weights(r.slice(0, lk + lq));
  const on = (entry) => extension({ k: lk, q: lq }, entry, u);
  const atR = on(({ k, q }) => entries[k + bits(lk) * q]);
  return [
    ...first,
    { ...ones, hx: on(() => 1n) },
    ...values,
    { zi: atRow, cP: c.beta * atRow },
    { hx: atR },
    { cX: atR },
    ...last,
  ];
}

function evaluateDefinitions(s, c, r, u) {
  const { ln, lk, b } = s.shape;
  const { atRow, first, ones, values, last } = predictionDefinitions({ rows: ln, lk, b }, c, c.rhoI, r, u);
  const error = { p: atRow, cY: -atRow };
  return [
    ...first,
    ones,
    ...values,
    { zi: atRow, p: c.beta * atRow, s: c.beta ** 3n * atRow },
    { s: atRow },
    { cY: atRow },
    { cY: atRow },
    { cY: atRow },
    error,
    error,
    ...last,
  ];
}

function regressionDefinitions(s, c, r, u) {
  const { ln, lk, b } = s.shape;
  const { atRow, first, ones, values, last } = predictionDefinitions({ rows: ln, lk, b }, c, c.rhoI, r, u);
  const error = { p: atRow, cY: -atRow };
  return [...first, ones, ...values, { zi: atRow, p: c.beta * atRow }, error, error, ...last];
}

const CASES = [
  { relation: train, definitions: trainDefinitions, shape: trainShape },
  { relation: dataset, definitions: datasetDefinitions, shape: datasetShape },
  { relation: aggregate, definitions: aggregateDefinitions, shape: aggregateShape },
  { relation: infer, definitions: inferDefinitions, shape: inferShape },
  { relation: evaluation.evaluate, definitions: evaluateDefinitions, shape: evaluateShape },
  { relation: evaluation.evaluateRegression, definitions: regressionDefinitions, shape: evaluateShape },
];

function trainShape(random) {
  const [li, lk, lt] = [0, 1, 2].map(() => random.between(0, 3));
  const lb = random.between(0, lt);
  return { lb, li, lk, lt, b: 8, steps: BigInt(random.between(1, bits(lt))) };
}

function datasetShape(random) {
  const [ln, lk] = [random.between(0, 5), random.between(0, 4)];
  return { ln, lk, b: 8, n: BigInt(random.between(1, bits(ln))), feat: BigInt(random.between(1, bits(lk))) };
}

function aggregateShape(random) {
  return { lk: random.between(0, 6), b: 8, weightTotal: BigInt(random.between(1, bits(16))) };
}

function inferShape(random) {
  return { lq: random.between(0, 5), lk: random.between(0, 4), b: 8 };
}

function evaluateShape(random) {
  const [ln, lk] = [random.between(0, 5), random.between(0, 4)];
  return { ln, lk, b: 8, n: BigInt(random.between(1, bits(ln))) };
}

for (const { relation, definitions, shape: draw } of CASES) {
  describe(`closed forms of ${relation.name}'s weights`, () => {
    for (let i = 0; i < 12; i++) {
      const random = new Random(`definitions/${relation.name}/${i}`);
      const fields = draw(random);
      const shape = Object.fromEntries(Object.entries(fields).filter(([, value]) => typeof value === "number"));
      const title = JSON.stringify(fields, (_, value) => (typeof value === "bigint" ? Number(value) : value));
      it(`equal the definitions on ${title}`, () => {
        const s = { ...fields, shape, c: random.scalar(), d: random.bits256() >> 192n };
        const point = (size) => Array.from({ length: size }, () => random.scalar());
        const c = {};
        for (const [name, size] of [...relation.challenges1(shape), ...relation.challenges2(shape)]) {
          c[name] = size === undefined ? random.scalar() : point(size);
        }
        const { n1, n2 } = relation.sizes(shape);
        const [r, u] = [point(n1), point(n2)];
        const anything = new Proxy({}, { get: (_, name) => (name === "out" ? 0n : new Affine()) });
        const closed = relation.claims(s, c, r, u, anything).map(([, columns]) => reduced(columns));
        expect(closed).to.deep.equal(definitions(s, c, r, u).map(reduced));
      });
    }
  });
}
