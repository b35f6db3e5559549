import { bn254 } from "@noble/curves/bn254.js";
import { inverse, mod, word } from "./field.js";
import { manifest, trace, withShape } from "./reference.js";

const { G1, G2 } = bn254;

/** scalar * generator of G1 as {x, y}; infinity is (0, 0). */
export function g1(scalar) {
  if (mod(scalar) === 0n) return { x: 0n, y: 0n };
  const { x, y } = G1.Point.BASE.multiply(mod(scalar)).toAffine();
  return { x, y };
}

/** scalar * generator of G2 in the contract's order. */
export function g2(scalar) {
  const { x, y } = G2.Point.BASE.multiply(mod(scalar)).toAffine();
  return { xIm: x.c1, xRe: x.c0, yIm: y.c1, yRe: y.c0 };
}

/**
 * A proof that is accepted, made without a witness by whoever knows tau and xi (docs/proof-system.md, section 4.4):
 * every message is random, and delta is solved for.
 *
 * @param logs discrete logarithms of the statement's points, by their names
 */
export function simulate(relation, statement, logs, { tau, xi }, random) {
  const s = withShape(statement);
  const known = { G: 1n, ...logs };
  const points = {};
  let proof = "0x";
  for (const { name, kind } of manifest(relation, s.shape)) {
    if (name === "delta") continue;
    const scalar = random.scalar();
    if (kind === "point") {
      known[name] = scalar;
      points[name] = g1(scalar);
      proof += word(points[name].x) + word(points[name].y);
    } else {
      proof += word(scalar);
    }
  }
  const { coefficients, challenges } = trace(relation, statement, proof);
  let left = 0n;
  for (const [name, coefficient] of Object.entries(coefficients)) left = mod(left + coefficient * known[name]);
  const right = mod(known.pi1 + challenges.w * known.pi2);
  // left - tau right - xi delta = 0
  const delta = g1((left - tau * right) * inverse(xi));
  return proof + word(delta.x) + word(delta.y);
}
