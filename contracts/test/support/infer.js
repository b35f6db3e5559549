import { id } from "ethers";
import { mod } from "./field.js";
import { eq } from "./multilinear.js";
import { denominator, logitClaims, lookupClaims } from "./prediction.js";

/** Relation INFER, from section 7a of docs/proof-system.md. */
export const infer = {
  name: "INFER",
  domain: id("zkml/infer/1"),
  statementPoints: ["cTable", "cX", "cW", "cP"],
  fields: ["chainId", "registry", "server", "listingId", "queryId", "lq", "lk", "b", "fp"],
  phase1: ["zi", "rem", "aux", "mult"],
  phase2: ["h", "hx", "haux", "ht"],
  hidden: ["v_Z", "v_S"],
  pairs: [
    ["x1", "w1"],
    ["h", "d1"],
    ["hd", "d2"],
    ["hx", "dx"],
    ["haux", "d3"],
    ["mult", "ht"],
  ],
  clear: ["out"],

  externals: ({ lq, lk }) => [
    ["cX", lk + lq],
    ["cW", lk],
    ["cP", lq],
  ],

  sizes({ lq, lk, b }) {
    const n = Math.max(lk + lq, lk + 2, b + 1);
    return { n1: n, n2: n };
  },

  challenges1: () => [["alpha"], ["beta"]],

  challenges2: ({ lq, lk, b }) => [
    ["rhoQ", lq],
    ["rhoK", lk],
    ["sigma", lk + 2],
    ["upsilon", b + 1],
  ],

  sums: ({ lq, lk, b }) => [[lk, "v_Z"], [lq], [lk + lq], [lk + 2], [b + 1], [b + 1, "v_S"]],

  summands(s, c, r, v, pair) {
    const { lq, lk, b } = s.shape;
    const table = r.slice(0, b + 1);
    return [
      pair(0),
      pair(2)
        .minus(v.d1)
        .minus(v.d2)
        .times(eq(c.rhoQ, r.slice(0, lq))),
      pair(3)
        .minus(1n)
        .times(eq([...c.rhoK, ...c.rhoQ], r.slice(0, lk + lq))),
      pair(4)
        .minus(1n)
        .times(eq(c.sigma, r.slice(0, lk + 2))),
      v.ht
        .times(mod(denominator(c, table, v.out)))
        .minus(1n)
        .times(eq(c.upsilon, table)),
      pair(5),
    ];
  },

  equations: (v, pair) => [v.hd.minus(pair(1))],

  claims(s, c, r, u, v) {
    const { lq, lk, b } = s.shape;
    const low = (size) => eq(r.slice(0, size), u.slice(0, size));
    const { logit, weights, x1, w1 } = logitClaims({ rows: lq, lk, b }, c, c.rhoQ, r, u, v);
    return [
      logit,
      weights,
      [v.v_S, { h: 1n, hx: 1n, haux: 1n }],
      x1,
      w1,
      [v.h, { h: low(lq) }],
      [v.d1.minus(c.alpha), { rem: low(lq) }],
      [v.d2.minus(c.alpha + c.beta ** 2n), { zi: low(lq), cP: c.beta * low(lq) }],
      [v.hx, { hx: low(lk + lq) }],
      [v.dx.minus(c.alpha + (1n << BigInt(b - 1))), { cX: low(lk + lq) }],
      ...lookupClaims(s.shape, c, r, u, v),
    ];
  },
};
