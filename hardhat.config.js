import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import hardhatEthers from "@nomicfoundation/hardhat-ethers";
import hardhatEthersChaiMatchers from "@nomicfoundation/hardhat-ethers-chai-matchers";
import hardhatMocha from "@nomicfoundation/hardhat-mocha";
import hardhatNetworkHelpers from "@nomicfoundation/hardhat-network-helpers";
import { defineConfig } from "hardhat/config";

// One file holds the compiler's settings: the build of the Java wrappers reads it too.
const compiler = JSON.parse(readFileSync(new URL("scripts/solc-settings.json", import.meta.url), "utf8"));

const solc = {
  version: compiler.version,
  // The compiler comes from the lock file, never from a download.
  path: createRequire(import.meta.url).resolve("solc/soljson.js"),
  settings: compiler.settings,
};

const solcWith = (own) => ({ ...solc, settings: { ...compiler.settings, ...own } });

// The verifiers push the field's modulus hundreds of times: below about 100,000 runs the optimizer fetches it by CODECOPY
// to save bytes, which costs 75,000 gas a proof. The other contracts need the bytes more.
const verifierSolc = solcWith({ optimizer: { ...compiler.settings.optimizer, runs: compiler.verifierRuns } });

// The largest contract stays below the limit of 24,576 bytes only by way of the compiler's intermediate representation, which
// takes half a minute.
const smallSolc = solcWith({ viaIR: true });

const overrides = (files, own) => Object.fromEntries(files.map((file) => [file, own]));

export default defineConfig({
  plugins: [hardhatEthers, hardhatEthersChaiMatchers, hardhatMocha, hardhatNetworkHelpers],
  solidity: {
    compilers: [solc],
    overrides: { ...overrides(compiler.verifiers, verifierSolc), ...overrides(compiler.viaIr, smallSolc) },
  },
  paths: {
    sources: "contracts/src",
    tests: { mocha: "contracts/test", solidity: "contracts/test" },
  },
  test: {
    mocha: { timeout: 300_000 },
    solidity: {
      fuzz: { runs: 64, seed: "0x7a6b4d4c" },
      invariant: { runs: 32, depth: 100 },
    },
  },
});
