// What the demo does on its local chain beside the tools: node scripts/demo/chain.js COMMAND RPC ...
//   wait RPC                     until the node answers
//   ready URL                    until the URL answers 200
//   fund RPC ADDRESS ...         gives each account 10 ether, as only a development chain can
//   pass RPC SERVER CAMPAIGN FOLDER NAME ...   moves the chain's clock to the end of each round's windows, as soon as all aggregators
//                                have acknowledged all shares of the hospitals with these names: until the campaign has ended
//   events RPC DEPLOYMENT        prints every event of the contracts as it happens, until it is ended
import { existsSync, readFileSync } from "node:fs";
import { JsonRpcProvider, parseEther } from "ethers";
import { eventInterface, showArguments } from "./contracts.js";

const [command, rpc, ...rest] = process.argv.slice(2);
const provider = new JsonRpcProvider(rpc, 31337, { staticNetwork: true, cacheTimeout: -1 });
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function printEvents(deploymentFile) {
  const { contracts } = JSON.parse(readFileSync(deploymentFile, "utf8"));
  const abi = eventInterface();
  for (let next = 0; ; await sleep(300)) {
    const head = await provider.getBlockNumber();
    if (head < next) continue;
    for (const log of await provider.getLogs({ address: Object.values(contracts), fromBlock: next, toBlock: head })) {
      const event = abi.parseLog(log);
      if (event === null) continue;
      console.log(`event ${event.name.padEnd(20)} tx ${log.transactionHash}  ${showArguments(event)}`);
    }
    next = head + 1;
  }
}

/** What a hospital's process has told so far: whole lines only. */
function told(folder, name) {
  const file = `${folder}/${name}/log/participate.json`;
  const lines = existsSync(file) ? readFileSync(file, "utf8").split("\n").slice(0, -1) : [];
  return lines.map((line) => JSON.parse(line));
}

async function passWindows(server, campaignId, folder, ...names) {
  const read = async () => (await fetch(`${server}/api/v1/campaigns/${campaignId}`)).json();
  const { rounds, aggregators } = await read();
  for (let round = 0; round < rounds; round++) {
    const acknowledged = (event) => event.event === "share-acknowledged" && event.round === round;
    while (names.some((name) => told(folder, name).filter(acknowledged).length < aggregators.length)) {
      await sleep(300);
    }
    let campaign = await read();
    while (campaign.round < round) campaign = await read();
    const { timestamp } = await provider.getBlock("latest");
    const end = Date.parse(campaign.deadlines.share) / 1000;
    await provider.send("evm_increaseTime", [Math.max(end - timestamp, 0) + 1]);
    await provider.send("evm_mine", []);
    console.log(`round ${round}: all shares acknowledged, none disputed; the clock moves to the end of its windows`);
  }
}

switch (command) {
  case "wait":
    for (let tries = 0; ; tries++) {
      try {
        await provider.send("eth_chainId", []);
        break;
      } catch (error) {
        if (tries === 120) throw error;
        await sleep(250);
      }
    }
    break;
  case "ready":
    for (let tries = 0; ; tries++) {
      const status = await fetch(rpc).then(
        (answer) => answer.status,
        (error) => error.message,
      );
      if (status === 200) break;
      if (tries === 240) throw new Error(`${rpc} is not ready: ${status}`);
      await sleep(250);
    }
    break;
  case "fund":
    for (const address of rest) {
      await provider.send("hardhat_setBalance", [address, "0x" + parseEther("10").toString(16)]);
    }
    break;
  case "pass":
    await passWindows(...rest);
    break;
  case "events":
    process.on("SIGTERM", () => process.exit(0));
    await printEvents(rest[0]);
    break;
  default:
    console.error(`demo/chain.js: unknown command ${command}`);
    process.exit(2);
}
provider.destroy();
