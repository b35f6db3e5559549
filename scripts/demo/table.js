// The demo's closing tables: RPC SERVER CAMPAIGN FOLDER NAME ...
// Participants, gas and rewards come from REST and the chain; proof times are what the provers said; accuracy and AUC on the rows that nobody
// trained on come from the tools of those who know the models. Fails if the federated model is not within a percentage point of pooled training,
// or a transaction takes more gas than it may.
import { readFileSync } from "node:fs";
import { JsonRpcProvider, formatEther } from "ethers";

const POINT = 0.01;
const MOST_GAS = { ContributionVerified: 1_100_000, RoundAveraged: 900_000 };

const [rpc, server, campaignId, folder, ...names] = process.argv.slice(2);
const chain = new JsonRpcProvider(rpc, 31337, { staticNetwork: true });

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

function print(columns, lines) {
  const texts = [columns, ...lines.map((line) => line.map(String))];
  const widths = columns.map((_, i) => Math.max(...texts.map((line) => line[i].length)));
  for (const line of texts) {
    console.log(line.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join("  "));
  }
  console.log();
}

const file = (name) => JSON.parse(readFileSync(`${folder}/${name}`, "utf8"));
const log = (name, what) => file(`${name}/log/${what}.json`);
const events = (name, what) =>
  readFileSync(`${folder}/${name}/log/${what}.json`, "utf8").trim().split("\n").map(JSON.parse);
const seconds = (millis) => (millis / 1000).toFixed(1);
const gas = async (hash) => Number((await chain.getTransactionReceipt(hash)).gasUsed);

const campaign = await getWhen(`campaigns/${campaignId}`, ({ state }) => state === "finished");
const { items: rounds } = await get(`campaigns/${campaignId}/rounds`);
const accounts = new Map(names.map((name) => [log(name, "status").account.toLowerCase(), name]));
const closings = ["owner", "aggregator"].flatMap((name) =>
  events(name, "aggregate").filter(({ event }) => event === "round-closed"),
);

// Every transaction, in the order of the chain, by what it did first.
const all = (await get(`audit/events?limit=200`)).items;
const transactions = new Map();
for (const event of all) {
  if (!transactions.has(event.transactionHash)) transactions.set(event.transactionHash, event);
}
const lines = [];
const tooMuch = [];
for (const [hash, { name, arguments: args }] of transactions) {
  const used = await gas(hash);
  const most = MOST_GAS[name];
  if (most !== undefined && used >= most) tooMuch.push(`${name} took ${used} gas, not below ${most}`);
  const who = accounts.get((args.provider ?? "").toLowerCase()) ?? "";
  lines.push([name, args.round ?? "", who, used, most === undefined ? "" : `< ${most}`]);
}
console.log("Every transaction, by its first event:");
print(["event", "round", "of", "gas", "wanted"], lines);

console.log("Rounds:");
const perRound = [];
for (const { round, state, contributors, weightTotal, end, contributions } of rounds) {
  const proofs = await Promise.all(contributions.map(({ id }) => get(`contributions/${id}`)));
  const closing = closings.find((event) => event.round === round);
  const { score, auc } = file(`round-${round + 1}.json`);
  perRound.push([
    round,
    state,
    `${contributors} hospitals, ${weightTotal} rows`,
    proofs.map(({ report }) => seconds(report.proofMillis)).join(" "),
    proofs.map(({ gasUsed }) => gasUsed).join(" "),
    seconds(closing.proofMillis),
    end.gasUsed,
    score.toFixed(4),
    auc.toFixed(4),
  ]);
}
print(
  ["round", "state", "participants", "proofs s", "contribute gas", "average s", "close gas", "accuracy", "AUC"],
  perRound,
);

const rewards = [];
for (const [account, name] of accounts) {
  const payouts = await getWhen(
    `payouts?account=${account}`,
    ({ balance, claimed }) => balance === claimed && claimed !== "0",
  );
  rewards.push([name, payouts.items.length, formatEther(payouts.minted), formatEther(payouts.balance)]);
}
print(["hospital", "contributions", "tokens minted", "tokens paid"], rewards);

console.log(`On the rows that nobody trained on, after ${campaign.rounds * campaign.steps} steps:`);
const federated = file(`round-${campaign.rounds}.json`);
const pooled = file("pooled.alone.json").test;
const compared = [
  ["federated, averaged over 3 rounds", federated],
  ["all rows pooled", pooled],
];
for (const name of names) compared.push([`${name} alone`, file(`${name}.alone.json`).test]);
print(
  ["model", "accuracy", "AUC"],
  compared.map(([name, { score, auc }]) => [name, score.toFixed(4), auc.toFixed(4)]),
);

const within = Math.abs(federated.score - pooled.score) <= POINT && Math.abs(federated.auc - pooled.auc) <= POINT;
console.log(`Federated within one percentage point of pooled, accuracy and AUC: ${within ? "yes" : "NO"}`);
console.log(
  `Contributing below 1.1 M gas, closing a round below 900 k: ${tooMuch.length === 0 ? "yes" : "NO: " + tooMuch.join("; ")}`,
);
chain.destroy();
if (!within || tooMuch.length > 0) process.exit(1);
