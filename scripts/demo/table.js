// The demo's closing table, read back through REST: SERVER CAMPAIGN FOLDER NAME ...
// The proof time is what the sender of the contribution reported. Only the accuracy on held-out rows comes from the hospitals' own logs: no server knows their models.
import { readFileSync } from "node:fs";
import { formatEther } from "ethers";

const [server, campaignId, folder, ...names] = process.argv.slice(2);

async function get(path) {
  const answer = await fetch(`${server}/api/v1/${path}`);
  if (!answer.ok) throw new Error(`GET ${path}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}

/** Waits until the server has seen what the chain already has. */
async function getWhen(path, complete) {
  for (let tries = 0; ; tries++) {
    const answer = await get(path);
    if (complete(answer)) return answer;
    if (tries === 100) throw new Error(`${path} is still incomplete: ${JSON.stringify(answer)}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

const log = (name, what) => JSON.parse(readFileSync(`${folder}/${name}/log/${what}.json`, "utf8"));
const campaign = await getWhen(`campaigns/${campaignId}`, ({ contributions }) => contributions.length === names.length);
const contributions = await Promise.all(campaign.contributions.map((id) => get(`contributions/${id}`)));

const columns = ["hospital", "rows", "proof s", "bytes", "gas", "tokens", "accuracy", "AUC"];
const lines = [];
for (const name of names) {
  const account = log(name, "status").account.toLowerCase();
  const own = contributions.find(({ provider }) => provider.toLowerCase() === account);
  const payouts = await getWhen(`payouts?account=${account}`, ({ balance }) => balance !== null && BigInt(balance) > 0n);
  const { test } = log(name, "train");
  lines.push(
    [
      name,
      own.rows,
      (own.report.proofMillis / 1000).toFixed(1),
      own.proofBytes,
      own.gasUsed,
      formatEther(payouts.balance),
      test.score.toFixed(4),
      test.auc.toFixed(4),
    ].map(String),
  );
}
const widths = columns.map((title, i) => Math.max(title.length, ...lines.map((line) => line[i].length)));
for (const line of [columns, ...lines]) {
  console.log(line.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join("  "));
}
console.log("Accuracy and AUC: each hospital's own model on the rows that nobody trained on.");
