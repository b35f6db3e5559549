// Writes the demo's campaign and allow-list; cuts the training part of wdbc.csv into a file a hospital, and pools it in one more;
// writes the tasks of as many steps without averaging, as many as the rounds so far had: FOLDER, accounts by name on stdin.
import { readFileSync, writeFileSync } from "node:fs";
import { keccak256, toUtf8Bytes } from "ethers";

const ROUNDS = 3;
const STEPS = 16;
const RATE = "2";

const [folder] = process.argv.slice(2);
const accounts = JSON.parse(readFileSync(0, "utf8"));
const data = new URL("../../data/", import.meta.url);
const read = (name) => readFileSync(new URL(name, data), "utf8");
const write = (name, content) => writeFileSync(`${folder}/${name}`, content);
const json = (content) => JSON.stringify(content, null, 2) + "\n";

const [header, ...rows] = read("wdbc.csv").trimEnd().split("\n");
const heldOut = read("splits/split_wdbc.txt").replace(/\s/g, "");
const training = rows.filter((_, i) => heldOut[i] === "0");
const names = Object.keys(accounts);
names.forEach((name, place) => {
  const own = training.filter((_, i) => i % names.length === place);
  write(`${name}.csv`, [header, ...own, ""].join("\n"));
});
write("pooled.csv", [header, ...training, ""].join("\n"));

const allowList = { entries: names.map((name) => ({ account: accounts[name], rowCap: 200 })) };
write("allow-list.json", json(allowList));
write("schema.json", read("schemas/wdbc.json"));
write(
  "campaign.json",
  json({
    format: "zkml-campaign/1",
    schema: "schema.json",
    allowList,
    batches: 1,
    steps: STEPS,
    rate: RATE,
    decay: "0",
    rowCap: 200,
    rounds: ROUNDS,
    minProviders: 3,
    maxProviders: 3,
    ownerShareBasisPoints: 2000,
    windowsSeconds: { join: 3600, contribution: 3600, share: 3600, answer: 3600, aggregation: 3600 },
    rewardPerRowTokens: "1",
    floorPricePerQueryTokens: "0.01",
  }),
);
for (let round = 1; round <= ROUNDS; round++) {
  const steps = round * STEPS;
  const task = {
    format: "zkml-task/1",
    campaignId: "1",
    round: 0,
    schemaHash: keccak256(toUtf8Bytes(read("schemas/wdbc.json"))),
    kind: "logistic",
    b: 16,
    lk: 5,
    lb: 0,
    lt: Math.ceil(Math.log2(steps)),
    steps,
    rate: RATE,
    decay: "0",
  };
  write(`task-${steps}.json`, json(task));
}
