// The demo's closing table, from what the hospitals' commands answered: FOLDER NAME ...
import { readFileSync } from "node:fs";
import { formatEther } from "ethers";

const [folder, ...names] = process.argv.slice(2);
const columns = ["hospital", "rows", "proof s", "bytes", "gas", "tokens", "accuracy", "AUC"];
const lines = names.map((name) => {
  const log = (what) => JSON.parse(readFileSync(`${folder}/${name}/log/${what}.json`, "utf8"));
  const proved = log("prove");
  const { test } = log("train");
  const balance = log("status").balance;
  if (BigInt(balance) === 0n) throw new Error(`${name} was paid nothing`);
  return [
    name,
    log("commit").n,
    (proved.millis / 1000).toFixed(1),
    proved.proofBytes,
    log("submit").gasUsed,
    formatEther(balance),
    test.score.toFixed(4),
    test.auc.toFixed(4),
  ].map(String);
});
const widths = columns.map((title, i) => Math.max(title.length, ...lines.map((line) => line[i].length)));
for (const line of [columns, ...lines]) {
  console.log(line.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join("  "));
}
console.log("Accuracy and AUC: each hospital's own model on the rows that nobody trained on.");
