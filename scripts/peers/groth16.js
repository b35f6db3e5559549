// snarkjs: Groth16 of gradient.circom.
import { writeFileSync } from "node:fs";
import { relative } from "node:path";
import { wtns } from "snarkjs";
import { cached, HERE } from "./cache.js";
import { run } from "./process.js";
import { quietly } from "./quiet.js";
import { inputs, OTHER_MODEL, ENDS } from "./statement.js";

const SOURCES = ["gradient.circom", "groth16.js", "groth16-setup.js", "fixed-base.js", "iden3-file.js", "statement.js"];

/** Circuit and proving key for so many rows. */
export function prepare(rows) {
  return cached(`groth16-${rows}`, SOURCES, async (folder) => {
    writeFileSync(
      `${folder}/circuit.circom`,
      `pragma circom 2.0.0;\ninclude "gradient.circom";\n` +
        `component main { public [rate] } = Gradient(${rows}, [${ENDS.slice(120, 137)}]);\n`,
    );
    // the compiler knows only paths relative to where it runs
    const out = relative(HERE, folder);
    const options = ["--O2", "--r1cs", "--wasm", "-l", ".", "-l", "node_modules", "-o", out];
    const { stdout } = await run("node", ["node_modules/circom2/cli.js", `${out}/circuit.circom`, ...options], {
      cwd: HERE,
    });
    writeFileSync(`${folder}/constraints`, /non-linear constraints: (\d+)/.exec(stdout)[1]);
    await tryOut(rows, folder);
    await run("node", [`${HERE}groth16-setup.js`, `${folder}/circuit.r1cs`, `${folder}/key.zkey`]);
  });
}

/** The circuit agrees with the reference for another model than that of the benchmark, and with nothing else. */
async function tryOut(rows, folder) {
  const calculate = (input) => wtns.calculate(input, `${folder}/circuit_js/circuit.wasm`, { type: "mem" });
  const input = inputs(rows, OTHER_MODEL);
  await calculate(input);
  input.trained[3] = String(BigInt(input.trained[3]) + 1n);
  const accepted = await quietly(() => calculate(input)).then(
    () => true,
    () => false,
  );
  if (accepted) throw new Error("gradient.circom accepts a wrong model");
}

/** One verified proof, in a fresh process. */
export async function prove(rows, folder) {
  const { stdout, peakMiB } = await run("node", [
    "--import",
    `${HERE}cores.js`,
    `${HERE}groth16-prove.js`,
    String(rows),
    folder,
  ]);
  return { ...JSON.parse(stdout), peakMiB };
}
