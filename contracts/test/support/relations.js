import { aggregate } from "./aggregate.js";
import { dataset } from "./dataset.js";
import {
  randomAggregate,
  randomAggregateShape,
  randomDataset,
  randomDatasetShape,
  randomTrain,
  randomTrainShape,
} from "./shapes.js";
import { train } from "./train.js";
import { aggregateStatement, datasetStatement, trainStatement } from "./vectors.js";

/** Everything that the tests need to treat the relations alike. */
export const RELATIONS = [
  {
    relation: train,
    vector: "train_proof.json",
    verifier: "TrainingVerifier",
    tracer: "TrainingTrace",
    fromVector: trainStatement,
    randomShape: randomTrainShape,
    randomStatement: randomTrain,
  },
  {
    relation: dataset,
    vector: "dataset_proof.json",
    verifier: "DatasetVerifier",
    tracer: "DatasetTrace",
    fromVector: datasetStatement,
    randomShape: randomDatasetShape,
    randomStatement: randomDataset,
  },
  {
    relation: aggregate,
    vector: "aggregate_proof.json",
    verifier: "AggregationVerifier",
    tracer: "AggregationTrace",
    fromVector: aggregateStatement,
    randomShape: randomAggregateShape,
    randomStatement: randomAggregate,
  },
];

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
