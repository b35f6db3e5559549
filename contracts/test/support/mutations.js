import { Q, R, word } from "./field.js";

const read = (proof, offset) => BigInt("0x" + proof.slice(2 + 2 * offset, 66 + 2 * offset));

/** The proof with the words from `offset` on replaced. */
export function splice(proof, offset, words) {
  const text = words.map(word).join("");
  return proof.slice(0, 2 + 2 * offset) + text + proof.slice(2 + 2 * offset + text.length);
}

const FALSE = { error: "OpeningEquationFalse", args: [] };

function scalarMutations(proof, { offset }, other) {
  const value = read(proof, offset);
  const replaced = (mutation, scalar) => ({ mutation, proof: splice(proof, offset, [scalar]), ...FALSE });
  const refused = (mutation, scalar) => ({
    mutation,
    proof: splice(proof, offset, [scalar]),
    error: "NonCanonicalScalar",
    args: [offset, scalar],
  });
  const mutations = [
    replaced("replaced", (value + 1n) % R),
    replaced("negated", (R - value) % R),
    replaced("zero", 0n),
    refused("plus r", value + R),
    refused("r itself", R),
    refused("all ones", 2n ** 256n - 1n),
  ];
  if (other) {
    const neighbour = read(proof, other.offset);
    mutations.push({
      mutation: `swapped with ${other.name}`,
      proof: splice(splice(proof, offset, [neighbour]), other.offset, [value]),
      ...FALSE,
    });
  }
  return mutations;
}

function pointMutations(proof, { offset }, other, generator) {
  const x = read(proof, offset);
  const y = read(proof, offset + 32);
  const put = (mutation, words, expected = FALSE) => ({ mutation, proof: splice(proof, offset, words), ...expected });
  const nonCanonical = (a, b) => ({ error: "NonCanonicalPoint", args: [offset, a, b] });
  const offCurve = (a, b) => ({ error: "PointNotOnCurve", args: [offset, a, b] });
  const mutations = [
    put("replaced", [generator.x, generator.y]),
    put("negated", [x, Q - y]),
    put("infinity", [0n, 0n]),
    put("x plus q", [x + Q, y], nonCanonical(x + Q, y)),
    put("y plus q", [x, y + Q], nonCanonical(x, y + Q)),
    put("infinity as (q, 0)", [Q, 0n], nonCanonical(Q, 0n)),
    put("off the curve", [x, (y + 1n) % Q], offCurve(x, (y + 1n) % Q)),
    put("coordinates swapped", [y, x], offCurve(y, x)),
  ];
  if (other) {
    const neighbour = [read(proof, other.offset), read(proof, other.offset + 32)];
    mutations.push({
      mutation: `swapped with ${other.name}`,
      proof: splice(splice(proof, offset, neighbour), other.offset, [x, y]),
      ...FALSE,
    });
  }
  return mutations;
}

/** Every mutation of one message, with the error that must reject it. `next` is the following message of its kind. */
export function mutationsOf(proof, message, next, generator) {
  if (message.kind === "scalar") return scalarMutations(proof, message, next);
  return pointMutations(proof, message, next, generator);
}
