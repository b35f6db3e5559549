import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import hardhatEthers from "@nomicfoundation/hardhat-ethers";
import hardhatEthersChaiMatchers from "@nomicfoundation/hardhat-ethers-chai-matchers";
import hardhatMocha from "@nomicfoundation/hardhat-mocha";
import hardhatNetworkHelpers from "@nomicfoundation/hardhat-network-helpers";
import { defineConfig } from "hardhat/config";

// One file holds the compiler's settings: the build of the Java wrappers reads it too.
const compiler = JSON.parse(readFileSync(new URL("scripts/solc-settings.json", import.meta.url), "utf8"));

export default defineConfig({
  plugins: [hardhatEthers, hardhatEthersChaiMatchers, hardhatMocha, hardhatNetworkHelpers],
  solidity: {
    version: compiler.version,
    // The compiler comes from the lock file, never from a download.
    path: createRequire(import.meta.url).resolve("solc/soljson.js"),
    settings: compiler.settings,
  },
  paths: {
    sources: "contracts/src",
    tests: { mocha: "contracts/test", solidity: "contracts/test" },
  },
  test: {
    mocha: { timeout: 300_000 },
    solidity: {
      fuzz: { runs: 64, seed: "0x7a6b4d4c" },
      invariant: { runs: 20, depth: 30 },
    },
  },
});
