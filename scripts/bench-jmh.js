// Prints JMH's results as a table (and as JSON to a file): node scripts/bench-jmh.js RESULTS [FILE]
import { readFileSync, writeFileSync } from "node:fs";

const [from, to] = process.argv.slice(2);

/** A result of JMH's: `MsmBenchmark.full log=18`, its mean and the half width of its 99.9 % confidence interval. */
function result({ benchmark, params = {}, primaryMetric: { score, scoreError, scoreUnit } }) {
  const name = benchmark.split(".").slice(-2).join(".");
  const values = Object.entries(params).map(([key, value]) => `${key}=${value}`);
  const error = Number.isFinite(Number(scoreError)) ? Number(scoreError) : null;
  return { case: [name, ...values].join(" "), score, error, unit: scoreUnit.replace("/op", "") };
}

const results = JSON.parse(readFileSync(from, "utf8")).map(result);
if (to) writeFileSync(to, JSON.stringify(results, null, 2) + "\n");
for (const { case: name, score, error, unit } of results) {
  const range = error === null ? "" : ` ± ${error.toPrecision(2)}`;
  console.log(`${name.padEnd(56)} ${score.toPrecision(4).padStart(10)} ${unit}${range}`);
}
