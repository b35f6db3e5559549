/** Order of BN254's groups, modulus of the scalars. */
export const R = 21888242871839275222246405745257275088548364400416034343698204186575808495617n;

/** Modulus of the coordinates. */
export const Q = 21888242871839275222246405745257275088696311157297823662689037894645226208583n;

export const mod = (value, modulus = R) => ((value % modulus) + modulus) % modulus;

export function power(base, exponent, modulus = R) {
  let result = 1n;
  for (let b = mod(base, modulus), e = exponent; e > 0n; e >>= 1n, b = (b * b) % modulus) {
    if (e & 1n) result = (result * b) % modulus;
  }
  return result;
}

export function inverse(value) {
  if (mod(value) === 0n) throw new RangeError("0 has no inverse");
  return power(value, R - 2n);
}

export const product = (factors) => factors.reduce((a, b) => mod(a * b), 1n);
export const sum = (terms) => mod(terms.reduce((a, b) => a + b, 0n));

/** A 32-byte word in hex, without 0x. */
export const word = (value) => BigInt(value).toString(16).padStart(64, "0");
