// What takes long to make and does not change: circuits, keys, points. Below target/peers/ of the repository.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

export const HERE = fileURLToPath(new URL(".", import.meta.url));
export const ROOT = fileURLToPath(new URL("../../", import.meta.url));
export const TARGET = `${ROOT}target/peers`;

/** The folder of that name, made by `make(folder)` unless it is there already, from the same sources (files of this folder). */
export async function cached(name, sources, make) {
  const folder = `${TARGET}/${name}`;
  const stamp = `${folder}/made-from`;
  const hash = createHash("sha256");
  [...sources, "package-lock.json"].forEach((file) => hash.update(readFileSync(HERE + file)));
  const wanted = hash.digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return folder;
  console.error(`${name}: making`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await make(folder);
  writeFileSync(stamp, wanted);
  return folder;
}
