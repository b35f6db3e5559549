// Writes the tables of docs/performance.md and docs/images/scaling.svg from docs/figures/: node scripts/performance-table.js
// A table is what stands between <!-- NAME --> and <!-- end -->. What was not measured is left out and said so.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fits, plot, series } from "./lib/scaling.js";

const docs = new URL("../docs/", import.meta.url);
const PAGE = new URL("performance.md", docs);

function figures(name) {
  const file = new URL(`figures/${name}.json`, docs);
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : [];
}

function table(head, rows) {
  if (rows.length === 0) return "Not measured yet.";
  const line = (cells) => `| ${cells.join(" | ")} |`;
  const rule = `|${head.map((_, i) => (i === 0 ? "---" : "---:")).join("|")}|`;
  return [line(head), rule, ...rows.map(line)].join("\n");
}

const digits = (value) => (value >= 1000 ? value.toFixed(0) : value.toPrecision(3));
const thousands = (gas) => `${Math.round(gas / 1000)} k`;

function kernels(classes) {
  const chosen = figures("kernels").filter((result) => classes.some((name) => result.case.startsWith(`${name}.`)));
  return table(
    ["benchmark", "time", "±"],
    chosen.map((r) => [`\`${r.case}\``, `${digits(r.score)} ${r.unit}`, r.error === null ? "" : digits(r.error)]),
  );
}

function proofs(results) {
  const phases = [...new Set(results.flatMap((r) => Object.keys(r.phases)))];
  const cell = (seconds) => (seconds === undefined ? "" : seconds.toFixed(2));
  return table(
    ["case", "seconds", "process", "peak MiB", "bytes", "gas", ...phases],
    results.map((r) => [
      r.case,
      r.seconds.toFixed(2),
      r.processSeconds.toFixed(2),
      r.peakMiB,
      r.proofBytes,
      thousands(r.gas),
      ...phases.map((phase) => cell(r.phases[phase])),
    ]),
  );
}

function gas() {
  const snapshot = JSON.parse(readFileSync(new URL("../contracts/gas-snapshot.json", docs), "utf8"));
  const ours = Object.entries(snapshot)
    .filter(([name]) => name.includes("Verifier.verify"))
    .map(([name, value]) => [`**zkML** ${name}`, thousands(value), "contracts/gas-snapshot.json"]);
  const published = figures("published-gas").map((p) => [p.verifier, p.gas, `[${p.name}](${p.url})`]);
  return table(["verifier", "gas", "source"], [...ours, ...published]);
}

function peers() {
  return table(
    ["case", "peer", "peer's time / ours", "who is faster"],
    figures("peers").map((r) => [r.case, r.peer, r.ratio.toFixed(2), r.ratio >= 1 ? "zkML" : r.peer]),
  );
}

/** An opening beside the sums of points that it cannot do without. */
function opening() {
  const score = (name) => figures("kernels").find((result) => result.case === name)?.score;
  const shape = "train-30000x23-16-b16";
  const whole = score("OpeningSumsBenchmark.openingAndSums:opening");
  const sums = score("OpeningSumsBenchmark.openingAndSums:sums");
  if (whole === undefined || sums === undefined) return "Not measured yet.";
  return table(
    ["opening of", "ms", "its sums of points alone", "ratio"],
    [[shape, digits(whole), digits(sums), (whole / sums).toFixed(2)]],
  );
}

/** What sixteen steps would take a peer that proves one step, of fewer rows than ours, beside our proof of sixteen. */
function sixteenSteps() {
  const ours = figures("proofs").find((result) => result.case === "train-wdbc-16-b16");
  const steps = figures("peers").filter((result) => /^train-step-256$/.test(result.case));
  if (!ours || steps.length === 0) return "Not measured yet.";
  return table(
    ["16 proofs of", "by", "their time / ours for 16 steps of 569 rows in one proof"],
    steps.map((r) => [r.case, r.peer, ((16 * r.seconds) / ours.seconds).toFixed(1)]),
  );
}

function scaling() {
  const points = series(figures("scaling"));
  if (points.length < 4) return "Not measured yet.";
  mkdirSync(new URL("images/", docs), { recursive: true });
  writeFileSync(new URL("images/scaling.svg", docs), plot(points));
  const { all, upper } = fits(points);
  const rows = points.map((p) => [
    `2^${p.log}`,
    p.seconds.toFixed(2),
    p.processSeconds.toFixed(2),
    p.peakMiB,
    thousands(p.gas),
  ]);
  return [
    "![Proving time by row-steps, both axes logarithmic](images/scaling.svg)",
    `Seconds grow as row-steps to the power **${all.exponent.toFixed(3)}**; over the upper half of the series, **${upper.exponent.toFixed(3)}**.`,
    table(["row-steps", "seconds", "process", "peak MiB", "gas"], rows),
  ].join("\n\n");
}

/** A seller's instance under load, and the proofs of a sample of its answers. */
function inference() {
  const r = figures("inference");
  if (r.queries === undefined) return "Not measured yet.";
  const proofs = r.proofMillis.toSorted((a, b) => a - b);
  const ms = (value) => `${digits(value)} ms`;
  return table(
    ["queries", "answered a second", "receipt p50", "p99", "longest", "proofs of the sample", "median", "longest"],
    [
      [
        `${r.queries} at ${r.rate} a second`,
        r.answeredPerSecond.toFixed(1),
        ms(r.p50Millis),
        ms(r.p99Millis),
        ms(r.maxMillis),
        `${r.verified} of ${proofs.length} verified`,
        ms(proofs[Math.floor(proofs.length / 2)]),
        ms(proofs.at(-1)),
      ],
    ],
  );
}

function machine() {
  const rows = Object.entries(figures("machine")).map(([part, m]) => {
    return [`\`${part}\``, m.processor, m.cores, m.java, m.commit, m.date, m.note ?? ""];
  });
  return table(["part", "processor", "cores", "Java", "commit", "date", "note"], rows);
}

const TABLES = {
  machine,
  fields: () => kernels(["FieldBenchmark"]),
  msm: () => kernels(["MsmBenchmark"]),
  sumcheck: () => kernels(["SumcheckBenchmark"]),
  warm: () => kernels(["ProofBenchmark"]),
  opening,
  verifier: () => kernels(["VerifierBenchmark", "PairingBenchmark"]),
  others: () => kernels(["IntegerTrainerBenchmark", "SetupBenchmark"]),
  proofs: () => proofs(figures("proofs")),
  largest: () => proofs(figures("largest")),
  scaling,
  inference,
  gas,
  peers,
  "sixteen steps": sixteenSteps,
};

const page = readFileSync(PAGE, "utf8").replace(/<!-- ([a-z ]+) -->\n[^]*?<!-- end -->/g, (_, name) => {
  if (!(name in TABLES)) throw new Error(`docs/performance.md: there is no table ${name}`);
  return `<!-- ${name} -->\n\n${TABLES[name]()}\n\n<!-- end -->`;
});
writeFileSync(PAGE, page);
