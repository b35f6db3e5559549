// The demo's closing tables: SERVER CAMPAIGN FOLDER NAME ...
// Participants, gas and rewards come from REST; proof times are what the provers said; accuracy and AUC on the rows that nobody
// trained on come from the tools of those who know the models. Fails if the federated model is not within a percentage point of pooled training.
import { readFileSync } from "node:fs";
import { print } from "./print.js";
import { tokens } from "./contracts.js";

const POINT = 0.01;

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

const file = (name) => JSON.parse(readFileSync(`${folder}/${name}`, "utf8"));
const log = (name, what) => file(`${name}/log/${what}.json`);
const events = (name, what) =>
  readFileSync(`${folder}/${name}/log/${what}.json`, "utf8").trim().split("\n").map(JSON.parse);
const seconds = (millis) => (millis / 1000).toFixed(1);

const campaign = await getWhen(`campaigns/${campaignId}`, ({ state }) => state === "finished");
const { items: rounds } = await get(`campaigns/${campaignId}/rounds`);
const accounts = new Map(names.map((name) => [log(name, "status").account.toLowerCase(), name]));
const closings = ["owner", "aggregator"].flatMap((name) =>
  events(name, "aggregate").filter(({ event }) => event === "round-closed"),
);

console.log(
  "Contributions; a proof's time holds reading the setup, training, proving and verifying, with all hospitals on one machine:",
);
const contributed = [];
const averaged = [];
for (const { round, state, contributors, weightTotal, end, contributions } of rounds) {
  for (const { id, provider, weight } of contributions) {
    const { gasUsed, report } = await get(`contributions/${id}`);
    const name = accounts.get(provider.toLowerCase());
    contributed.push([name, round, weight, seconds(report.proofMillis), gasUsed]);
  }
  const closing = closings.find((event) => event.round === round);
  averaged.push([round, state, contributors, weightTotal, seconds(closing.proofMillis), end.gasUsed]);
}
contributed.sort((a, b) => a[1] - b[1] || a[0].localeCompare(b[0]));
print(["hospital", "round", "rows", "proof s", "gas"], contributed);
console.log("Rounds, and the proofs of their averages:");
print(["round", "state", "hospitals", "rows", "proof s", "gas"], averaged);

const rewards = [];
for (const [account, name] of accounts) {
  const payouts = await getWhen(
    `payouts?account=${account}`,
    ({ balance, claimed }) => balance === claimed && claimed !== "0",
  );
  rewards.push([name, payouts.items.length, tokens(payouts.minted), tokens(payouts.balance)]);
}
print(["hospital", "contributions", "minted", "paid"], rewards);

const after = Array.from({ length: campaign.rounds }, (_, round) => (round + 1) * campaign.steps);
const federated = after.map((_, round) => file(`round-${round + 1}.json`));
const trained = (name) => after.map((steps) => file(`${name}.${steps}.json`).test);
const pooled = trained("pooled");
const { rows } = federated[0];
console.log(`On the ${rows} rows that nobody trained on, round by round (one row is ${(1 / rows).toFixed(4)}):`);
const compared = [
  ["federated, averaged every round", federated],
  ["all rows pooled", pooled],
  ...names.map((name) => [`${name} alone`, trained(name)]),
];
const four = (value) => value.toFixed(4);
print(
  ["accuracy after", ...after.map((steps) => `${steps} steps`)],
  compared.map(([name, tests]) => [name, ...tests.map(({ score }) => four(score))]),
);
print(
  ["AUC after", ...after.map((steps) => `${steps} steps`)],
  compared.map(([name, tests]) => [name, ...tests.map(({ auc }) => four(auc))]),
);

const [last, wanted] = [federated.at(-1), pooled.at(-1)];
const within = Math.abs(last.score - wanted.score) <= POINT && Math.abs(last.auc - wanted.auc) <= POINT;
console.log(`Federated within one percentage point of pooled, accuracy and AUC: ${within ? "yes" : "NO"}`);
if (!within) process.exit(1);
