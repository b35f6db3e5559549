import { concat, keccak256 } from "ethers";
import { Affine } from "./affine.js";
import { inverse, mod, power, product, R, word } from "./field.js";

/*
 * The verifier written straight from sections 3 and 4 of docs/proof-system.md, slowly, with every pad's weight kept:
 * what the contracts are compared with. It stops before the curve: its result are the coefficients of the points.
 */

/** Order of the pad's subgroup. */
export const PAD_ORDER = 128n;

/** The statement with its small fields as numbers under `shape`. */
export function withShape(statement) {
  const shape = {};
  for (const name of ["lb", "li", "lk", "lt", "ln", "lq", "b"]) {
    if (name in statement) shape[name] = Number(statement[name]);
  }
  return { ...statement, shape };
}

/** Every message of a proof: name, kind ("point" or "scalar"), offset in bytes, and the message that it belongs to. */
export function manifest(relation, shape) {
  const { n1, n2 } = relation.sizes(shape);
  const messages = [];
  const add = (kind, part, names) => names.forEach((name) => messages.push({ name, kind, part }));
  const down = (n) => Array.from({ length: n }, (_, i) => n - 1 - i);
  add("point", "phase1", ["A", "B", "C", ...relation.phase1]);
  add("point", "phase2", relation.phase2);
  add("scalar", "hidden", relation.hidden);
  for (const k of down(n1))
    add(
      "scalar",
      `s1[${k}]`,
      ["c0", "c2", "c3", "c4"].map((c) => `s1[${k}].${c}`),
    );
  add(
    "scalar",
    "values",
    [...relation.pairs.flat(), ...relation.clear].map((name) => `${name}~`),
  );
  for (const k of down(n2)) add("scalar", `s2[${k}]`, [`s2[${k}].c0`, `s2[${k}].c2`]);
  add("point", "open", ["C_V", "C_nu", ...Array.from({ length: n2 }, (_, k) => `q${k}`)]);
  for (const name of ["R", "Q", "g"]) add("point", name, [name]);
  add("scalar", "ae", ["a", "e"]);
  add("point", "pi", ["pi1", "pi2"]);
  add("point", "delta", ["delta"]);
  let offset = 0;
  for (const message of messages) {
    message.offset = offset;
    offset += message.kind === "point" ? 64 : 32;
  }
  return messages;
}

export const proofBytes = (messages) => messages.reduce((n, m) => n + (m.kind === "point" ? 64 : 32), 0);

/** abi.encode(domain, statement) as hex. */
export function encodeStatement(relation, s) {
  const points = relation.statementPoints.flatMap((name) => [s[name].x, s[name].y]);
  const setup = [s.tau2, s.xi2].flatMap((p) => [p.xIm, p.xRe, p.yIm, p.yRe]);
  return "0x" + [relation.domain, ...relation.fields.map((f) => s[f]), ...points, ...setup].map(word).join("");
}

class Transcript {
  constructor(encoded) {
    this.state = keccak256(encoded);
    this.drawn = [];
  }

  absorb(hex) {
    this.state = keccak256(concat([this.state, hex]));
  }

  draw(name) {
    this.state = keccak256(this.state);
    const value = BigInt(this.state) % R;
    this.drawn.push({ name, value });
    return value;
  }
}

/** Replays the transcript: challenges by name, and all of them in order under `drawn`. */
export function replay(relation, s, proof) {
  const messages = manifest(relation, s.shape);
  const transcript = new Transcript(encodeStatement(relation, s));
  const part = (name) => {
    const mine = messages.filter((m) => m.part === name);
    const end = mine.at(-1).offset + (mine.at(-1).kind === "point" ? 64 : 32);
    transcript.absorb("0x" + proof.slice(2 + 2 * mine[0].offset, 2 + 2 * end));
  };
  const c = { r: [], u: [] };
  const vector = ([name, size]) => {
    if (size === undefined) c[name] = transcript.draw(name);
    else c[name] = Array.from({ length: size }, (_, k) => transcript.draw(`${name}[${k}]`));
  };
  const { n1, n2 } = relation.sizes(s.shape);
  part("phase1");
  relation.challenges1(s.shape).forEach(vector);
  part("phase2");
  relation.challenges2(s.shape).forEach(vector);
  part("hidden");
  vector(["gamma"]);
  const rounds = (letter, sum, n) => {
    for (let k = n - 1; k >= 0; k--) {
      part(`${sum}[${k}]`);
      c[letter][k] = transcript.draw(`${letter}[${k}]`);
    }
  };
  rounds("r", "s1", n1);
  part("values");
  vector(["lambda"]);
  rounds("u", "s2", n2);
  for (const [name, challenge] of [
    ["open", "eta"],
    ["R", "kappa"],
    ["Q", "y"],
    ["g", "x"],
    ["ae", "z"],
    ["pi", "w"],
  ]) {
    part(name);
    vector([challenge]);
  }
  return { ...c, drawn: transcript.drawn };
}

/** The slot of each padded message: pairs share an index, the others follow in order of sending. */
export function slots(relation, shape) {
  const result = {};
  relation.pairs.forEach((pair, j) => pair.forEach((name, i) => (result[`${name}~`] = `${"ab"[i]}_${j}`)));
  manifest(relation, shape)
    .filter((m) => m.kind === "scalar" && (m.part === "hidden" || /^s[12]\[/.test(m.part)))
    .forEach((m, q) => (result[m.name] = `${"ab"[q % 2]}_${relation.pairs.length + (q >> 1)}`));
  return result;
}

/** The combined equation of section 4.4: K0, theta and every pad's weight. */
export function combinedEquation(relation, s, c, sent) {
  const { n1, n2 } = relation.sizes(s.shape);
  const slotOf = slots(relation, s.shape);
  const value = (name) => Affine.padded(sent[name], slotOf[name]);
  const v = {};
  relation.hidden.forEach((name) => (v[name] = value(name)));
  relation.pairs.flat().forEach((name) => (v[name] = value(`${name}~`)));
  relation.clear.forEach((name) => (v[name] = sent[`${name}~`]));
  const pair = (j) => Affine.pair(sent[`${relation.pairs[j][0]}~`], sent[`${relation.pairs[j][1]}~`], j);
  const round = (claim, challenge, coefficients) => {
    let linear = claim.minus(coefficients[0].times(2n));
    for (const coefficient of coefficients.slice(2)) linear = linear.minus(coefficient);
    const all = [coefficients[0], linear, ...coefficients.slice(2)];
    return all.reduce((acc, form, d) => acc.plus(form.times(power(challenge, BigInt(d)))), new Affine());
  };
  // a sum's claim is 0, a hidden value or a public number
  const sums = relation.sums(s.shape, s);
  let claim = new Affine();
  sums.forEach(([, claimed = 0n], j) => {
    const form = typeof claimed === "string" ? v[claimed] : new Affine(claimed);
    claim = claim.plus(form.times(power(c.gamma, BigInt(j))));
  });
  for (let k = n1 - 1; k >= 0; k--) {
    const [c0, c2, c3, c4] = ["c0", "c2", "c3", "c4"].map((d) => value(`s1[${k}].${d}`));
    claim = round(claim, c.r[k], [c0, null, c2, c3, c4]);
  }
  relation.summands(s, c, c.r, v, pair).forEach((form, j) => {
    const tail = product(c.r.slice(sums[j][0]).map((x) => mod(1n - x)));
    claim = claim.minus(form.times(power(c.gamma, BigInt(j)) * tail));
  });
  const equations = [claim, ...relation.equations(v, pair)];
  const claims = relation.claims(s, c, c.r, c.u, v);
  let second = claims.reduce((acc, [form], i) => acc.plus(form.times(power(c.lambda, BigInt(i)))), new Affine());
  for (let k = n2 - 1; k >= 0; k--) {
    second = round(second, c.u[k], [value(`s2[${k}].c0`), null, value(`s2[${k}].c2`)]);
  }
  equations.push(second.times(-1n));
  const form = equations.reduce((acc, e, i) => acc.plus(e.times(power(c.eta, BigInt(i)))), new Affine());
  const columns = {};
  claims.forEach(([, weights], i) => {
    for (const [name, weight] of Object.entries(weights)) {
      columns[name] = mod((columns[name] ?? 0n) + power(c.lambda, BigInt(i)) * weight);
    }
  });
  return { form, theta: power(c.eta, BigInt(equations.length - 1)), columns };
}

const phi = (m, x) => {
  let result = 1n;
  for (let i = 0; i < m; i++) result = mod(result * (1n + power(x, 1n << BigInt(i))));
  return result;
};

/** L_j(x) of the pad's subgroup. */
export function lagrange(j, x) {
  const root = power(power(5n, (R - 1n) / PAD_ORDER), BigInt(j));
  return mod((power(x, PAD_ORDER) - 1n) * root * inverse(mod(PAD_ORDER * (x - root))));
}

/** Coefficients, by name, of the points in `P1 + x pi_1 + w (P2 + pi_2 / x)`; `G` is the generator's. */
export function pointCoefficients(relation, s, c, sent, { form, theta, columns }) {
  const { n2 } = relation.sizes(s.shape);
  const { x, y, z, w, u, kappa } = c;
  const xInverse = inverse(x);
  const order = inverse(PAD_ORDER);
  const at = { a: 0n, b: 0n, c: 0n };
  for (const [slot, weight] of Object.entries(form.weights)) {
    const [kind, j] = slot.split("_");
    at[kind] = mod(at[kind] + weight * lagrange(Number(j), x));
  }
  const result = {};
  const add = (name, value) => (result[name] = mod((result[name] ?? 0n) + value));
  const bound = (k) => z ** 3n * power(y, BigInt(k));
  const degree = (size) => power(xInverse, size - 1n);
  Object.entries(columns).forEach(([name, weight]) => add(name, weight));
  add("C_V", -phi(n2, x));
  for (let k = 0; k < n2; k++) {
    const step = power(x, 1n << BigInt(k));
    add(`q${k}`, -(step * phi(n2 - k - 1, power(x, 2n << BigInt(k))) - u[k] * phi(n2 - k, step)));
    add(`q${k}`, bound(k) * degree(1n << BigInt(k)));
  }
  add("B", z * (sent.a + kappa * at.b));
  add("C", z * (kappa * at.c - 1n));
  add("G", z * kappa * (sent.a * at.a + form.constant * order));
  add("C_V", z * kappa * theta * order);
  add("R", -z * kappa * x);
  add("Q", -z * (power(x, PAD_ORDER) - 1n));
  add("A", z ** 2n);
  add("G", -(z ** 2n) * sent.a);
  add("R", bound(n2) * degree(PAD_ORDER - 1n));
  add("C_V", bound(n2 + 1));
  add("C_nu", bound(n2 + 2));
  relation.externals(s.shape).forEach(([name, variables], j) => {
    add(name, bound(n2 + 3 + j) * degree(1n << BigInt(variables)));
  });
  add("G", -(z ** 3n) * sent.e - w * sent.e);
  add("g", w);
  add("pi1", x);
  add("pi2", w * xInverse);
  return { coefficients: result, weightsAtX: at };
}

/** Everything that the verifier computes before it touches the curve. */
export function trace(relation, statement, proof) {
  const s = withShape(statement);
  const c = replay(relation, s, proof);
  const sent = {};
  for (const { name, kind, offset } of manifest(relation, s.shape)) {
    if (kind === "scalar") sent[name] = BigInt("0x" + proof.slice(2 + 2 * offset, 66 + 2 * offset));
  }
  const equation = combinedEquation(relation, s, c, sent);
  return { challenges: c, sent, ...equation, ...pointCoefficients(relation, s, c, sent, equation) };
}
