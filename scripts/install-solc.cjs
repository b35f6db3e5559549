"use strict";
// node install-solc.cjs HOME
// The web3j Maven plugin runs HOME/.web3j/solc/<version>/solc and would download it. This puts the compiler of the lock file there.
const fs = require("node:fs");
const path = require("node:path");

const home = process.argv[2];
const settingsFile = path.join(__dirname, "solc-settings.json");
const wanted = JSON.parse(fs.readFileSync(settingsFile, "utf8")).version;

let installed;
try {
  installed = require("solc/package.json").version;
} catch {
  console.error('The npm packages are not installed: run ". scripts/env.sh" in bash, or npm ci, in the repository\'s root.');
  process.exit(1);
}
if (installed !== wanted) {
  console.error(`node_modules holds solc ${installed}, ${settingsFile} asks for ${wanted}: run npm ci.`);
  process.exit(1);
}

const compilers = path.join(home, ".web3j", "solc");
const executable = path.join(compilers, wanted, "solc");
fs.mkdirSync(path.dirname(executable), { recursive: true });
// The plugin chooses by this list; the addresses are never used, since the compiler is already there.
const unused = `file://${executable}`;
const release = { version: wanted, windows_url: unused, mac_url: unused, linux_url: unused };
fs.writeFileSync(path.join(compilers, "releases.json"), JSON.stringify([release]));
const launcher = `#!/bin/sh
ZKML_SOLC_CACHE="${path.join(compilers, "last-answer.json")}" exec "${process.execPath}" "${path.join(__dirname, "solc.cjs")}" "$@"
`;
fs.writeFileSync(executable, launcher, { mode: 0o755 });
