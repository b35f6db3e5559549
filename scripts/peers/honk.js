// Barretenberg's bb: UltraHonk (zero-knowledge, keccak transcript: what a contract verifies) of gradient.nr.
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import os from "node:os";
import { Noir } from "@noir-lang/noir_js";
import { compile, createFileManager } from "@noir-lang/noir_wasm";
import { buildBn128 } from "ffjavascript";
import { cached, HERE } from "./cache.js";
import { fixedBase } from "./fixed-base.js";
import { run } from "./process.js";
import { quietly } from "./quiet.js";
import { inputs, OTHER_MODEL, ENDS } from "./statement.js";

const ARCHITECTURES = { x64: "amd64" };
const PLATFORMS = { darwin: "macos" };
const BUILD = `${ARCHITECTURES[os.arch()] ?? os.arch()}-${PLATFORMS[os.platform()] ?? os.platform()}`;
const BB = `${HERE}node_modules/@aztec/bb.js/build/${BUILD}/bb`;
const TARGET = ["-t", "evm"];
const environment = (crs) => ({ CRS_PATH: crs, HARDWARE_CONCURRENCY: String(os.availableParallelism()) });
const MAX_POINTS = 2 ** 19;
const FIELD = 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000001n;

/** [tau]_2 of the public ceremony: bb has it built in. */
const CEREMONY_TAU2 = Buffer.from(
  "0118c4d5b837bcc2bc89b5b398b5974e9f5944073b32078b7e231fec938883b0260e01b251f6f1c7e7ff4e580791dee8ea51d87a358e038b4efe30fac09383c1" +
    "22febda3c0c0632a56475b4214e5615e11e6dd3f96e6cea2854a87d4dacc5e5504fc6369f7110fe3d25156c1bb9a72859cf2a04641f99ba4ee413c80da6a5fe4",
  "hex",
);

/**
 * A setup for bb, from a known secret, for benchmarks only: the ceremony's points cannot be had from the npm registry. The prover takes any
 * points; the verifier compares with its own [tau]_2, so there is a copy of it with ours.
 */
function setup() {
  return cached("bb-setup", ["honk.js", "fixed-base.js"], async (folder) => {
    const curve = await buildBn128(true);
    const r = BigInt(curve.r);
    const tau = 11n ** 100n % r;
    const powers = [1n];
    while (powers.length <= MAX_POINTS) powers.push((powers.at(-1) * tau) % r);
    writeFileSync(`${folder}/bn254_g1.dat`, await curve.G1.batchLEMtoU(fixedBase(curve, "G1")(powers)));
    const tau2 = Buffer.from(await curve.G2.batchLEMtoU(fixedBase(curve, "G2")([tau])));
    const coordinate = (i) => tau2.subarray(32 * i, 32 * (i + 1));
    const swapped = Buffer.concat([1, 0, 3, 2].map(coordinate)); // the real part first
    writeFileSync(`${folder}/bn254_g2.dat`, swapped);

    const verifier = readFileSync(BB);
    const at = verifier.indexOf(CEREMONY_TAU2);
    if (at < 0) throw new Error("this bb does not hold the ceremony's point where it is looked for");
    swapped.copy(verifier, at);
    writeFileSync(`${folder}/bb-verifier`, verifier);
    chmodSync(`${folder}/bb-verifier`, 0o755);
  });
}

/** Circuit and verification key for so many rows, and the setup. */
export async function prepare(rows) {
  const crs = await setup();
  const folder = await cached(
    `honk-${rows}`,
    ["gradient.nr", "honk.js", "fixed-base.js", "statement.js"],
    async (folder) => {
      const constants = `global ROWS: u32 = ${rows};\nglobal ENDS: [Field; ${ENDS.length}] = [${ENDS}];\n`;
      mkdirSync(`${folder}/src`);
      writeFileSync(`${folder}/Nargo.toml`, `[package]\nname = "gradient"\ntype = "bin"\nauthors = []\n`);
      writeFileSync(`${folder}/src/main.nr`, constants + readFileSync(`${HERE}gradient.nr`, "utf8"));
      const { program } = await quietly(() => compile(createFileManager(folder)));
      writeFileSync(`${folder}/circuit.json`, JSON.stringify(program));
      await tryOut(rows, program);
      const { stdout } = await bb("gates", folder, crs);
      writeFileSync(`${folder}/gates`, /"circuit_size": (\d+)/.exec(stdout)[1]);
      await bb("write_vk", folder, crs, ...TARGET, "-o", folder);
    },
  );
  return { folder, crs };
}

function bb(command, folder, crs, ...options) {
  return run(BB, [command, "-b", `${folder}/circuit.json`, ...options], { env: environment(crs) });
}

/** The circuit agrees with the reference for another model than that of the benchmark, and with nothing else. */
async function tryOut(rows, program) {
  const input = inputs(rows, OTHER_MODEL);
  await execute(program, input);
  input.trained[3] = String(BigInt(input.trained[3]) + 1n);
  const accepted = await execute(program, input).then(
    () => true,
    () => false,
  );
  if (accepted) throw new Error("gradient.nr accepts a wrong model");
}

async function execute(program, input) {
  const x = input.x.map((row) => row.map((value) => value + 2 ** 15));
  const { witness } = await new Noir(program).execute(fields({ ...input, x }));
  return witness;
}

/** Numbers as decimals of field elements. */
function fields(value) {
  if (Array.isArray(value)) return value.map(fields);
  if (typeof value === "object")
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, fields(entry)]));
  return String((BigInt(value) + FIELD) % FIELD);
}

/** One verified proof; its seconds are those of the whole process. */
export async function prove(rows, { folder, crs }) {
  const started = performance.now();
  writeFileSync(
    `${folder}/witness.gz`,
    await execute(JSON.parse(readFileSync(`${folder}/circuit.json`, "utf8")), inputs(rows)),
  );
  const witnessSeconds = (performance.now() - started) / 1000;
  const files = ["-w", `${folder}/witness.gz`, "-k", `${folder}/vk`, "-o", `${folder}/proof`];
  const { seconds, peakMiB } = await bb("prove", folder, crs, ...TARGET, ...files);
  const proof = ["-k", `${folder}/vk`, "-p", `${folder}/proof/proof`, "-i", `${folder}/proof/public_inputs`];
  await run(`${crs}/bb-verifier`, ["verify", ...TARGET, ...proof], { env: environment(crs) });
  return { seconds, witnessSeconds, constraints: Number(readFileSync(`${folder}/gates`, "utf8")), peakMiB };
}
