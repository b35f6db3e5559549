// Measures peers and our prover in turn: scripts/bench-peers.sh, which see, passes its arguments on.
import { renameSync, writeFileSync } from "node:fs";
import { delimiter } from "node:path";
import { parseArgs } from "node:util";
import { HERE, ROOT, TARGET } from "./cache.js";
import * as groth16 from "./groth16.js";
import * as honk from "./honk.js";
import * as ours from "./ours.js";
import { Server } from "./process.js";
import * as product from "./product.js";

const QUICK = { groth16Rows: [64], honkRows: [64], full: [14], small: [16] };
const ALL = { groth16Rows: [64, 256], honkRows: [64, 256, 1024], full: [14, 16, 18, 20], small: [16, 18, 20] };
const JAVA = ["--add-modules", "jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED", "-Xmx3g", "-Xlog:disable"];

class UsageError extends Error {}

/** Both prove one step on so many rows; each proof is of a process of its own. */
function wholeProof(peer, prover, rows) {
  return {
    peer,
    name: `train-step-${rows}`,
    async prepare() {
      const key = await prover.prepare(rows);
      const workspace = await ours.prepare(rows);
      return { peer: () => prover.prove(rows, key), ours: () => ours.prove(workspace) };
    },
  };
}

/** Both add up the same multiples of the same points, in processes that stay. */
function sum(kind, log) {
  const name = `msm-${kind}-2^${log}`;
  return {
    peer: "ffjavascript",
    name,
    log,
    async prepare(servers) {
      const expected = (await servers.ours().ask(name)).sum; // warms the JVM up; it has written the points then
      const ask = async (server) => {
        const { sum, ...measured } = await server().ask(name);
        if (sum !== expected) throw new Error(`the sums differ: ${sum} and ${expected}`);
        return measured;
      };
      return { peer: () => ask(servers.peer), ours: () => ask(servers.ours) };
    },
  };
}

/** A product in Fq by one thread, our kernel against the C compiler's code. */
function fieldProduct(kernel) {
  const name = `fq-${kernel}`;
  return {
    peer: "gcc",
    name,
    missing: product.missing,
    async prepare(servers) {
      await product.prepare();
      await servers.ours().ask(name); // warms the JVM up
      return { peer: product.measure, ours: () => servers.ours().ask(name) };
    },
  };
}

/** Processes that answer for warm code, started when first asked for. */
function warmServers(log) {
  const folder = `${TARGET}/points-${log}`;
  const classes = ["zkml.jar", "test-classes"].map((file) => `${ROOT}prover/target/${file}`).join(delimiter);
  const benchmark = ["-cp", classes, "org.zkml.prover.msm.PeerBenchmark", folder, String(log)];
  const commands = {
    ours: [`${process.env.JAVA_HOME}/bin/java`, [...JAVA, ...benchmark]],
    peer: [process.execPath, ["--import", `${HERE}cores.js`, `${HERE}msm.js`, folder]],
  };
  const started = {};
  const start = (name) => () => (started[name] ??= new Server(...commands[name]));
  return {
    ours: start("ours"),
    peer: start("peer"),
    close: () => Object.values(started).forEach((server) => server.close()),
  };
}

function options() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { json: { type: "string" }, runs: { type: "string", default: "1" }, quick: { type: "boolean" } },
  });
  const runs = Number(values.runs);
  if (!Number.isInteger(runs) || runs < 1) throw new UsageError(`--runs ${values.runs}: a number from 1 on`);
  return { ...values, runs, cases: select(values.quick ? QUICK : ALL, positionals) };
}

/** The cases whose name or peer begins with one of the words; all without a word. */
function select({ groth16Rows, honkRows, full, small }, words) {
  const cases = [
    ...groth16Rows.map((n) => wholeProof("snarkjs-groth16", groth16, n)),
    ...honkRows.map((n) => wholeProof("bb-ultrahonk", honk, n)),
    ...full.map((log) => sum("full", log)),
    ...small.map((log) => sum("16bit", log)),
    ...["vector", "scalar"].map(fieldProduct),
  ];
  const fits = (word) => (one) => one.name.startsWith(word) || one.peer.startsWith(word);
  for (const word of words) {
    if (!cases.some(fits(word))) {
      const known = [...new Set(cases.flatMap(({ name, peer }) => [name, peer]))].join(" ");
      throw new UsageError(`no case ${word}; there are ${known}`);
    }
  }
  return words.length === 0 ? cases : cases.filter((one) => words.some((word) => fits(word)(one)));
}

async function measure(one, runs, servers) {
  const sides = await one.prepare(servers);
  const results = { peer: [], ours: [] };
  for (let run = 1; run <= runs; run++) {
    for (const side of ["peer", "ours"]) results[side].push(await sides[side]());
    const seconds = (side) => time(results[side].at(-1).seconds);
    console.error(`${one.name} ${run}/${runs}: ${one.peer} ${seconds("peer")}, ours ${seconds("ours")}`);
  }
  const median = (list) => list.sort((a, b) => a.seconds - b.seconds)[(list.length - 1) >> 1];
  const { seconds, case: _, ...more } = median(results.peer);
  const { seconds: oursSeconds, processSeconds: oursProcessSeconds, peakMiB: oursPeakMiB } = median(results.ours);
  const ratio = Number((seconds / oursSeconds).toPrecision(4));
  const mine = { oursSeconds, oursProcessSeconds, oursPeakMiB };
  return { peer: one.peer, case: one.name, seconds, ratio, unit: "s", runs, ...more, ...mine };
}

function time(seconds) {
  if (seconds < 1e-6) return `${(seconds * 1e9).toFixed(1)} ns`;
  return seconds < 1 ? `${(seconds * 1e3).toFixed(1)} ms` : `${seconds.toFixed(2)} s`;
}

function printTable(results) {
  const rows = results.map((r) => {
    const proof = r.constraints ? [`${r.constraints} constraints`, `${r.peakMiB} and ${r.oursPeakMiB} MiB`] : [];
    return [r.case, r.peer, time(r.seconds), time(r.oursSeconds), r.ratio.toFixed(2), proof.join(", ")];
  });
  const table = [["case", "peer", "peer's", "ours", "ratio", ""], ...rows];
  const widths = table[0].map((_, column) => Math.max(...table.map((row) => row[column].length)));
  const cell = (text, column) => (column < 2 || column > 4 ? text.padEnd : text.padStart).call(text, widths[column]);
  table.forEach((row) => console.log(row.map(cell).join("  ").trimEnd()));
}

async function main() {
  const { cases, runs, json } = options();
  const servers = warmServers(Math.max(10, ...cases.map(({ log = 0 }) => log)));
  const results = [];
  let failed = false;
  for (const one of cases) {
    try {
      const reason = await one.missing?.();
      if (reason) console.error(`${one.name}: left out, ${reason}`);
      else results.push(await measure(one, runs, servers));
    } catch (error) {
      failed = true;
      console.error(`${one.name}, ${one.peer}: ${error.message}`);
    }
  }
  servers.close();
  if (json) {
    writeFileSync(`${json}.part`, JSON.stringify(results, null, 2) + "\n");
    renameSync(`${json}.part`, json);
  }
  printTable(results);
  return failed ? 1 : 0;
}

main().then(
  (code) => process.exit(code),
  (error) => {
    const usage = error instanceof UsageError || error.code?.startsWith("ERR_PARSE_ARGS");
    console.error(`bench-peers.sh: ${usage ? `${error.message} (see --help)` : error.stack}`);
    process.exit(usage ? 2 : 1);
  },
);
