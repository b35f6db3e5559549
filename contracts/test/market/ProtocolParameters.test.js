import { expect } from "chai";
import { network } from "hardhat";
import { Q } from "../support/field.js";
import { INFINITY, KIND, Market } from "../support/market.js";
import { g1, g2 } from "../support/simulator.js";

const { ethers } = await network.getOrCreate();

const G2_INFINITY = { xIm: 0n, xRe: 0n, yIm: 0n, yRe: 0n };
/** On the curve over F_q^2, but of another order than r. */
const OUTSIDE_SUBGROUP = {
  xIm: 0n,
  xRe: 1n,
  yIm: 15975588672102553735566230729081043132501226101599136527557730645158523614371n,
  yRe: 3610091866386166428467545612961983990332663701371483510632385378352395651980n,
};
const TABLES = Array.from({ length: 15 }, (_, i) => g1(BigInt(i + 1)));

async function deploy(changes = {}) {
  const all = { tau2: g2(5n), xi2: g2(7n), setupLog2: 12, unsafe: true, tables: TABLES, ...changes };
  return ethers.deployContract("ProtocolParameters", [all.tau2, all.xi2, all.setupLog2, all.unsafe, all.tables]);
}

describe("ProtocolParameters", () => {
  let parameters;
  before(async () => {
    parameters = await deploy();
  });

  it("gives back the setup", async () => {
    expect((await parameters.tau2()).toObject()).to.deep.equal(g2(5n));
    expect((await parameters.xi2()).toObject()).to.deep.equal(g2(7n));
    expect(await parameters.setupLog2()).to.equal(12n);
    expect(await parameters.unsafeSetup()).to.equal(true);
  });

  it("finds every table by kind and width, with its fractional bits", async () => {
    for (const [name, kind] of Object.entries(KIND)) {
      for (let i = 0; i < 5; i++) {
        const b = 8 + 2 * i;
        const training = await parameters.training(kind, b);
        expect(training.cTable.toObject(), `${name} ${b}`).to.deep.equal(TABLES[kind * 5 + i]);
        expect(training.fp, `${name} ${b}`).to.equal(BigInt(name === "Logistic" ? b - 2 : b - 4));
        expect(training.tau2.toObject()).to.deep.equal(g2(5n));
        expect(training.xi2.toObject()).to.deep.equal(g2(7n));
      }
    }
  });

  for (const b of [0, 6, 9, 17, 18, 256 + 8]) {
    it(`has no table for b = ${b}`, async () => {
      await expect(parameters.training(0, b))
        .to.be.revertedWithCustomError(parameters, "ModelUnsupported")
        .withArgs(0n, BigInt(b));
    });
  }

  it("does not offer a table that was left out", async () => {
    const few = await deploy({ tables: TABLES.with(6, INFINITY) });
    await expect(few.tableCommitment(KIND.Linear, 10)).to.be.revertedWithCustomError(few, "ModelUnsupported");
    await few.tableCommitment(KIND.Linear, 12);
  });

  const { x, y } = g1(9n);
  const outside = g2(9n);
  for (const [name, changes, error] of [
    ["too small a setup", { setupLog2: 7 }, "SetupSizeOutOfRange"],
    ["too large a setup", { setupLog2: 29 }, "SetupSizeOutOfRange"],
    ["[tau]_2 at infinity", { tau2: G2_INFINITY }, "SetupPointInvalid"],
    ["[xi]_2 at infinity", { xi2: G2_INFINITY }, "SetupPointInvalid"],
    ["[tau]_2 off the curve", { tau2: { ...outside, xRe: outside.xRe + 1n } }, "SetupPointInvalid"],
    ["[xi]_2 not canonical", { xi2: { ...outside, xRe: outside.xRe + Q } }, "SetupPointInvalid"],
    ["[tau]_2 outside the subgroup", { tau2: OUTSIDE_SUBGROUP }, "SetupPointInvalid"],
    ["a table off the curve", { tables: TABLES.with(3, { x, y: y + 1n }) }, "PointInvalid"],
    ["a table that is not canonical", { tables: TABLES.with(3, { x: x + Q, y }) }, "PointInvalid"],
    ["a missing table", { tables: TABLES.slice(1) }, "TableCount"],
    ["one table too many", { tables: [...TABLES, TABLES[0]] }, "TableCount"],
  ]) {
    it(`refuses ${name}`, async () => {
      await expect(deploy(changes)).to.be.revertedWithCustomError(parameters, error);
    });
  }

  it("refuses a development setup on any chain but the development chain", async () => {
    const other = await network.create({ override: { chainId: 31338 } });
    const deployOn = (unsafe) =>
      other.ethers.deployContract("ProtocolParameters", [g2(5n), g2(7n), 12, unsafe, TABLES]);
    await expect(deployOn(true)).to.be.revertedWithCustomError(parameters, "UnsafeSetup").withArgs(31338n, 31337n);
    expect(await (await deployOn(false)).unsafeSetup()).to.equal(false);
    await other.close();
  });
});

describe("RewardToken", () => {
  it("is minted by the campaigns' contract alone", async () => {
    const { token, campaigns, governance, owner } = await Market.deploy(ethers);
    expect(await token.minter()).to.equal(await campaigns.getAddress());
    for (const sender of [governance, owner]) {
      await expect(token.connect(sender).mint(sender, 1n))
        .to.be.revertedWithCustomError(token, "NotMinter")
        .withArgs(sender.address, await campaigns.getAddress());
    }
    expect(await token.totalSupply()).to.equal(0n);
    expect(await token.decimals()).to.equal(18n);
  });
});
