// The gas of every transaction of the demo's chain, from its first block to its last: RPC DEPLOYMENT NAME=ACCOUNT ...
// A transaction is named by its contract and function, a deployment by the contract. Fails if one takes more gas than it may.
import { readFileSync } from "node:fs";
import { JsonRpcProvider } from "ethers";
import { builtContracts } from "./contracts.js";
import { print } from "./print.js";

const MOST_GAS = { "TrainingCampaigns.contribute": 1_100_000, "TrainingCampaigns.closeRound": 900_000 };

const [rpc, deploymentFile, ...named] = process.argv.slice(2);
const chain = new JsonRpcProvider(rpc, 31337, { staticNetwork: true });
const accounts = new Map(named.map((pair) => pair.split("=")).map(([name, account]) => [account.toLowerCase(), name]));
const nameOf = (account) => accounts.get(String(account).toLowerCase());

const LIBRARY = /__\$[0-9a-f]{34}\$__/g;
const ADDRESS_DIGITS = 40;

/** The tools' build and Hardhat's differ in the hash of their sources, which follows the code. */
const withoutMetadata = (code) => code.replaceAll(/(?<=a2646970667358221220)[0-9a-f]{64}/g, "");

const built = builtContracts()
  .filter(({ bytecode }) => bytecode.length > 2)
  .map((contract) => ({ ...contract, pieces: withoutMetadata(contract.bytecode).split(LIBRARY) }));

/** Whether a transaction's data begin with a contract's creation code, whatever the addresses of its libraries. */
function begins(data, pieces) {
  let at = 0;
  for (const piece of pieces) {
    if (!data.startsWith(piece, at)) return false;
    at += piece.length + ADDRESS_DIGITS;
  }
  return true;
}

/** Contracts by their addresses; the token is made by another one. */
const { rewardToken } = JSON.parse(readFileSync(deploymentFile, "utf8")).contracts;
const contracts = new Map([[rewardToken, built.find(({ name }) => name === "RewardToken")]]);

/** What a transaction did: deploying comes before any call of what is deployed. */
function describe(transaction, receipt) {
  if (transaction.to === null) {
    const data = withoutMetadata(transaction.data);
    const contract = built.find(({ pieces }) => begins(data, pieces));
    if (contract === undefined)
      throw new Error(`transaction ${transaction.hash} deploys a contract that was not built here`);
    contracts.set(receipt.contractAddress, contract);
    return { what: `deploys ${contract.name}` };
  }
  const contract = contracts.get(transaction.to);
  if (contract === undefined) throw new Error(`transaction ${transaction.hash} calls ${transaction.to}, unknown here`);
  const call = contract.abi.parseTransaction(transaction);
  const events = receipt.logs.map((log) => contracts.get(log.address)?.abi.parseLog(log)).filter((event) => event);
  const round = events.map(({ args }) => args.toObject().round).find((value) => value !== undefined);
  const of = events
    .flatMap(({ args }) => [...args])
    .map(nameOf)
    .find((name) => name !== undefined);
  return { what: `${contract.name}.${call.name}`, round, of };
}

const lines = [];
const tooMuch = [];
const missing = new Set(Object.keys(MOST_GAS));
let total = 0n;
const head = await chain.getBlockNumber();
for (let number = 1; number <= head; number++) {
  const block = await chain.getBlock(number, true);
  for (const transaction of block.prefetchedTransactions) {
    const receipt = await chain.getTransactionReceipt(transaction.hash);
    const { what, round, of } = describe(transaction, receipt);
    const most = MOST_GAS[what];
    missing.delete(what);
    if (most !== undefined && receipt.gasUsed >= most)
      tooMuch.push(`${what} took ${receipt.gasUsed}, not below ${most}`);
    total += receipt.gasUsed;
    const sender = nameOf(transaction.from) ?? "server";
    lines.push([what, round ?? "", of ?? "", sender, receipt.gasUsed, most === undefined ? "" : `< ${most}`]);
  }
}
print(["transaction", "round", "of", "paid by", "gas", "wanted"], lines);
console.log(`${lines.length} transactions, ${total} gas.`);
for (const what of missing) tooMuch.push(`nobody called ${what}`);
const verdict = tooMuch.length === 0 ? "yes" : "NO: " + tooMuch.join("; ");
console.log(`Contributing below 1.1 M gas, closing a round below 900 k: ${verdict}`);
chain.destroy();
if (tooMuch.length > 0) process.exit(1);
