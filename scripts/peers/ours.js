// Our prover: whole proofs by the command line, as scripts/bench.sh makes them, each in a fresh JVM.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { ROOT, TARGET } from "./cache.js";
import { run } from "./process.js";
import { csv, RATE } from "./statement.js";

const LOG_SETUP = 17; // the activation's table alone has 2^17 values
const DEPLOYMENT = `${ROOT}scripts/lib/any-deployment.json`; // addresses that nobody looks at
const ENVIRONMENT = { ZKML_PASSPHRASE: "benchmark-only" }; // the vaults hold nothing but public data

function zkml(...args) {
  return run(`${ROOT}zkml`, [...args, "--json"], { env: ENVIRONMENT });
}

/** A workspace with so many rows committed, and the task of one step on all of them. */
export async function prepare(rows) {
  const folder = `${TARGET}/ours-${rows}`;
  const setup = `${TARGET}/setup-${LOG_SETUP}.srs`;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(TARGET, { recursive: true });
  if (!existsSync(setup)) await zkml("setup", "dev", "--power", String(LOG_SETUP), setup);
  await zkml("init", "-w", folder);
  const input = (name, text) => {
    writeFileSync(`${folder}/${name}`, text);
    return `${folder}/${name}`;
  };
  await zkml("connect", "-w", folder, "--deployment", DEPLOYMENT, "--setup", setup);
  const data = input("rows.csv", csv(rows));
  const schema = input("rows-schema.json", readFileSync(`${ROOT}data/schemas/wdbc.json`));
  const commitment = JSON.parse((await zkml("commit", data, "-w", folder, "--schema", schema)).stdout);
  const shape = { lb: 0, lk: 5, lt: 0, steps: 1, b: 16, kind: "logistic", rate: RATE, decay: "0" };
  const task = { format: "zkml-task/1", campaignId: "1", round: 0, schemaHash: commitment.schemaHash, ...shape };
  input("task.json", JSON.stringify(task));
  return folder;
}

/** One proof, verified by the process that made it. Seconds are the sum of its phases, without the start of the JVM and the vault's key. */
export async function prove(folder) {
  const proving = zkml("prove", "-w", folder, "--task", `${folder}/task.json`, "--out", `${folder}/proof`, "--force");
  const { stdout, seconds, peakMiB } = await proving;
  return { seconds: JSON.parse(stdout).millis / 1000, processSeconds: seconds, peakMiB };
}
