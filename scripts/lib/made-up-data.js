// Writes made-up rows for benchmarks, and their schema: node made-up-data.js ROWS FEATURES LIMB_BITS CSV SCHEMA
// The features are standardised, the target is 1 with the probability that a logistic model gives. The same arguments write the same bytes.
import { writeFileSync } from "node:fs";

const [rows, features, limbBits] = process.argv.slice(2, 5).map(Number);
const [csv, schema] = process.argv.slice(5);
const SEED = 7;

/** Numbers from [0, 1): a xorshift generator of 32 bits. */
function generator(seed) {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

const random = generator(SEED);
// Of mean 0 and variance 1: nearly normal.
const normal = () => Math.sqrt(2) * (Array.from({ length: 6 }, random).reduce((sum, u) => sum + u) - 3);
const names = Array.from({ length: features }, (_, i) => `x${i + 1}`);
const weights = names.map(() => normal() / Math.sqrt(features / 4));

const lines = Array.from({ length: rows }, () => {
  const x = names.map(() => Number(normal().toFixed(4)));
  const logit = x.reduce((sum, value, i) => sum + value * weights[i], 0);
  return [...x, Number(random() < 1 / (1 + Math.exp(-logit)))].join(",");
});
writeFileSync(csv, [[...names, "y"].join(","), ...lines].join("\n") + "\n");

const target = { column: "y", kind: "binary", negative: "0", positive: "1" };
const numeric = (column) => ({ column, kind: "numeric", mean: 0, scale: 1, clip: 8 });
const description = `Made-up rows of ${features} features for benchmarks`;
const head = { format: "zkml-schema/1", name: "made-up", description, model: "logistic", limbBits };
writeFileSync(schema, JSON.stringify({ ...head, target, features: names.map(numeric) }, null, 2) + "\n");
