// The demo's sale of inference, from the chain and what the tools wrote: RPC DEPLOYMENT CAMPAIGN FOLDER PASS OWNER NAME ...
// Prints price, split, payouts, balances, and proofs with time and size. Fails if an amount is not what docs/marketplace.md says, to the unit,
// or if anything is left unaccounted for.
import { readFileSync } from "node:fs";
import { Contract, JsonRpcProvider } from "ethers";
import { builtContracts, tokens } from "./contracts.js";

const [rpc, deploymentFile, campaignId, folder, passId, owner, ...names] = process.argv.slice(2);
const provider = new JsonRpcProvider(rpc, 31337, { staticNetwork: true });
const { contracts } = JSON.parse(readFileSync(deploymentFile, "utf8"));
const interfaces = new Map(builtContracts().map(({ name, abi }) => [name, abi]));
const contract = (name, address) => new Contract(address, interfaces.get(name), provider);
const market = contract("InferenceMarket", contracts.inferenceMarket);
const campaigns = contract("TrainingCampaigns", contracts.trainingCampaigns);
const token = contract("RewardToken", contracts.rewardToken);
const lines = (name) => readFileSync(`${folder}/${name}`, "utf8").trim().split("\n").map(JSON.parse);

const problems = [];
function same(what, actual, expected) {
  if (actual !== expected) problems.push(`${what} is ${actual}, not ${expected}`);
}

const pass = await market.pass(passId);
const { ownerShareBasisPoints } = await campaigns.campaign(campaignId);
const { points } = await market.model(campaignId);
const redeemed = (await market.queryFilter(market.filters.PassRedeemed(passId))).map(({ args }) => args);
const sum = (list, of) => list.reduce((total, item) => total + of(item), 0n);
const released = sum(redeemed, ({ released: amount }) => amount);
const fee = sum(redeemed, (event) => event.fee);
const ownerAmount = sum(redeemed, (event) => event.ownerAmount);
const contributors = sum(redeemed, (event) => event.contributorsAmount);
same("what was released", released, (pass.price * pass.redeemed) / pass.queries);
same("the protocol's fee", fee, (released * pass.feeBasisPoints) / 10_000n);
same("the owner's share", ownerAmount, ((released - fee) * ownerShareBasisPoints) / 10_000n);
same("the split", fee + ownerAmount + contributors, released);

console.log(
  `pass ${passId}      ${tokens(pass.price)} for ${pass.queries} rows; ${pass.redeemed} asked, proved and redeemed`,
);
console.log(`released    ${tokens(released)} = price * ${pass.redeemed} / ${pass.queries}`);
console.log(`  protocol  ${tokens(fee)}`);
console.log(`  owner     ${tokens(ownerAmount)} = ${ownerShareBasisPoints} / 10000 of the rest`);
console.log(`  sites     ${tokens(contributors)}, by ${points} verified rows`);

const claims = await market.queryFilter(market.filters.PayoutClaimed(campaignId));
const { current } = await market.earnings(campaignId);
let paid = 0n;
for (const name of names) {
  const [{ account }] = lines(`${name}/log/status.json`);
  const seat = await campaigns.seat(campaignId, account);
  const earned = (seat.points * current.perPoint) >> 128n;
  const mine = claims.map(({ args }) => args).filter((args) => args.account === account);
  const got = sum(mine, (args) => args.contributorAmount);
  same(`what ${name} got`, got, earned);
  paid += got;
  const balance = await token.balanceOf(account);
  console.log(
    `${name}  ${seat.points} points * ${current.perPoint} / 2^128 = ${earned} units, paid; has ${tokens(balance)}`,
  );
}
const toOwner = sum(
  claims.map(({ args }) => args).filter((args) => args.account === owner),
  (args) => args.ownerAmount,
);
same("what the owner got", toOwner, ownerAmount);
const left = contributors - paid;
if (left < 0n || left >= BigInt(names.length)) problems.push(`${left} units of the sites' share are left`);
const held = await token.balanceOf(contracts.inferenceMarket);
same("what the market holds", held, pass.price - released + fee + left);
console.log(
  `The market still holds ${held} units: ${pass.price - released} of the pass, ${fee} fees, ${left} that did not divide.`,
);

for (const event of lines("ask.jsonl").filter(({ event: name }) => name === "AnswerVerified")) {
  console.log(
    `proof       ${event.rows} rows: ${event.proofBytes} bytes, ${(event.waitMillis / 1000).toFixed(1)} s from the query to the verified proof`,
  );
}
console.log(`Every amount to the unit: ${problems.length === 0 ? "yes" : "NO: " + problems.join("; ")}`);
provider.destroy();
if (problems.length > 0) process.exit(1);
