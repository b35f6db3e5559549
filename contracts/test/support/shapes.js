import { g1, g2 } from "./simulator.js";

/** A statement of relation TRAIN about commitments with known logarithms: { statement, logs }. */
export function randomTrain(random, shape, setup) {
  const logs = {};
  for (const name of ["cTable", "cX", "cY", "cIn", "cOut"]) logs[name] = random.scalar();
  const statement = {
    chainId: 31337n,
    registry: random.address(),
    contributor: random.address(),
    taskId: BigInt(random.between(0, 1000)),
    round: BigInt(random.between(0, 10)),
    ...Object.fromEntries(Object.entries(shape).map(([name, value]) => [name, BigInt(value)])),
    fp: BigInt(shape.b - 2),
    c: random.bits256() >> 192n,
    d: random.bits256() >> 192n,
    ...Object.fromEntries(Object.entries(logs).map(([name, log]) => [name, g1(log)])),
    tau2: g2(setup.tau),
    xi2: g2(setup.xi),
  };
  return { statement, logs };
}

/** A shape of TRAIN with b in 8 .. 16 and at most 2^`highest` entries in any column. */
export function randomTrainShape(random, highest) {
  const b = random.pick([8, 10, 12, 14, 16].filter((width) => width < highest));
  const lt = random.between(0, Math.min(6, highest - 3));
  const lk = random.between(0, Math.min(6, highest - 3 - lt));
  const li = random.between(0, highest - Math.max(lt, lk));
  const lb = random.between(0, Math.min(lt, highest - li - lk));
  return { lb, li, lk, lt, steps: random.between(1, 2 ** lt), b };
}

/** A statement of relation DATASET about commitments with known logarithms: { statement, logs }. */
export function randomDataset(random, shape, setup) {
  const logs = { cX: random.scalar(), cY: random.scalar() };
  const statement = {
    chainId: 31337n,
    registry: random.address(),
    contributor: random.address(),
    schemaHash: "0x" + random.bits256().toString(16).padStart(64, "0"),
    ...Object.fromEntries(Object.entries(shape).map(([name, value]) => [name, BigInt(value)])),
    cX: g1(logs.cX),
    cY: g1(logs.cY),
    tau2: g2(setup.tau),
    xi2: g2(setup.xi),
  };
  return { statement, logs };
}

/** A shape of DATASET with b in 8 .. 16 and at most 2^`highest` entries in any column. */
export function randomDatasetShape(random, highest) {
  const b = random.pick([8, 10, 12, 14, 16].filter((width) => width <= highest));
  const ln = random.between(0, highest);
  const lk = random.between(0, highest - ln);
  return { ln, lk, b, n: random.between(1, 2 ** ln), feat: random.between(1, 2 ** lk) };
}

/** A statement of relation AGGREGATE about commitments with known logarithms: { statement, logs }. */
export function randomAggregate(random, shape, setup) {
  const logs = { cSum: random.scalar(), cNext: random.scalar() };
  const statement = {
    chainId: 31337n,
    registry: random.address(),
    owner: random.address(),
    taskId: BigInt(random.between(0, 1000)),
    round: BigInt(random.between(0, 10)),
    ...Object.fromEntries(Object.entries(shape).map(([name, value]) => [name, BigInt(value)])),
    cSum: g1(logs.cSum),
    cNext: g1(logs.cNext),
    tau2: g2(setup.tau),
    xi2: g2(setup.xi),
  };
  return { statement, logs };
}

/** A shape of AGGREGATE with b in 8 .. 16 and at most 2^`highest` entries in any column. */
export function randomAggregateShape(random, highest) {
  const b = random.pick([8, 10, 12, 14, 16].filter((width) => width <= highest));
  return { lk: random.between(0, highest - 3), b, weightTotal: random.between(1, 2 ** (2 * b)) };
}

/** A statement of relation INFER about commitments with known logarithms: { statement, logs }. */
export function randomInfer(random, shape, setup) {
  const logs = {};
  for (const name of ["cTable", "cX", "cW", "cP"]) logs[name] = random.scalar();
  const statement = {
    chainId: 31337n,
    registry: random.address(),
    server: random.address(),
    listingId: BigInt(random.between(0, 1000)),
    queryId: random.bits256(),
    ...Object.fromEntries(Object.entries(shape).map(([name, value]) => [name, BigInt(value)])),
    fp: BigInt(random.between(0, shape.b - 1)),
    ...Object.fromEntries(Object.entries(logs).map(([name, log]) => [name, g1(log)])),
    tau2: g2(setup.tau),
    xi2: g2(setup.xi),
  };
  return { statement, logs };
}

/** A shape of INFER with b in 8 .. 16 and at most 2^`highest` entries in any column. */
export function randomInferShape(random, highest) {
  const b = random.pick([8, 10, 12, 14, 16].filter((width) => width < highest));
  const lk = random.between(0, highest - 2);
  return { lq: random.between(0, highest - lk), lk, b };
}

/** A statement of relation EVALUATE about commitments with known logarithms: { statement, logs }. */
export function randomEvaluate(random, shape, setup) {
  const { n, ...sizes } = shape;
  const logs = {};
  for (const name of ["cTable", "cX", "cY", "cW"]) logs[name] = random.scalar();
  const statement = {
    chainId: 31337n,
    registry: random.address(),
    prover: random.address(),
    taskId: BigInt(random.between(0, 1000)),
    round: BigInt(random.between(0, 10)),
    ...Object.fromEntries(Object.entries(sizes).map(([name, value]) => [name, BigInt(value)])),
    fp: BigInt(random.between(0, shape.b - 1)),
    n: BigInt(n),
    hits: BigInt(random.between(0, n)),
    squaredErrorSum: random.bits256() >> 128n,
    ...Object.fromEntries(Object.entries(logs).map(([name, log]) => [name, g1(log)])),
    tau2: g2(setup.tau),
    xi2: g2(setup.xi),
    regression: false,
  };
  return { statement, logs };
}

/** As `randomEvaluate`, of the form for regression. */
export function randomEvaluateRegression(random, shape, setup) {
  const { statement, logs } = randomEvaluate(random, shape, setup);
  return { statement: { ...statement, hits: 0n, regression: true }, logs };
}

/** A shape of EVALUATE with b in 8 .. 16 and at most 2^`highest` entries in any column. */
export function randomEvaluateShape(random, highest) {
  const b = random.pick([8, 10, 12, 14, 16].filter((width) => width < highest));
  const lk = random.between(0, highest - 2);
  const ln = random.between(0, highest - lk);
  return { ln, lk, b, n: random.between(1, 2 ** ln) };
}
