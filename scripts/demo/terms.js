// Writes the demo's campaign and allow-list, and cuts the training part of wdbc.csv into a file a hospital: FOLDER, accounts by name on stdin.
import { readFileSync, writeFileSync } from "node:fs";

const [folder] = process.argv.slice(2);
const accounts = JSON.parse(readFileSync(0, "utf8"));
const data = new URL("../../data/", import.meta.url);
const read = (name) => readFileSync(new URL(name, data), "utf8");

const [header, ...rows] = read("wdbc.csv").trimEnd().split("\n");
const heldOut = read("splits/split_wdbc.txt").replace(/\s/g, "");
const training = rows.filter((_, i) => heldOut[i] === "0");
const names = Object.keys(accounts);
names.forEach((name, place) => {
  const own = training.filter((_, i) => i % names.length === place);
  writeFileSync(`${folder}/${name}.csv`, [header, ...own, ""].join("\n"));
});

const allowList = { entries: names.map((name) => ({ account: accounts[name], rowCap: 200 })) };
writeFileSync(`${folder}/allow-list.json`, JSON.stringify(allowList, null, 2) + "\n");
writeFileSync(`${folder}/schema.json`, read("schemas/wdbc.json"));
const campaign = {
  format: "zkml-campaign/1",
  schema: "schema.json",
  allowList,
  batches: 1,
  steps: 16,
  rate: "1/2",
  decay: "0",
  rowCap: 200,
  rounds: 1,
  minProviders: 3,
  maxProviders: 3,
  ownerShareBasisPoints: 2000,
  windowsSeconds: { join: 3600, contribution: 3600, share: 3600, answer: 3600, aggregation: 3600 },
  rewardPerRowTokens: "1",
  floorPricePerQueryTokens: "0.01",
};
writeFileSync(`${folder}/campaign.json`, JSON.stringify(campaign, null, 2) + "\n");
