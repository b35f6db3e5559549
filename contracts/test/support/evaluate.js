import { id } from "ethers";
import { mod } from "./field.js";
import { below, eq } from "./multilinear.js";
import { denominator, logitClaims, lookupClaims } from "./prediction.js";

const FIELDS = [
  "chainId",
  "registry",
  "prover",
  "taskId",
  "round",
  "ln",
  "lk",
  "b",
  "fp",
  "n",
  "hits",
  "squaredErrorSum",
];

const ERROR_PAIR = ["e1", "e2"];

const CLASS_PAIRS = [
  ["s", "y1"],
  ["y2", "y3"],
];

/** What both forms of EVALUATE, from section 7a of docs/proof-system.md, have in common. */
const common = {
  statementPoints: ["cTable", "cX", "cY", "cW"],
  phase2: ["h", "haux", "ht"],
  hidden: ["v_Z", "v_S"],
  clear: ["out"],

  externals: ({ ln, lk }) => [
    ["cX", lk + ln],
    ["cY", ln],
    ["cW", lk],
  ],

  sizes({ ln, lk, b }) {
    const n1 = Math.max(ln, lk + 2, b + 1);
    return { n1, n2: Math.max(n1, lk + ln) };
  },

  challenges1: () => [["alpha"], ["beta"]],

  challenges2: ({ ln, lk, b }) => [
    ["rhoI", ln],
    ["rhoK", lk],
    ["sigma", lk + 2],
    ["upsilon", b + 1],
  ],

  equations: (v, pair) => [v.hd.minus(pair(1))],
};

const withPairs = (own) => [["x1", "w1"], ["h", "d1"], ["hd", "d2"], ...own, ["haux", "d3"], ["mult", "ht"]];

/** The summands that both forms have. `beside` is what DT holds beside y, out and tag; `j` the pair of e1 and e2. */
function commonSummands(s, c, r, v, pair, j, beside) {
  const { ln, lk, b } = s.shape;
  const rows = r.slice(0, ln);
  const limbs = r.slice(0, lk + 2);
  const table = r.slice(0, b + 1);
  return [
    pair(0),
    pair(2).minus(v.d1).minus(v.d2).times(eq(c.rhoI, rows)),
    pair(j).times(below(rows, s.n)),
    pair(j + 1)
      .minus(1n)
      .times(eq(c.sigma, limbs)),
    v.ht
      .times(mod(denominator(c, table, v.out) + beside))
      .minus(1n)
      .times(eq(c.upsilon, table)),
    pair(j + 2),
  ];
}

/** The claims before and after those about the classes. `beside` is claim 7's weight on s. */
function commonClaims(s, c, r, u, v, beside) {
  const { ln, lk, b } = s.shape;
  const atR = eq(r.slice(0, ln), u.slice(0, ln));
  const { logit, weights, x1, w1 } = logitClaims({ rows: ln, lk, b }, c, c.rhoI, r, u, v);
  const before = [
    logit,
    weights,
    [v.v_S, { h: 1n, haux: 1n }],
    x1,
    w1,
    [v.h, { h: atR }],
    [v.d1.minus(c.alpha), { rem: atR }],
    [v.d2.minus(c.alpha + c.beta ** 2n), { zi: atR, p: c.beta * atR, ...beside(atR) }],
  ];
  const after = [[v.e1, { p: atR, cY: -atR }], [v.e2, { p: atR, cY: -atR }], ...lookupClaims(s.shape, c, r, u, v)];
  return { before, after, atR };
}

/** Relation EVALUATE about classes. */
export const evaluate = {
  ...common,
  name: "EVALUATE",
  domain: id("zkml/evaluate/1"),
  form: { regression: false },
  fields: FIELDS,
  phase1: ["zi", "rem", "p", "s", "aux", "mult"],
  pairs: withPairs([...CLASS_PAIRS, ERROR_PAIR]),

  sums: ({ ln, lk, b }, s) => [
    [lk, "v_Z"],
    [ln],
    [ln, (1n << s.fp) * (2n * s.hits - s.n)],
    [ln],
    [ln, s.squaredErrorSum],
    [lk + 2],
    [b + 1],
    [b + 1, "v_S"],
  ],

  summands(s, c, r, v, pair) {
    const { ln, b } = s.shape;
    const one = 1n << s.fp;
    const rows = r.slice(0, ln);
    const [logit, lookup, ...rest] = commonSummands(s, c, r, v, pair, 5, c.beta ** 3n * r[b] * (2n * r[b - 1] - 1n));
    return [
      logit,
      lookup,
      pair(3).times(2n).minus(v.s.times(one)).times(below(rows, s.n)),
      pair(4).minus(v.y2.times(one)).times(eq(c.rhoI, rows)),
      ...rest,
    ];
  },

  claims(s, c, r, u, v) {
    const { before, after, atR } = commonClaims(s, c, r, u, v, (weight) => ({ s: c.beta ** 3n * weight }));
    return [...before, [v.s, { s: atR }], [v.y1, { cY: atR }], [v.y2, { cY: atR }], [v.y3, { cY: atR }], ...after];
  },
};

/** Relation EVALUATE about regression: without s, sums 2 and 3, their values and claims, and hits. */
export const evaluateRegression = {
  ...common,
  name: "EVALUATE_REGRESSION",
  domain: id("zkml/evaluate-regression/1"),
  form: { regression: true },
  fields: FIELDS.filter((name) => name !== "hits"),
  phase1: ["zi", "rem", "p", "aux", "mult"],
  pairs: withPairs([ERROR_PAIR]),

  sums: ({ ln, lk, b }, s) => [[lk, "v_Z"], [ln], [ln, s.squaredErrorSum], [lk + 2], [b + 1], [b + 1, "v_S"]],

  summands: (s, c, r, v, pair) => commonSummands(s, c, r, v, pair, 3, 0n),

  claims(s, c, r, u, v) {
    const { before, after } = commonClaims(s, c, r, u, v, () => ({}));
    return [...before, ...after];
  },
};
