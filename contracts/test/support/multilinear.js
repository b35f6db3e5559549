import { mod, product, R } from "./field.js";

/** Evaluation of a table's multilinear extension, from the definition; index bit k is variable k. */
export function evaluate(table, point) {
  let values = table;
  for (let k = point.length - 1; k >= 0; k--) {
    const half = values.length / 2;
    values = values.slice(0, half).map((low, i) => mod(low + point[k] * (values[half + i] - low)));
  }
  return values[0];
}

export const eq = (p, q) => {
  if (p.length !== q.length) throw new RangeError(`points of ${p.length} and ${q.length} variables`);
  return product(p.map((s, k) => mod(s * q[k] + (1n - s) * (1n - q[k]))));
};

const isPowerOf = (n, variables) => n === 1n << BigInt(variables);

/** sum_{x < n} eq(p, x) eq(q, x), by the recurrence of section 6. */
export function eqBelow(p, q, n) {
  let acc = 0n;
  let full = 1n;
  p.forEach((s, j) => {
    const low = mod((1n - s) * (1n - q[j]));
    const high = mod(s * q[j]);
    acc = (n >> BigInt(j)) & 1n ? mod(low * full + high * acc) : mod(low * acc);
    full = mod(full * (low + high));
  });
  return isPowerOf(n, p.length) ? full : acc;
}

/** sum_{x < n} eq(p, x). */
export function below(p, n) {
  let acc = 0n;
  p.forEach((s, j) => {
    acc = (n >> BigInt(j)) & 1n ? mod(1n - s + s * acc) : mod((1n - s) * acc);
  });
  return isPowerOf(n, p.length) ? 1n : acc;
}

/** sum_y eq(p, y) eq(q, y + 1). */
export function successor(p, q) {
  let result = 0n;
  let carry = 1n;
  p.forEach((s, j) => {
    result = mod(result * (s * q[j] + (1n - s) * (1n - q[j])) + carry * (1n - s) * q[j]);
    carry = mod(carry * s * (1n - q[j]));
  });
  return result;
}

/** The weight of index `i`, given by its bits. */
export const atIndex = (p, i) => product(p.map((s, k) => ((i >> k) & 1 ? s : R + 1n - s)));
