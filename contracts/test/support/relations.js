import { aggregate } from "./aggregate.js";
import { dataset } from "./dataset.js";
import { evaluate, evaluateRegression } from "./evaluate.js";
import { infer } from "./infer.js";
import { Random } from "./random.js";
import {
  randomAggregate,
  randomAggregateShape,
  randomDataset,
  randomDatasetShape,
  randomEvaluate,
  randomEvaluateRegression,
  randomEvaluateShape,
  randomInfer,
  randomInferShape,
  randomTrain,
  randomTrainShape,
} from "./shapes.js";
import { simulate } from "./simulator.js";
import { train } from "./train.js";
import {
  aggregateStatement,
  datasetStatement,
  evaluateStatement,
  inferStatement,
  readVector,
  trainStatement,
} from "./vectors.js";

/**
 * Everything that the tests need to treat the relations alike. The form of EVALUATE for regression has no vector, but the
 * shape of an example.
 */
export const RELATIONS = [
  {
    relation: train,
    vector: "train_proof.json",
    fixture: "train-shapes.json",
    verifier: "TrainingVerifier",
    tracer: "TrainingTrace",
    fromVector: trainStatement,
    randomShape: randomTrainShape,
    randomStatement: randomTrain,
  },
  {
    relation: dataset,
    vector: "dataset_proof.json",
    fixture: "dataset-shapes.json",
    verifier: "DatasetVerifier",
    tracer: "DatasetTrace",
    fromVector: datasetStatement,
    randomShape: randomDatasetShape,
    randomStatement: randomDataset,
  },
  {
    relation: aggregate,
    vector: "aggregate_proof.json",
    fixture: "aggregate-shapes.json",
    verifier: "AggregationVerifier",
    tracer: "AggregationTrace",
    fromVector: aggregateStatement,
    randomShape: randomAggregateShape,
    randomStatement: randomAggregate,
  },
  {
    relation: infer,
    vector: "infer_proof.json",
    fixture: "infer-shapes.json",
    verifier: "InferenceVerifier",
    tracer: "InferenceTrace",
    fromVector: inferStatement,
    randomShape: randomInferShape,
    randomStatement: randomInfer,
  },
  {
    relation: evaluate,
    vector: "evaluate_proof.json",
    fixture: "evaluate-shapes.json",
    verifier: "EvaluationVerifier",
    tracer: "EvaluationTrace",
    fromVector: evaluateStatement,
    randomShape: randomEvaluateShape,
    randomStatement: randomEvaluate,
  },
  {
    relation: evaluateRegression,
    exampleShape: { ln: 3, lk: 2, b: 8, n: 7 },
    fixture: "evaluate-shapes.json",
    verifier: "EvaluationVerifier",
    tracer: "EvaluationTrace",
    fromVector: evaluateStatement,
    randomShape: randomEvaluateShape,
    randomStatement: randomEvaluateRegression,
  },
];

/** A statement and a proof that is accepted: the vector's, or a simulated one. */
export function exampleOf({ relation, vector: file, fromVector, exampleShape, randomStatement }) {
  if (file) {
    const vector = readVector(file);
    return { statement: fromVector(vector.statement), proof: vector.proof };
  }
  const random = new Random(`example/${relation.name}`);
  const setup = { tau: random.scalar(), xi: random.scalar() };
  const { statement, logs } = randomStatement(random, exampleShape, setup);
  return { statement, proof: simulate(relation, statement, logs, setup, random) };
}

/** Names of the coefficients in the order in which the contract keeps them. */
export function coefficientNames(relation, { n2 }) {
  const quotients = Array.from({ length: n2 }, (_, k) => `q${k}`);
  const columns = ["A", "B", "C", ...relation.phase1, ...relation.phase2];
  return [...columns, "C_V", "C_nu", ...quotients, "R", "Q", "g", "pi1", "pi2", ...relation.statementPoints];
}

/** Challenges of a reference's replay in the order of the contract's trace. */
export function challengeList(relation, shape, c) {
  const named = [...relation.challenges1(shape), ...relation.challenges2(shape)].flatMap(([name]) => c[name]);
  return [...named, c.gamma, ...c.r, c.lambda, ...c.u, c.eta, c.kappa, c.y, c.x, c.z, c.w];
}
