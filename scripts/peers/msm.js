// ffjavascript's sums of multiples of points (as snarkjs uses them): node msm.js FOLDER. A line of standard input names a case of
// PeerBenchmark.java, which wrote the folder; a line of JSON answers it.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { buildBn128 } from "ffjavascript";

const POINT_BYTES = 64;
const SCALAR_BYTES = { full: 32, "16bit": 2 }; // time grows with the width of the buffer
const WARM_UP_SECONDS = 2;
const MEASURED_SECONDS = 1;

const [folder] = process.argv.slice(2);
const { G1 } = await buildBn128();
const buffers = Object.fromEntries(["points", ...Object.keys(SCALAR_BYTES)].map((name) => [name, read(name)]));

function read(name) {
  return new Uint8Array(readFileSync(`${folder}/${name}`));
}

function sum(kind, log) {
  const points = buffers.points.subarray(0, POINT_BYTES << log);
  return G1.multiExpAffine(points, buffers[kind].subarray(0, SCALAR_BYTES[kind] << log));
}

/** The median of several runs, or the time of the only one, and the sum. */
async function measure(kind, log, least) {
  const runs = [];
  let result;
  for (let total = 0; total < least; total += runs.at(-1)) {
    const started = performance.now();
    result = await sum(kind, log);
    runs.push((performance.now() - started) / 1000);
  }
  const bytes = new Uint8Array(POINT_BYTES);
  G1.toRprUncompressed(bytes, 0, result);
  return { seconds: runs.sort((a, b) => a - b)[runs.length >> 1], sum: Buffer.from(bytes).toString("hex") };
}

await measure("full", 13, WARM_UP_SECONDS); // compiled ahead of time: one size is as good as another
for await (const name of createInterface({ input: process.stdin })) {
  const [, kind, log] = /^msm-(full|16bit)-2\^(\d+)$/.exec(name);
  console.log(JSON.stringify({ case: name, ...(await measure(kind, Number(log), MEASURED_SECONDS)) }));
}
process.exit(); // the threads would wait for more
