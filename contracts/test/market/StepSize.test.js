import { expect } from "chai";
import { network } from "hardhat";
import { Random } from "../support/random.js";

const { ethers } = await network.getOrCreate();
const MAX64 = 2n ** 64n - 1n;

/** A rational number, exactly. */
class Rational {
  constructor(numerator, denominator = 1n) {
    this.numerator = numerator;
    this.denominator = denominator;
  }

  times(other) {
    return new Rational(this.numerator * other.numerator, this.denominator * other.denominator);
  }

  over(other) {
    return new Rational(this.numerator * other.denominator, this.denominator * other.numerator);
  }

  plus(other) {
    const numerator = this.numerator * other.denominator + other.numerator * this.denominator;
    return new Rational(numerator, this.denominator * other.denominator);
  }

  floor() {
    return this.numerator / this.denominator; // not negative here
  }
}

const HALF = new Rational(1n, 2n);
const powerOfTwo = (exponent) => new Rational(2n ** BigInt(exponent));

/** Section 5: `c = floor(rate / batchRows * 2^{3b - fp} + 1/2)`. */
const gradient = (rate, rows, b, fp) =>
  rate
    .over(new Rational(rows))
    .times(powerOfTwo(3 * b - fp))
    .plus(HALF)
    .floor();
/** Section 5: `d = floor(rate * l2 * 2^{2b} + 1/2)`. */
const decay = (rate, l2, b) =>
  rate
    .times(l2)
    .times(powerOfTwo(2 * b))
    .plus(HALF)
    .floor();

describe("step sizes against rationals of any size", () => {
  const random = new Random("step sizes");
  const shaped = (bits) => {
    const max = 2n ** BigInt(bits) - 1n;
    const size = BigInt(random.between(1, bits));
    const any = random.bits256() % 2n ** size;
    return random.pick(
      [1n, 2n, 3n, max, max - 1n, 10n, 1000n, 2n ** (size - 1n), any, any, any, any].filter((v) => v <= max),
    );
  };
  const positive = (bits) => shaped(bits) || 1n;
  let calls;
  before(async () => {
    calls = await ethers.deployContract("StepSizeCalls");
  });

  async function compare(expected, lowest, call) {
    if (expected >= lowest && expected <= MAX64) return expect(await call).to.equal(expected);
    return expect(call).to.be.revertedWithCustomError(calls, "StepOutOfRange").withArgs(expected, lowest, MAX64);
  }

  for (const b of [8, 10, 12, 14, 16]) {
    it(`c at b = ${b}`, async () => {
      for (let i = 0; i < 60; i++) {
        const [numerator, denominator, rows] = [shaped(64), positive(64), positive(32)];
        const fp = b - random.pick([2, 4]);
        const expected = gradient(new Rational(numerator, denominator), rows, b, fp);
        await compare(expected, 1n, calls.gradient(numerator, denominator, rows, b, fp));
      }
    });

    it(`d at b = ${b}`, async () => {
      for (let i = 0; i < 60; i++) {
        const [rate, l2] = [0, 1].map(() => new Rational(shaped(64), positive(64)));
        const expected = decay(rate, l2, b);
        const args = [rate.numerator, rate.denominator, l2.numerator, l2.denominator, b];
        await compare(expected, 0n, calls.decay(...args));
      }
    });
  }

  it("halves are rounded up", async () => {
    // 3 / 2^19 * 2^18 = 3/2 and 5/2.
    expect(await calls.gradient(3n, 2n ** 19n, 1, 8, 6)).to.equal(2n);
    expect(await calls.gradient(5n, 2n ** 19n, 1, 8, 6)).to.equal(3n);
    expect(await calls.decay(1n, 2n ** 17n, 1n, 1n, 8)).to.equal(1n);
    expect(await calls.decay(0n, 1n, 5n, 1n, 8)).to.equal(0n);
  });
});
