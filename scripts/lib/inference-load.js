// What scripts/bench-inference.sh does beside the tools:
//   terms FOLDER ACCOUNT ...                 campaign.json, schema.json and a CSV file for each of the accounts a, b, c
//   pass RPC SECONDS                         moves the chain's clock
//   run RPC SERVER FOLDER MODEL RATE SECONDS PASSES SAMPLE
//                                            buys passes for nothing, asks, has a sample proved; what it measured on stdout, the sample's
//                                            answers as files of "zkml verify-prediction" in FOLDER/sample
//   report FILE VERIFIED [json]              the figures
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { randomBytes, randomInt } from "node:crypto";
import { Contract, JsonRpcProvider, Wallet, concat, hexlify, keccak256, toBeHex } from "ethers";

const DATA = new URL("../../data/", import.meta.url);
const CHAIN = 31337n;
const DAY = 86400;
/** Queries before the clock runs: a server that was just started compiles first. */
const WARM_UP = 500;

function rows() {
  const [header, ...lines] = readFileSync(new URL("wdbc.csv", DATA), "utf8").trimEnd().split("\n");
  return { header, lines };
}

function terms(folder, ...accounts) {
  const { header, lines } = rows();
  ["a", "b", "c"].forEach((name, place) => {
    const own = lines.filter((_, i) => i % 3 === place).slice(0, 100);
    writeFileSync(`${folder}/${name}.csv`, [header, ...own, ""].join("\n"));
  });
  writeFileSync(`${folder}/schema.json`, readFileSync(new URL("schemas/wdbc.json", DATA)));
  const hour = 3600;
  writeFileSync(
    `${folder}/campaign.json`,
    JSON.stringify({
      format: "zkml-campaign/1",
      schema: "schema.json",
      allowList: { entries: accounts.map((account) => ({ account, rowCap: 200 })) },
      batches: 1,
      steps: 4,
      rate: "2",
      decay: "0",
      rowCap: 200,
      rounds: 1,
      minProviders: 3,
      maxProviders: 3,
      ownerShareBasisPoints: 2000,
      windowsSeconds: { join: hour, contribution: hour, share: hour, answer: hour, aggregation: 4 * hour },
      rewardPerRowTokens: "1",
      floorPricePerQueryTokens: "0",
    }),
  );
}

const chain = (rpc) => new JsonRpcProvider(rpc, Number(CHAIN), { staticNetwork: true, cacheTimeout: -1 });

/** The features of a line as the schema scales them, and quantised as signed 16 bits with 12 fractional bits, the intercept first. */
function encode(schema, header, line) {
  const columns = header.split(",");
  const cells = line.split(",");
  const values = schema.features.map((feature) => Number(cells[columns.indexOf(feature.column)]));
  const fraction = 2 ** (schema.limbBits - 4);
  const quantised = schema.features.map((feature, i) => {
    const scaled = (values[i] - feature.mean) / feature.scale;
    return Math.max(-32768, Math.min(32767, Math.floor(scaled * fraction + 0.5)));
  });
  const inRange = schema.features.every((f, i) => Math.abs((values[i] - f.mean) / f.scale) <= (f.clip ?? 8));
  return { values, quantised: [fraction, ...quantised], inRange };
}

const QUERY = {
  Query: [
    { name: "modelId", type: "uint256" },
    { name: "passId", type: "uint256" },
    { name: "count", type: "uint32" },
    { name: "inputsHash", type: "bytes32" },
    { name: "deadline", type: "uint256" },
  ],
};
const READ = {
  ReadPredictions: [
    { name: "passId", type: "uint256" },
    { name: "deadline", type: "uint256" },
  ],
};

function inputsHash(salt, quantised) {
  const words = quantised.map((value) => toBeHex(BigInt.asUintN(32, BigInt(value)), 4));
  return keccak256(concat([salt, toBeHex(1, 4), toBeHex(quantised.length, 4), ...words]));
}

async function buyPasses(provider, market, modelId, count) {
  const buyer = await provider.getSigner(5);
  const contract = new Contract(
    market,
    [
      "function quote(uint256,uint256) view returns (bytes32)",
      "function passes() view returns (uint256)",
      "function buyPass(uint256,uint256,bytes32,address,tuple(uint256 deadline,uint8 v,bytes32 r,bytes32 s)) returns (uint256)",
    ],
    buyer,
  );
  const quote = await contract.quote(modelId, 0);
  const zero = "0x" + "00".repeat(32);
  const sold = [];
  for (let i = 0; i < count; i++) {
    const key = Wallet.createRandom();
    await (await contract.buyPass(modelId, 0, quote, key.address, [0, 0, zero, zero])).wait();
    sold.push({ key: new Wallet(key.privateKey), id: (await contract.passes()).toString(), count: 0, last: undefined });
  }
  return sold;
}

async function post(url, body) {
  const response = await fetch(url, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(`${url}: ${response.status} ${answer.detail}`);
  return answer;
}

/** One query of one row after the other on each pass, signed before the clock runs. */
async function sign(sold, encoded, total, domain, modelId, deadline) {
  const queries = [];
  for (let i = 0; i < total; i++) {
    const pass = sold[i % sold.length];
    const row = encoded[i % encoded.length];
    const salt = hexlify(randomBytes(32));
    const message = {
      modelId,
      passId: pass.id,
      count: ++pass.count,
      inputsHash: inputsHash(salt, row.quantised),
      deadline,
    };
    queries.push({ pass, row, salt, message, signature: await pass.key.signTypedData(domain, QUERY, message) });
  }
  return queries;
}

/** Asks when the query is due, or as soon as the one before it on this pass is answered. */
async function ask(url, query, due, before) {
  await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())));
  await before;
  const { message, salt, row, signature } = query;
  const { passId, count, deadline } = message;
  query.answer = await post(url, { passId, count, deadline, salt, rows: [row.values], signature, proof: "later" });
  query.millis = performance.now() - due;
}

/** Has an answer proved: milliseconds from asking to having the proof. */
async function prove(server, query, domain) {
  const reading = { ...domain, name: "zkML Predictions" };
  const url = `${server}/api/v1/predictions/${query.answer.id}`;
  const permit = async () => {
    const deadline = String(Math.floor(Date.now() / 1000) + 300);
    const message = { passId: query.message.passId, deadline };
    return { deadline, signature: await query.pass.key.signTypedData(reading, READ, message) };
  };
  const begin = performance.now();
  let answer = await post(`${url}/proof`, await permit());
  while (answer.proofState !== "proved") {
    await new Promise((resolve) => setTimeout(resolve, 100));
    const { deadline, signature } = await permit();
    const headers = { "Predictions-Deadline": deadline, "Predictions-Signature": signature };
    answer = await (await fetch(url, { headers })).json();
  }
  query.answer = answer;
  return performance.now() - begin;
}

/** A query and its answer as "zkml ask" keeps them. */
function answerFile({ message, salt, row, signature, answer }, market) {
  const { modelId, passId, count, deadline } = message;
  return {
    format: "zkml-answer/1",
    chainId: String(CHAIN),
    market,
    query: {
      modelId,
      passId,
      count,
      deadline,
      salt,
      features: row.quantised.length,
      rows: [row.values],
      values: row.quantised,
      signature,
    },
    answer,
    verified: false,
  };
}

async function run(rpc, server, folder, modelId, rate, seconds, passes, sample) {
  const provider = chain(rpc);
  const { inferenceMarket } = JSON.parse(readFileSync(`${folder}/deployment.json`, "utf8")).contracts;
  const domain = { name: "zkML InferenceMarket", version: "1", chainId: CHAIN, verifyingContract: inferenceMarket };
  const schema = JSON.parse(readFileSync(new URL("schemas/wdbc.json", DATA), "utf8"));
  const { header, lines } = rows();
  const encoded = lines.map((line) => encode(schema, header, line)).filter((row) => row.inRange);
  const sold = await buyPasses(provider, inferenceMarket, modelId, Number(passes));
  const { timestamp } = await provider.getBlock("latest");
  const deadline = String(Math.max(timestamp, Math.floor(Date.now() / 1000)) + DAY);
  const warm = await sign(sold, encoded, WARM_UP, domain, modelId, deadline);
  const queries = await sign(sold, encoded, Number(rate) * Number(seconds), domain, modelId, deadline);

  const url = `${server}/api/v1/models/${modelId}/predictions`;
  for (const query of warm) await ask(url, query, 0, undefined);
  const start = performance.now() + 100;
  await Promise.all(
    queries.map((query, i) => {
      query.pass.last = ask(url, query, start + (i * 1000) / Number(rate), query.pass.last);
      return query.pass.last;
    }),
  );
  const elapsed = (performance.now() - start) / 1000;

  mkdirSync(`${folder}/sample`, { recursive: true });
  const proofs = [];
  for (let i = 0; i < Number(sample); i++) {
    const query = queries[randomInt(queries.length)];
    proofs.push(await prove(server, query, domain));
    const { passId, count } = query.message;
    writeFileSync(`${folder}/sample/${passId}-${count}.json`, JSON.stringify(answerFile(query, inferenceMarket)));
  }
  const millis = queries.map((query) => query.millis).sort((a, b) => a - b);
  const quantile = (q) => millis[Math.min(millis.length - 1, Math.ceil(q * millis.length) - 1)];
  const result = {
    queries: millis.length,
    rate: Number(rate),
    answeredPerSecond: millis.length / elapsed,
    p50Millis: quantile(0.5),
    p99Millis: quantile(0.99),
    maxMillis: millis.at(-1),
    proofMillis: proofs,
  };
  console.log(JSON.stringify(result));
}

function report(file, verified, json) {
  const result = { ...JSON.parse(readFileSync(file, "utf8")), verified: Number(verified) };
  if (json) {
    console.log(JSON.stringify(result));
    return;
  }
  const ms = (value) => `${value.toFixed(1)} ms`;
  console.log(
    `queries      ${result.queries}, ${result.rate} a second; ${result.answeredPerSecond.toFixed(1)} a second answered`,
  );
  console.log(`receipts     p50 ${ms(result.p50Millis)}, p99 ${ms(result.p99Millis)}, at most ${ms(result.maxMillis)}`);
  console.log(`proofs       ${result.proofMillis.map(ms).join(", ")} from asking to having one`);
  console.log(`verified     ${result.verified} answers of the sample, here and by the chain's verifier`);
}

const [command, ...rest] = process.argv.slice(2);
const commands = {
  terms,
  run,
  report,
  async pass(rpc, seconds) {
    const provider = chain(rpc);
    await provider.send("evm_increaseTime", [Number(seconds)]);
    await provider.send("evm_mine", []);
  },
};
if (!commands[command]) {
  console.error(`inference-load.js: unknown command ${command}`);
  process.exit(2);
}
await commands[command](...rest);
process.exit(0);
