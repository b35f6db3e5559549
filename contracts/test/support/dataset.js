import { id } from "ethers";
import { Affine } from "./affine.js";
import { mod, sum } from "./field.js";
import { atIndex, below, eq, eqBelow } from "./multilinear.js";

/** Relation DATASET, from section 7 of docs/proof-system.md. */
export const dataset = {
  name: "DATASET",
  domain: id("zkml/dataset/1"),
  statementPoints: ["cX", "cY"],
  fields: ["chainId", "registry", "contributor", "schemaHash", "ln", "lk", "b", "n", "feat"],
  phase1: ["mult"],
  phase2: ["hx", "hy", "ht"],
  hidden: ["v_S"],
  pairs: [
    ["hx", "d1"],
    ["hy", "d2"],
    ["mult", "ht"],
  ],
  clear: [],

  externals: ({ ln, lk }) => [
    ["cX", lk + ln],
    ["cY", ln],
  ],

  sizes({ ln, lk, b }) {
    const n = Math.max(lk + ln, b);
    return { n1: n, n2: n };
  },

  challenges1: () => [["alpha"]],

  challenges2: ({ ln, lk, b }) => [
    ["rhoR", ln],
    ["rhoK", lk],
    ["upsilon", b],
  ],

  sums: ({ ln, lk, b }) => [[lk + ln], [ln], [b], [b, "v_S"]],

  summands(s, c, r, v, pair) {
    const { ln, lk, b } = s.shape;
    const y = sum(r.slice(0, b).map((x, k) => x << BigInt(k)));
    return [
      pair(0)
        .minus(1n)
        .times(eq([...c.rhoK, ...c.rhoR], r.slice(0, lk + ln))),
      pair(1)
        .minus(1n)
        .times(eq(c.rhoR, r.slice(0, ln))),
      v.ht
        .times(mod(c.alpha + y))
        .minus(1n)
        .times(eq(c.upsilon, r.slice(0, b))),
      pair(2),
    ];
  },

  equations: () => [],

  claims(s, c, r, u, v) {
    const { ln, lk, b } = s.shape;
    const uk = u.slice(0, lk);
    const ur = u.slice(lk, lk + ln);
    const low = (n) => eq(r.slice(0, n), u.slice(0, n));
    const inside = eqBelow(c.rhoK, uk, s.feat) * eqBelow(c.rhoR, ur, s.n);
    const targets = u.slice(0, ln);
    const shift = c.alpha + (1n << BigInt(b - 1));
    return [
      [new Affine((1n << BigInt(b - 4)) * below(c.rhoR, s.n)), { cX: atIndex(uk, 0) * eq(c.rhoR, ur) }],
      [new Affine(), { cX: eq(c.rhoK, uk) * eq(c.rhoR, ur) - inside }],
      [new Affine(), { cY: eq(c.rhoR, targets) - eqBelow(c.rhoR, targets, s.n) }],
      [v.v_S, { hx: 1n, hy: 1n }],
      [v.hx, { hx: low(lk + ln) }],
      [v.d1.minus(shift), { cX: low(lk + ln) }],
      [v.hy, { hy: low(ln) }],
      [v.d2.minus(shift), { cY: low(ln) }],
      [v.mult, { mult: low(b) }],
      [v.ht, { ht: low(b) }],
    ];
  },
};
