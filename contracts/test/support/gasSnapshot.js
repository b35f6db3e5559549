import { readFileSync, writeFileSync } from "node:fs";

const FILE = new URL("../../gas-snapshot.json", import.meta.url);

/**
 * Compares a transaction's gas with the committed snapshot, to the unit. `npm run gas:write` writes the snapshot
 * instead.
 */
export function expectGas(name, gasUsed) {
  const snapshot = JSON.parse(readFileSync(FILE, "utf8"));
  if (process.env.WRITE_GAS_SNAPSHOT) {
    snapshot[name] = Number(gasUsed);
    const sorted = Object.fromEntries(Object.entries(snapshot).sort(([a], [b]) => (a < b ? -1 : 1)));
    writeFileSync(FILE, JSON.stringify(sorted, null, 2) + "\n");
    return;
  }
  const expected = snapshot[name];
  if (expected !== Number(gasUsed)) {
    throw new Error(
      `${name}: ${gasUsed} gas, but contracts/gas-snapshot.json says ${expected ?? "nothing"}; ` +
        "if the change is meant, run `npm run gas:write` and commit the file",
    );
  }
}
