import { mod } from "./field.js";

/** An affine function of the pads: a constant, and a weight for each slot (`a_3`, `b_3`, `c_3`). */
export class Affine {
  constructor(constant = 0n, weights = {}) {
    this.constant = mod(constant);
    this.weights = weights;
  }

  /** The value behind a padded message: what was sent, less its pad. */
  static padded(sent, slot) {
    return new Affine(sent, { [slot]: -1n });
  }

  /** Product of the values behind the messages v and w, padded with a_j and b_j. */
  static pair(v, w, j) {
    return new Affine(v * w, { [`b_${j}`]: mod(-v), [`a_${j}`]: mod(-w), [`c_${j}`]: 1n });
  }

  plus(other) {
    if (typeof other === "bigint") return new Affine(this.constant + other, this.weights);
    const weights = { ...this.weights };
    for (const [slot, weight] of Object.entries(other.weights)) weights[slot] = mod((weights[slot] ?? 0n) + weight);
    return new Affine(this.constant + other.constant, weights);
  }

  times(factor) {
    const weights = {};
    for (const [slot, weight] of Object.entries(this.weights)) weights[slot] = mod(weight * factor);
    return new Affine(this.constant * factor, weights);
  }

  minus(other) {
    return this.plus(typeof other === "bigint" ? -other : other.times(-1n));
  }
}
