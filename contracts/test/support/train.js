import { id } from "ethers";
import { Affine } from "./affine.js";
import { mod, product, sum } from "./field.js";
import { atIndex, below, eq, eqBelow, successor } from "./multilinear.js";

const last = (p) => product(p);
const first = (p) => atIndex(p, 0);

/** Relation TRAIN, from section 6 of docs/proof-system.md. */
export const train = {
  name: "TRAIN",
  domain: id("zkml/train/1"),
  statementPoints: ["cTable", "cX", "cY", "cIn", "cOut"],
  fields: [
    "chainId",
    "registry",
    "contributor",
    "taskId",
    "round",
    "lb",
    "li",
    "lk",
    "lt",
    "steps",
    "b",
    "fp",
    "c",
    "d",
  ],
  phase1: ["zi", "rem", "p", "aux", "mult"],
  phase2: ["h", "haux", "ht"],
  hidden: ["v_Z", "v_G", "v_S"],
  pairs: [
    ["x1", "w1"],
    ["x2", "e2"],
    ["h", "d1"],
    ["hd", "d2"],
    ["haux", "d3"],
    ["mult", "ht"],
  ],
  clear: ["out"],

  /** External columns with their numbers of variables, in the statement's order. */
  externals: ({ lb, li, lk }) => [
    ["cX", lk + li + lb],
    ["cY", li + lb],
    ["cIn", lk],
    ["cOut", lk],
  ],

  sizes({ lb, li, lk, lt, b }) {
    const n1 = Math.max(lb + lk, li + lt, lk + 3 + lt, b + 1);
    return { n1, n2: Math.max(n1, lk + li + lb) };
  },

  challenges1: () => [["alpha"], ["beta"]],

  challenges2: ({ li, lk, lt, b }) => [
    ["rhoI", li],
    ["rhoT", lt],
    ["rhoK", lk],
    ["sigma", lt + 3 + lk],
    ["upsilon", b + 1],
  ],

  /** Number of variables of each sum, and the hidden value that it claims. */
  sums: ({ lb, li, lk, lt, b }) => [
    [lb + lk, "v_Z"],
    [li + lt, "v_G"],
    [li + lt],
    [lk + 3 + lt],
    [b + 1],
    [b + 1, "v_S"],
  ],

  /** The sums' summands at the point r, as affine forms; `v` has the values, `pair` the products. */
  summands(s, c, r, v, pair) {
    const { lb, li, lk, lt } = s.shape;
    const rows = r.slice(0, li + lt);
    const limbs = r.slice(0, lk + 3 + lt);
    const table = r.slice(0, s.shape.b + 1);
    const y = sum(table.slice(0, -1).map((x, k) => x << BigInt(k)));
    const dt = mod(c.alpha + y + c.beta * v.out + c.beta ** 2n * table.at(-1));
    return [
      pair(0).times(eq(c.rhoT.slice(0, lb), r.slice(lk, lk + lb))),
      pair(1).times(s.c * eqBelow(c.rhoT, r.slice(li, li + lt), s.steps)),
      pair(3)
        .minus(v.d1)
        .minus(v.d2)
        .times(eq([...c.rhoI, ...c.rhoT], rows)),
      pair(4).minus(1n).times(eq(c.sigma, limbs)),
      v.ht.times(dt).minus(1n).times(eq(c.upsilon, table)),
      pair(5),
    ];
  },

  /** The relation's own equations: forms that must be 0. */
  equations: (v, pair) => [v.hd.minus(pair(2))],

  /** The linear claims: the value, and the weight of each column at u. */
  claims(s, c, r, u, v) {
    const { lb, li, lk, lt, b } = s.shape;
    const base = 1n << BigInt(b);
    const half = base ** 2n / 2n;
    const offW = base ** 3n / 2n + base / 2n;
    const rho = [...c.rhoI, ...c.rhoT];
    const uRows = u.slice(0, li + lt);
    const uk = u.slice(0, lk);
    const ul = u.slice(lk, lk + 3);
    const ut = u.slice(lk + 3, lk + 3 + lt);
    const limb = (i) => atIndex(ul, i);
    const model = mod(limb(0) + base * limb(1) + base ** 2n * limb(2));
    const result = mod(limb(5) + base * limb(6) + base ** 2n * limb(7));
    const remainder = mod(limb(3) + base * limb(4));
    const forward = mod(limb(1) + base * limb(2));
    const atK = eq(c.rhoK, uk);
    const atRows = eq(r.slice(0, li + lt), uRows);
    const atLimbs = eq(r.slice(0, lk + 3 + lt), u.slice(0, lk + 3 + lt));
    const atTable = eq(r.slice(0, b + 1), u.slice(0, b + 1));
    const atBatchRow = (point) => eq(point, u.slice(lk, lk + li + lb));
    const steps = eq(c.rhoT, ut);
    const update =
      base ** 2n * model * (steps - successor(c.rhoT, ut)) -
      base ** 2n * result * last(c.rhoT) * last(ut) +
      remainder * steps -
      s.d * model * eqBelow(c.rhoT, ut, s.steps);
    return [
      [v.v_Z.plus(half + base / 2n), { zi: base * eq(rho, uRows), rem: eq(rho, uRows) }],
      [v.v_G.plus(half - offW * s.d * below(c.rhoT, s.steps)), { aux: atK * mod(update) }],
      [v.v_S, { h: 1n, haux: 1n }],
      [new Affine(offW), { aux: model * first(ut) * atK, cIn: -atK }],
      [new Affine(offW), { aux: result * last(ut) * atK, cOut: -atK }],
      [v.x1, { cX: eq(r.slice(0, lk), uk) * atBatchRow([...c.rhoI, ...r.slice(lk, lk + lb)]) }],
      [
        v.w1.plus(half),
        {
          aux: eq(r.slice(0, lk), uk) * forward * eq([...r.slice(lk, lk + lb), ...c.rhoT.slice(lb)], ut),
        },
      ],
      [v.x2, { cX: atK * atBatchRow(r.slice(0, li + lb)) }],
      [v.e2, { p: atRows, cY: -eq(r.slice(0, li + lb), u.slice(0, li + lb)) }],
      [v.h, { h: atRows }],
      [v.d1.minus(c.alpha), { rem: atRows }],
      [v.d2.minus(c.alpha + c.beta ** 2n), { zi: atRows, p: c.beta * atRows }],
      [v.haux, { haux: atLimbs }],
      [v.d3.minus(c.alpha), { aux: atLimbs }],
      [v.mult, { mult: atTable }],
      [v.ht, { ht: atTable }],
      [new Affine(v.out), { cTable: atTable }],
    ];
  },
};
