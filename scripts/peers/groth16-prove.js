// Proves and verifies once: node groth16-prove.js ROWS FOLDER
import { readFileSync } from "node:fs";
import { groth16, wtns, zKey } from "snarkjs";
import { inputs } from "./statement.js";

const [rows, folder] = process.argv.slice(2);
const seconds = (from) => (performance.now() - from) / 1000;
const key = `${folder}/key.zkey`;
const witness = `${folder}/witness.wtns`;

const started = performance.now();
await wtns.calculate(inputs(Number(rows)), `${folder}/circuit_js/circuit.wasm`, witness);
const witnessSeconds = seconds(started);

const calculated = performance.now();
const { proof, publicSignals } = await groth16.prove(key, witness);
const proofSeconds = seconds(calculated);

if (!(await groth16.verify(await zKey.exportVerificationKey(key), publicSignals, proof))) {
  throw new Error("snarkjs rejects its proof");
}
const constraints = Number(readFileSync(`${folder}/constraints`, "utf8"));
console.log(JSON.stringify({ seconds: proofSeconds, witnessSeconds, constraints }));
process.exit(); // ffjavascript's threads would wait for more
