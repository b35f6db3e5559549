// gcc: products in Fq, by reference.c.
import { mkdirSync } from "node:fs";
import os from "node:os";
import { HERE, TARGET } from "./cache.js";
import { run } from "./process.js";

const PROGRAM = `${TARGET}/reference`;

/** Why there is no such peer here, or nothing. */
export async function missing() {
  if (os.arch() !== "x64") return `reference.c is for x64, this is ${os.arch()}`;
  return run("gcc", ["--version"]).then(
    () => undefined,
    () => "there is no gcc",
  );
}

export async function prepare() {
  mkdirSync(TARGET, { recursive: true });
  await run("gcc", ["-O3", "-march=native", `${HERE}reference.c`, "-o", PROGRAM]);
}

export async function measure() {
  const { stdout } = await run(PROGRAM, []);
  return { seconds: Number(stdout) / 1e9 };
}
