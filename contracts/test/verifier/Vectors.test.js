import { expect } from "chai";
import { network } from "hardhat";
import { datasetStatement, readVector, trainStatement } from "../support/vectors.js";

const { ethers } = await network.getOrCreate();

for (const [contract, file, convert] of [
  ["TrainingVerifier", "train_proof.json", trainStatement],
  ["DatasetVerifier", "dataset_proof.json", datasetStatement],
]) {
  describe(`${contract} on the shared vectors`, () => {
    const vector = readVector(file);
    let verifier;
    before(async () => {
      verifier = await ethers.deployContract(contract);
    });
    it("accepts the honest proof", async () => {
      await verifier.verify(convert(vector.statement), vector.proof);
    });
    it("accepts the simulated proof", async () => {
      await verifier.verify(convert(vector.statement), vector.simulated_proof_accepts);
    });
  });
}
