#!/usr/bin/env node
"use strict";
// The part of solc's command line that the web3j Maven plugin uses, on top of the compiler of the lock file:
//   --version
//   --combined-json abi,bin[,...] [--optimize] [prefix=path ...] FILE.sol ...
// The compiler's settings are those of solc-settings.json, as for Hardhat, whatever the options say. Only contracts that can be deployed
// and are ours are given back, so that the plugin makes wrappers of these alone. Since a build runs this every time, the last answer is
// kept in ZKML_SOLC_CACHE, if that is set, for as long as the sources, settings and packages are the same.
const crypto = require("node:crypto");
const fs = require("node:fs");
const path = require("node:path");

const SETTINGS = path.join(__dirname, "solc-settings.json");
const OUTPUT_NAMES = { bin: "evm.bytecode.object", "bin-runtime": "evm.deployedBytecode.object" };
const OPTIONS_WITH_VALUE = new Set(["--allow-paths", "--base-path", "--include-path", "--combined-json"]);

function main(argv) {
  const request = parse(argv);
  if (request.options.has("--version")) {
    print(`solc, the solidity compiler commandline interface\nVersion: ${require("solc").version()}\n`);
  } else if (request.options.has("--combined-json") && request.files.length > 0) {
    print(cached(request, () => JSON.stringify(compile(request))));
  } else {
    fail(`solc.cjs: cannot do this: ${argv.join(" ")}`);
  }
}

function parse(argv) {
  const request = { argv, options: new Map(), remappings: [], files: [] };
  for (let i = 0; i < argv.length; i++) {
    if (OPTIONS_WITH_VALUE.has(argv[i])) request.options.set(argv[i], argv[++i]);
    else if (argv[i].startsWith("-")) request.options.set(argv[i], true);
    else if (argv[i].includes("=")) request.remappings.push(argv[i]);
    else request.files.push(path.resolve(argv[i]));
  }
  return request;
}

/** Compiles as hardhat.config.js does: the verifiers for cheap runs, the largest contract for its size, all others as usual. */
function compile({ options, remappings, files }) {
  const { settings, viaIr, verifierRuns, verifiers } = JSON.parse(fs.readFileSync(SETTINGS, "utf8"));
  const outputs = options.get("--combined-json").split(",");
  const sources = Object.fromEntries(files.map((file) => [sourceUnit(file), { content: fs.readFileSync(file, "utf8") }]));
  const special = new Set();
  const group = (names, own) => {
    const paths = new Set(names.map((name) => path.resolve(__dirname, "..", name)));
    paths.forEach((file) => special.add(file));
    return deployable(files.filter((file) => paths.has(file)), outputs, sources, { ...settings, ...own, remappings });
  };
  const contracts = {
    ...group(viaIr, { viaIR: true }),
    ...group(verifiers, { optimizer: { ...settings.optimizer, runs: verifierRuns } }),
  };
  const others = files.filter((file) => !special.has(file));
  return {
    contracts: { ...deployable(others, outputs, sources, { ...settings, remappings }), ...contracts },
    version: require("solc").version(),
  };
}

/** The asked outputs of the contracts in the given files that can be deployed. */
function deployable(files, outputs, sources, settings) {
  const needed = ["abi", "evm.bytecode.object", ...outputs.map((name) => OUTPUT_NAMES[name] ?? name)];
  const outputSelection = Object.fromEntries(files.map((file) => [sourceUnit(file), { "*": needed }]));
  const input = { language: "Solidity", sources, settings: { ...settings, outputSelection } };
  const answer = JSON.parse(require("solc").compile(JSON.stringify(input), { import: readImport }));
  const errors = (answer.errors ?? []).filter((message) => message.severity === "error");
  if (errors.length > 0) fail(errors.map((message) => message.formattedMessage).join("\n"));

  const contracts = {};
  for (const [file, byName] of Object.entries(answer.contracts ?? {})) {
    for (const [name, contract] of Object.entries(byName)) {
      if (!outputSelection[file] || !contract.evm?.bytecode?.object || contract.abi.length === 0) continue;
      contracts[`${file}:${name}`] = Object.fromEntries(outputs.map((output) => [output, outputOf(contract, output)]));
    }
  }
  return contracts;
}

function outputOf(contract, output) {
  if (output === "bin") return contract.evm.bytecode.object;
  if (output === "bin-runtime") return contract.evm.deployedBytecode.object;
  return contract[output];
}

/** The name under which the compiler knows a file: relative to the working folder if it is inside, as an import names it. */
function sourceUnit(file) {
  const inside = path.relative(process.cwd(), file);
  return inside.startsWith("..") ? file : inside.split(path.sep).join("/");
}

function readImport(unit) {
  try {
    return { contents: fs.readFileSync(path.resolve(unit), "utf8") };
  } catch (error) {
    return { error: `cannot read ${path.resolve(unit)}: ${error.code}` };
  }
}

function cached(request, answer) {
  const file = process.env.ZKML_SOLC_CACHE;
  if (!file) return answer();
  const hash = crypto.createHash("sha256").update(JSON.stringify([process.cwd(), request.argv]));
  const packages = path.join(__dirname, "..", "package-lock.json");
  for (const source of [__filename, SETTINGS, packages, ...request.files]) {
    hash.update(crypto.createHash("sha256").update(fs.readFileSync(source)).digest());
  }
  const key = hash.digest("hex");
  if (fs.existsSync(file)) {
    const last = JSON.parse(fs.readFileSync(file, "utf8"));
    if (last.key === key) return last.answer;
  }
  const fresh = answer();
  fs.writeFileSync(file, JSON.stringify({ key, answer: fresh }));
  return fresh;
}

/** A pipe takes a large text only in parts, and process.exit() would cut it. */
function print(text) {
  const bytes = Buffer.from(text);
  for (let offset = 0; offset < bytes.length; ) {
    try {
      offset += fs.writeSync(1, bytes, offset);
    } catch (error) {
      if (error.code !== "EAGAIN") throw error;
    }
  }
}

function fail(message) {
  fs.writeSync(2, `${message}\n`);
  process.exit(1);
}

main(process.argv.slice(2));
