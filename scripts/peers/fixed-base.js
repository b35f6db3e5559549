// Multiples of a group's generator, for the setups of the peers: one mixed addition for each byte of a scalar, in ffjavascript's WebAssembly.

const BYTES = 32;
const BATCH = 4096;
const MEMORY_PAGES = 128; // 8 MiB: the table, a batch, and what batchToAffine needs beside it

/** Little-endian bytes of the scalars, one after the other. */
export function littleEndian(scalars) {
  const words = new BigUint64Array((scalars.length * BYTES) / 8);
  scalars.forEach((scalar, i) => {
    for (let j = 0; j < 4; j++, scalar >>= 64n) words[4 * i + j] = scalar; // the array keeps the low 64 bits
  });
  return new Uint8Array(words.buffer);
}

/**
 * @param curve a single-threaded one of ffjavascript
 * @param name "G1" or "G2"
 * @returns a function from scalars (BigInt, reduced) to affine points, as bytes in ffjavascript's internal form
 */
export function fixedBase(curve, name) {
  const { tm, F, g, gAffine } = curve[name];
  const call = (operation) => tm.instance.exports[`${name.toLowerCase()}m_${operation}`];
  const [add, zero, toAffine] = ["addMixed", "zero", "batchToAffine"].map(call);
  const point = 3 * F.n8;
  const affine = 2 * F.n8;
  tm.memory.grow(MEMORY_PAGES);
  tm.u8 = new Uint8Array(tm.memory.buffer);
  tm.u32 = new Uint32Array(tm.memory.buffer);
  const table = tm.alloc(BYTES * 256 * affine);
  const points = tm.alloc(BATCH * point);
  const results = tm.alloc(BATCH * affine);

  // row j holds 0 to 255 times 2^(8 j)
  const step = tm.alloc(affine);
  const next = tm.alloc(point);
  tm.u8.set(gAffine ?? curve[name].toAffine(g), step);
  for (let j = 0; j < BYTES; j++) {
    zero(points);
    for (let d = 1; d < 256; d++) add(points + (d - 1) * point, step, points + d * point);
    toAffine(points, 256, table + j * 256 * affine);
    add(points + 255 * point, step, next);
    toAffine(next, 1, step);
  }

  return (scalars) => {
    const out = new Uint8Array(scalars.length * affine);
    for (let first = 0; first < scalars.length; first += BATCH) {
      const batch = scalars.slice(first, first + BATCH);
      littleEndian(batch).forEach((digit, i) => {
        const at = points + Math.floor(i / BYTES) * point;
        if (i % BYTES === 0) zero(at);
        if (digit > 0) add(at, table + ((i % BYTES) * 256 + digit) * affine, at);
      });
      toAffine(points, batch.length, results);
      out.set(tm.u8.subarray(results, results + batch.length * affine), first * affine);
    }
    return out;
  };
}
