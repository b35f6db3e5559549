// The statement of the whole proofs: one full-batch gradient step of logistic regression on the rows of data/wdbc.csv, 30 features
// and an intercept, in the fixed-point arithmetic of docs/proof-system.md, section 5, with b = 16.
import { readFileSync } from "node:fs";

const root = new URL("../../", import.meta.url);
const schema = JSON.parse(readFileSync(new URL("data/schemas/wdbc.json", root)));
const [header, ...lines] = readFileSync(new URL("data/wdbc.csv", root), "utf8").trim().split("\n");
const columns = header.split(",");
const WEIGHTS = 31;

export const RATE = "1/2";

const activation = (z) => Math.round(2 ** 14 / (1 + Math.exp(-z)));

/**
 * The circuits' activation with 14 fractional bits, in place of the table of 2^16 entries, which would be dear to them: a line between
 * every two integers z from -128 to 128, of which these are the ends; flat from 8 on, so that 14 bits suffice.
 */
export const ENDS = Array.from({ length: 257 }, (_, i) => {
  const z = i - 128;
  return z <= -8 ? 0 : z >= 8 ? 2 ** 14 - 1 : activation(z);
});

/** The model that a round begins with: what is measured. */
export const ZEROS = Array(WEIGHTS).fill(0);

/** Some model with weights up to 1/2: what the circuits are tried with. */
export const OTHER_MODEL = Array.from({ length: WEIGHTS }, (_, k) => (((k * 11) % 17) - 8) * 2 ** 24 + k);

/** So many rows: the first ones of the table, which begins again at its end. */
const firstRows = (rows) => Array.from({ length: rows }, (_, i) => lines[i % lines.length]);

/** The rows, header included, as text. */
export const csv = (rows) => [header, ...firstRows(rows)].join("\n") + "\n";

/** The circuits' inputs, negative numbers as such. Salts make the commitments hide; here they are constants. */
export function inputs(rows, weights = ZEROS) {
  const table = firstRows(rows).map((line) => line.split(","));
  const encoders = schema.features.map(({ column, mean, scale, clip }) => {
    const at = columns.indexOf(column);
    return (cells) => {
      const value = Math.min(clip, Math.max(-clip, (Number(cells[at]) - mean) / scale));
      return Math.min(2 ** 15 - 1, Math.round(value * 2 ** 12));
    };
  });
  const target = columns.indexOf(schema.target.column);
  const rate = Math.round(2 ** 34 / (2 * rows));
  const x = table.map((cells) => encoders.map((encode) => encode(cells)));
  const y = table.map((cells) => Number(cells[target] === schema.target.positive));
  return { rate, x, y, weights, trained: train(rate, x, y, weights), salts: [1, 2, 3] };
}

/** The weights after the step, as decimal text. */
function train(rate, x, y, weights) {
  const master = weights.map(BigInt);
  const forward = master.map((w) => (w + 2n ** 15n) >> 16n);
  const gradient = Array(WEIGHTS).fill(0n);
  x.forEach((features, i) => {
    const row = [2 ** 12, ...features].map(BigInt);
    const logit = row.reduce((sum, value, k) => sum + value * forward[k], 0n);
    const index = Number((logit + 2n ** 31n + 2n ** 15n) >> 16n);
    const [start, end] = ENDS.slice(index >> 8);
    const error = BigInt(start + (((end - start) * (index & 255) + 128) >> 8) - y[i] * 2 ** 14);
    row.forEach((value, k) => (gradient[k] += value * error));
  });
  return master.map((w, k) => String(w - ((BigInt(rate) * gradient[k] + 2n ** 31n) >> 32n)));
}
