import { keccak256, toUtf8Bytes } from "ethers";
import { R } from "./field.js";

/** Reproducible randomness for tests: keccak-256 of a seed and a counter. */
export class Random {
  #seed;
  #counter = 0;

  constructor(seed) {
    this.#seed = seed;
  }

  bits256() {
    return BigInt(keccak256(toUtf8Bytes(`${this.#seed}/${this.#counter++}`)));
  }

  /** 1 .. R - 1. */
  scalar() {
    return 1n + (this.bits256() % (R - 1n));
  }

  /** lowest .. highest, both included, as a number. */
  between(lowest, highest) {
    return lowest + Number(this.bits256() % BigInt(highest - lowest + 1));
  }

  pick(list) {
    return list[this.between(0, list.length - 1)];
  }

  address() {
    return "0x" + (this.bits256() >> 96n).toString(16).padStart(40, "0");
  }
}
