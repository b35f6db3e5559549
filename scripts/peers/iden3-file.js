// The container of iden3's binary files: magic, version, then sections of a type and a length each; numbers are little-endian.
import { closeSync, openSync, readFileSync, writeSync } from "node:fs";

/** The sections by type, as bytes. */
export function readSections(file) {
  const bytes = readFileSync(file);
  const sections = {};
  for (let at = 12; at < bytes.length;) {
    const size = Number(bytes.readBigUInt64LE(at + 4));
    sections[bytes.readUInt32LE(at)] = bytes.subarray(at + 12, at + 12 + size);
    at += 12 + size;
  }
  return sections;
}

/** @param sections a list of [type, list of byte arrays] */
export function writeSections(file, magic, version, sections) {
  const out = openSync(file, "w");
  try {
    writeSync(out, Buffer.concat([Buffer.from(magic), words(version, sections.length)]));
    for (const [type, parts] of sections) {
      const size = Buffer.alloc(8);
      size.writeBigUInt64LE(BigInt(parts.reduce((sum, part) => sum + part.length, 0)));
      writeSync(out, Buffer.concat([words(type), size]));
      parts.forEach((part) => writeSync(out, part));
    }
  } finally {
    closeSync(out);
  }
}

export function words(...numbers) {
  return Buffer.from(new Uint32Array(numbers).buffer);
}
