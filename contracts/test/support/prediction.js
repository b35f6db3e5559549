import { Affine } from "./affine.js";
import { sum } from "./field.js";
import { atIndex, eq } from "./multilinear.js";

/*
 * What the relations INFER and EVALUATE of section 7a of docs/proof-system.md say in the same words. `rho` is rho_q or
 * rho_i, a point of the rows.
 */

/** The terms alpha + y + beta out + beta^2 tag of DT at the table's point. */
export function denominator(c, table, out) {
  const y = sum(table.slice(0, -1).map((x, k) => x << BigInt(k)));
  return c.alpha + y + c.beta * out + c.beta ** 2n * table.at(-1);
}

/** Claims 0, 1, 3 and 4. */
export function logitClaims({ rows, lk, b }, c, rho, r, u, v) {
  const base = 1n << BigInt(b);
  const half = base ** 2n / 2n;
  const uk = u.slice(0, lk);
  const limb = (l) => atIndex(u.slice(lk, lk + 2), l);
  const atRho = eq(rho, u.slice(0, rows));
  const atK = eq(c.rhoK, uk);
  const atRk = eq(r.slice(0, lk), uk);
  return {
    logit: [v.v_Z.plus(half + base / 2n), { zi: base * atRho, rem: atRho }],
    weights: [
      new Affine(base ** 3n / 2n + base / 2n),
      { aux: atK * (limb(0) + base * limb(1) + base ** 2n * limb(2)), cW: -atK },
    ],
    x1: [v.x1, { cX: atRk * eq(rho, u.slice(lk, lk + rows)) }],
    w1: [v.w1.plus(half), { aux: atRk * (limb(1) + base * limb(2)) }],
  };
}

/** The last five claims. */
export function lookupClaims({ lk, b }, c, r, u, v) {
  const low = (size) => eq(r.slice(0, size), u.slice(0, size));
  return [
    [v.haux, { haux: low(lk + 2) }],
    [v.d3.minus(c.alpha), { aux: low(lk + 2) }],
    [v.mult, { mult: low(b + 1) }],
    [v.ht, { ht: low(b + 1) }],
    [new Affine(v.out), { cTable: low(b + 1) }],
  ];
}
