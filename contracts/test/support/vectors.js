import { readFileSync } from "node:fs";
import { id } from "ethers";

const FOLDER = new URL("../../../prover/src/test/resources/vectors/", import.meta.url);

/** One of the vectors that Java and Solidity share, by its file's name. */
export function readVector(name) {
  return JSON.parse(readFileSync(new URL(name, FOLDER), "utf8"));
}

const address = (decimal) => "0x" + BigInt(decimal).toString(16).padStart(40, "0");
const g1 = ({ x, y }) => ({ x: BigInt(x), y: BigInt(y) });
const g2 = (p) => ({ xIm: BigInt(p.x_im), xRe: BigInt(p.x_re), yIm: BigInt(p.y_im), yRe: BigInt(p.y_re) });

/** The vectors' statement of relation TRAIN as the contract's struct. */
export function trainStatement(s) {
  return {
    chainId: BigInt(s.chainId),
    registry: address(s.registry),
    contributor: address(s.contributor),
    taskId: BigInt(s.taskId),
    round: BigInt(s.round),
    lb: BigInt(s.lb),
    li: BigInt(s.li),
    lk: BigInt(s.lk),
    lt: BigInt(s.lt),
    steps: BigInt(s.steps),
    b: BigInt(s.b),
    fp: BigInt(s.fp),
    c: BigInt(s.c),
    d: BigInt(s.d),
    cTable: g1(s.C_table),
    cX: g1(s.C_X),
    cY: g1(s.C_Y),
    cIn: g1(s.C_in),
    cOut: g1(s.C_out),
    tau2: g2(s.tau2),
    xi2: g2(s.xi2),
  };
}

/** The vectors' statement of relation DATASET as the contract's struct. */
export function datasetStatement(s) {
  return {
    chainId: BigInt(s.chainId),
    registry: address(s.registry),
    contributor: address(s.contributor),
    schemaHash: "0x" + BigInt(s.schemaHash).toString(16).padStart(64, "0"),
    ln: BigInt(s.ln),
    lk: BigInt(s.lk),
    b: BigInt(s.b),
    n: BigInt(s.n),
    feat: BigInt(s.feat),
    cX: g1(s.C_X),
    cY: g1(s.C_Y),
    tau2: g2(s.tau2),
    xi2: g2(s.xi2),
  };
}

/** The vectors' statement of relation AGGREGATE as the contract's struct. */
export function aggregateStatement(s) {
  return {
    chainId: BigInt(s.chainId),
    registry: address(s.registry),
    owner: address(s.owner),
    taskId: BigInt(s.taskId),
    round: BigInt(s.round),
    lk: BigInt(s.lk),
    b: BigInt(s.b),
    weightTotal: BigInt(s.N),
    cSum: g1(s.C_sum),
    cNext: g1(s.C_next),
    tau2: g2(s.tau2),
    xi2: g2(s.xi2),
  };
}

/** The vectors' statement of relation INFER as the contract's struct. */
export function inferStatement(s) {
  return {
    chainId: BigInt(s.chainId),
    registry: address(s.registry),
    server: address(s.server),
    listingId: BigInt(s.listingId),
    queryId: BigInt(s.queryId),
    lq: BigInt(s.lq),
    lk: BigInt(s.lk),
    b: BigInt(s.b),
    fp: BigInt(s.fp),
    cTable: g1(s.C_table),
    cX: g1(s.C_X),
    cW: g1(s.C_W),
    cP: g1(s.C_P),
    tau2: g2(s.tau2),
    xi2: g2(s.xi2),
  };
}

/** The vectors' statement of relation EVALUATE, of either form, as the contract's struct. */
export function evaluateStatement(s) {
  const regression = s.domain === id("zkml/evaluate-regression/1");
  return {
    chainId: BigInt(s.chainId),
    registry: address(s.registry),
    prover: address(s.prover),
    taskId: BigInt(s.taskId),
    round: BigInt(s.round),
    ln: BigInt(s.ln),
    lk: BigInt(s.lk),
    b: BigInt(s.b),
    fp: BigInt(s.fp),
    n: BigInt(s.n),
    hits: regression ? 0n : BigInt(s.hits),
    squaredErrorSum: BigInt(s.E),
    cTable: g1(s.C_table),
    cX: g1(s.C_X),
    cY: g1(s.C_Y),
    cW: g1(s.C_W),
    tau2: g2(s.tau2),
    xi2: g2(s.xi2),
    regression,
  };
}
