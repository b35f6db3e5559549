// A Groth16 proving key from known secrets, for benchmarks only: whoever knows them forges proofs. Each of its points is a multiple of a
// generator whose scalar can be computed, which takes a minute or two where a ceremony's tools take hours.
//   node groth16-setup.js CIRCUIT.r1cs KEY.zkey
import { renameSync } from "node:fs";
import { buildBn128 } from "ffjavascript";
import { fixedBase, littleEndian } from "./fixed-base.js";
import { readSections, words, writeSections } from "./iden3-file.js";

const curve = await buildBn128(true);
const r = BigInt(curve.r);
const R2 = 2n ** 512n % r; // coefficients are stored twice in Montgomery form

const mod = (x) => ((x % r) + r) % r;
const power = (x, e) => {
  let result = 1n;
  for (; e > 0n; e >>= 1n, x = (x * x) % r) if (e & 1n) result = (result * x) % r;
  return result;
};
const inverse = (x) => power(x, r - 2n);

const TAU = power(3n, 1_000_003n);
const ALPHA = power(5n, 1_000_003n);
const BETA = power(7n, 1_000_003n);

/** The Lagrange polynomials at TAU of every place start * root^i in the subgroup of that order, for i < count. */
function lagrange(order, start, root, count) {
  const places = [start];
  while (places.length < count) places.push((places.at(-1) * root) % r);
  const factor = mod((power(TAU, BigInt(order)) - 1n) * inverse(BigInt(order)));
  const before = [1n]; // products of the denominators so far, for one inversion in all
  places.forEach((x, i) => before.push((before[i] * mod(TAU - x)) % r));
  let rest = inverse(before[count]);
  for (let i = count - 1; i >= 0; i--) {
    const x = places[i];
    places[i] = (((((x * factor) % r) * rest) % r) * before[i]) % r;
    rest = (rest * mod(TAU - x)) % r;
  }
  return places;
}

function readCircuit(file) {
  const { 1: header, 2: constraints } = readSections(file);
  const at = 4 + header.readUInt32LE(0);
  return {
    wires: header.readUInt32LE(at),
    publics: header.readUInt32LE(at + 4) + header.readUInt32LE(at + 8),
    constraints: header.readUInt32LE(at + 24),
    /** Calls visit(matrix 0 to 2, constraint, wire, coefficient) for every entry. */
    forEachEntry(visit) {
      let o = 0;
      for (let constraint = 0; constraint < this.constraints; constraint++) {
        for (let matrix = 0; matrix < 3; matrix++) {
          const count = constraints.readUInt32LE(o);
          o += 4;
          for (let i = 0; i < count; i++, o += 36) {
            let coefficient = 0n;
            for (let limb = 3; limb >= 0; limb--)
              coefficient = (coefficient << 64n) | constraints.readBigUInt64LE(o + 4 + 8 * limb);
            visit(matrix, constraint, constraints.readUInt32LE(o), coefficient);
          }
        }
      }
      // makes the public wires independent of each other in A
      for (let wire = 0; wire <= this.publics; wire++) visit(0, this.constraints + wire, wire, 1n);
    },
  };
}

const [circuitFile, keyFile] = process.argv.slice(2);
const circuit = readCircuit(circuitFile);
const { wires, publics } = circuit;
const logSize = Math.ceil(Math.log2(circuit.constraints + publics + 1));
const size = 2 ** logSize;
const root = (k) => BigInt(curve.Fr.toObject(curve.Fr.w[k]));

const basis = lagrange(size, 1n, root(logSize), size);
const columns = [0, 1, 2].map(() => Array(wires).fill(0n)); // the wires' polynomials in A, B, C at TAU
const entries = [];
circuit.forEachEntry((matrix, constraint, wire, coefficient) => {
  columns[matrix][wire] = (columns[matrix][wire] + coefficient * basis[constraint]) % r;
  if (matrix < 2)
    entries.push(Buffer.concat([words(matrix, constraint, wire), littleEndian([(coefficient * R2) % r])]));
});
const [a, b, c] = columns;
const sums = a.map((_, i) => (BETA * a[i] + ALPHA * b[i] + c[i]) % r);

const g1 = fixedBase(curve, "G1");
const g2 = fixedBase(curve, "G2");
const modulus = (m) => Buffer.concat([words(32), littleEndian([BigInt(m)])]);
// gamma = delta = 1, as in a key that nobody has contributed to yet
const header = [modulus(curve.q), modulus(r), words(wires, publics, size)];
header.push(g1([ALPHA, BETA]), g2([BETA, 1n]), g1([1n]), g2([1n]));
const sections = [
  [1, [words(1)]],
  [2, header],
  [3, [g1(sums.slice(0, publics + 1))]],
  [4, [words(entries.length), Buffer.concat(entries)]],
  [5, [g1(a)]],
  [6, [g1(b)]],
  [7, [g2(b)]],
  [8, [g1(sums.slice(publics + 1))]],
  [9, [g1(lagrange(2 * size, root(logSize + 1), root(logSize), size))]], // A B - C vanishes at the even places of the double subgroup
  [10, [Buffer.alloc(64), words(0)]],
];
writeSections(`${keyFile}.part`, "zkey", 1, sections);
renameSync(`${keyFile}.part`, keyFile);
process.exit();
