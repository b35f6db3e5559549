// Verifies the proofs that scripts/bench.sh made on a chain of Hardhat's, and prints its cases as a table (and as JSON to a file).
import { readFileSync, writeFileSync } from "node:fs";
import { network } from "hardhat";
import { fits, series } from "./lib/scaling.js";
import { RELATIONS } from "../contracts/test/support/relations.js";

const { ethers } = await network.getOrCreate();
const [signer] = await ethers.getSigners();
const folder = process.env.ZKML_BENCH_FOLDER;

/** Gas of a transaction that does nothing but call the verifier, which reverts unless the proof is valid. */
async function verificationGas(statement, proof) {
  const entry = RELATIONS.find(({ relation }) => relation.name === statement.relation);
  const verifier = await ethers.deployContract(entry.verifier);
  const transaction = await verifier.verify.populateTransaction(entry.fromVector(statement), proof);
  return Number((await (await signer.sendTransaction(transaction)).wait()).gasUsed);
}

const results = [];
for (const name of process.env.ZKML_BENCH_CASES.split(" ")) {
  const read = (file) => readFileSync(`${folder}/${name}/${file}`);
  const [processSeconds, peakMiB, run] = read("median").toString().trim().split(" ").map(Number);
  const proof = read("proof/proof.bin");
  const gas = await verificationGas(JSON.parse(read("proof/statement.json")), "0x" + proof.toString("hex"));
  const result = JSON.parse(read(`result-${run}.json`));
  const phases = Object.fromEntries(Object.entries(result.phases).map(([phase, ms]) => [phase, ms / 1000]));
  const seconds = result.millis / 1000;
  results.push({ case: name, seconds, processSeconds, peakMiB, proofBytes: proof.length, gas, phases });
}

if (process.env.ZKML_BENCH_JSON) {
  writeFileSync(process.env.ZKML_BENCH_JSON, JSON.stringify(results, null, 2) + "\n");
}
console.log("case                    seconds  process  peak MiB  bytes      gas");
for (const r of results) {
  console.log(
    r.case.padEnd(22) +
      r.seconds.toFixed(2).padStart(9) +
      r.processSeconds.toFixed(2).padStart(9) +
      String(r.peakMiB).padStart(10) +
      String(r.proofBytes).padStart(7) +
      String(r.gas).padStart(9),
  );
  console.log(
    "  " +
      Object.entries(r.phases)
        .map(([phase, s]) => `${phase} ${s.toFixed(2)}`)
        .join(", "),
  );
}

const points = series(results);
if (points.length > 3) {
  const { all, upper } = fits(points);
  const exponents = `${all.exponent.toFixed(3)}, of the upper half ${upper.exponent.toFixed(3)}`;
  console.log(`scaling: seconds grow as row-steps to the power ${exponents}`);
}
