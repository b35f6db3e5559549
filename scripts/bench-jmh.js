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

/** Parts of an operation, which a benchmark counts in nanoseconds over all measured iterations: `ProofBenchmark.prove:opening ..` in milliseconds. */
function parts({ benchmark, params = {}, measurementIterations, forks, secondaryMetrics = {} }) {
  return Object.entries(secondaryMetrics)
    .filter(([name]) => name.endsWith("Nanos"))
    .map(([name, { score }]) => {
      const whole = result({
        benchmark,
        params,
        primaryMetric: { score: score / measurementIterations / forks / 1e6, scoreUnit: "ms" },
      });
      return { ...whole, case: whole.case.replace(/^\S+/, (method) => `${method}:${name.replace(/Nanos$/, "")}`) };
    });
}

const results = JSON.parse(readFileSync(from, "utf8")).flatMap((measured) => [result(measured), ...parts(measured)]);
if (to) writeFileSync(to, JSON.stringify(results, null, 2) + "\n");
for (const { case: name, score, error, unit } of results) {
  const range = error === null ? "" : ` ± ${error.toPrecision(2)}`;
  console.log(`${name.padEnd(56)} ${score.toPrecision(4).padStart(10)} ${unit}${range}`);
}
