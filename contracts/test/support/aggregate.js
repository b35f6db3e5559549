import { id } from "ethers";
import { Affine } from "./affine.js";
import { mod, sum } from "./field.js";
import { atIndex, eq } from "./multilinear.js";

/** Relation AGGREGATE, from section 7a of docs/proof-system.md. */
export const aggregate = {
  name: "AGGREGATE",
  domain: id("zkml/aggregate/1"),
  statementPoints: ["cSum", "cNext"],
  fields: ["chainId", "registry", "owner", "taskId", "round", "lk", "b", "weightTotal"],
  phase1: ["aux", "mult"],
  phase2: ["haux", "ht"],
  hidden: ["v_S"],
  pairs: [
    ["haux", "d"],
    ["mult", "ht"],
  ],
  clear: [],

  externals: ({ lk }) => [
    ["cSum", lk],
    ["cNext", lk],
  ],

  sizes({ lk, b }) {
    const n = Math.max(lk + 3, b);
    return { n1: n, n2: n };
  },

  challenges1: () => [["alpha"]],

  challenges2: ({ lk, b }) => [
    ["rhoK", lk],
    ["sigma", lk + 3],
    ["upsilon", b],
  ],

  sums: ({ lk, b }) => [[lk + 3], [b], [b, "v_S"]],

  summands(s, c, r, v, pair) {
    const { lk, b } = s.shape;
    const y = sum(r.slice(0, b).map((x, k) => x << BigInt(k)));
    return [
      pair(0)
        .minus(1n)
        .times(eq(c.sigma, r.slice(0, lk + 3))),
      v.ht
        .times(mod(c.alpha + y))
        .minus(1n)
        .times(eq(c.upsilon, r.slice(0, b))),
      pair(1),
    ];
  },

  equations: () => [],

  claims(s, c, r, u, v) {
    const { lk, b } = s.shape;
    const n = s.weightTotal;
    const base = 1n << BigInt(b);
    const feature = eq(c.rhoK, u.slice(0, lk));
    const limb = (l) => feature * atIndex(u.slice(lk, lk + 3), l);
    const low = (size) => eq(r.slice(0, size), u.slice(0, size));
    const model = limb(0) + base * limb(1) + base * base * limb(2);
    const remainder = limb(3) + base * limb(4);
    return [
      [new Affine(base ** 3n / 2n + base / 2n), { aux: model, cNext: -feature }],
      [new Affine(n / 2n), { cNext: n * feature, aux: remainder, cSum: -feature }],
      [new Affine(n - 1n), { aux: remainder + limb(5) + base * limb(6) }],
      [v.v_S, { haux: 1n }],
      [v.haux, { haux: low(lk + 3) }],
      [v.d.minus(c.alpha), { aux: low(lk + 3) }],
      [v.mult, { mult: low(b) }],
      [v.ht, { ht: low(b) }],
    ];
  },
};
