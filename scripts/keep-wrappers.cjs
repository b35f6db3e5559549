"use strict";
// node keep-wrappers.cjs SOURCES GENERATED DESTINATION
// Checks that there is a wrapper in GENERATED for every contract and linked library of SOURCES (the web3j Maven plugin only logs when it could not make one),
// and makes DESTINATION hold exactly these wrappers. A file that did not change is left as it is, so that nothing is compiled anew.
// GENERATED is removed, so that a wrapper of an earlier build cannot stand for one that is missing.
const fs = require("node:fs");
const path = require("node:path");

const [sources, generated, destination] = process.argv.slice(2);

function filesBelow(folder, ending) {
  if (!fs.existsSync(folder)) return [];
  return fs
    .readdirSync(folder, { recursive: true })
    .filter((file) => file.endsWith(ending))
    .sort();
}

// A library with external functions is deployed by itself, and linked.
function deployed(source) {
  const names = [...source.matchAll(/^contract\s+(\w+)/gm)].map((match) => match[1]);
  const library = source.match(/^library\s+(\w+)/m);
  return library && /\)\s*(external|public)\b/.test(source) ? [...names, library[1]] : names;
}
const expected = filesBelow(sources, ".sol").flatMap((file) => deployed(fs.readFileSync(path.join(sources, file), "utf8")));
const wrappers = new Map(filesBelow(generated, ".java").map((file) => [path.basename(file, ".java"), file]));
const missing = expected.filter((name) => !wrappers.has(name));
if (missing.length > 0) {
  console.error(`No Java wrapper was made for ${missing.join(", ")}: see the messages of web3j-maven-plugin above (mvn without -q shows all).`);
  process.exit(1);
}

const kept = new Set();
for (const name of expected) {
  const file = wrappers.get(name);
  const target = path.join(destination, file);
  const text = fs.readFileSync(path.join(generated, file));
  kept.add(file);
  if (fs.existsSync(target) && text.equals(fs.readFileSync(target))) continue;
  fs.mkdirSync(path.dirname(target), { recursive: true });
  fs.writeFileSync(target, text);
}
for (const file of filesBelow(destination, ".java")) {
  if (!kept.has(file)) fs.rmSync(path.join(destination, file));
}
fs.rmSync(generated, { recursive: true, force: true });
