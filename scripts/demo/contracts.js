// The contracts that Hardhat built, and how the demo writes what is in their events.
import { readFileSync, readdirSync } from "node:fs";
import { Interface, formatEther } from "ethers";

/** Members of events and of their structs that are amounts of tokens, in base units. */
const AMOUNTS = new Set(
  (
    "amount budget budgetReserved budgetReturned rewardPerRow floorPricePerQuery rewardBurned price released fee " +
    "ownerAmount contributorAmount contributorsAmount refund"
  ).split(" "),
);
/** Events of the token, whose `value` is an amount too; of the passes' events it is a number of passes. */
const TOKEN_EVENTS = new Set(["Transfer", "Approval"]);

/** Name, interface and creation code of each contract and library. */
export function builtContracts() {
  const folder = new URL("../../artifacts/contracts/src/", import.meta.url);
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".json"))
    .map((entry) => JSON.parse(readFileSync(`${entry.parentPath}/${entry.name}`, "utf8")))
    .filter(({ abi }) => abi !== undefined)
    .map(({ contractName, abi, bytecode }) => ({ name: contractName, abi: new Interface(abi), bytecode }));
}

/** All events of all contracts. */
export function eventInterface() {
  const events = new Map();
  for (const { abi } of builtContracts()) abi.forEachEvent((event) => events.set(event.format(), event));
  return new Interface([...events.values()]);
}

/** An amount of the reward token, as people write it. */
export function tokens(amount) {
  const text = formatEther(amount).replace(/\.0$/, "");
  return `${text} ${text === "1" ? "token" : "tokens"}`;
}

/** An event's arguments on one line: members by their names, long bytes shortened, amounts in tokens. */
export function showArguments({ fragment, args }) {
  const isAmount = (name) => AMOUNTS.has(name) || (name === "value" && TOKEN_EVENTS.has(fragment.name));
  const members = (types, values) => types.map((type, i) => `${type.name}=${show(type, values[i])}`).join(" ");
  const show = (type, value) => {
    if (type.baseType === "array") return `[${[...value].map((item) => show(type.arrayChildren, item)).join(", ")}]`;
    if (type.baseType === "tuple") return `(${members(type.components, value)})`;
    if (isAmount(type.name)) return `"${tokens(value)}"`;
    const text = String(value);
    return text.length > 44 ? `${text.slice(0, 10)}..` : text;
  };
  return members(fragment.inputs, args);
}
