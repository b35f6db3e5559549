import { expect } from "chai";
import { network } from "hardhat";
import { splice } from "../support/mutations.js";
import { manifest, withShape } from "../support/reference.js";
import { exampleOf, RELATIONS } from "../support/relations.js";

const { ethers } = await network.getOrCreate();

for (const entry of RELATIONS) {
  const { relation, verifier: contract } = entry;
  describe(`${relation.name}: ${contract} under odd circumstances`, () => {
    const { statement, proof } = exampleOf(entry);
    let verifier;

    before(async () => {
      verifier = await ethers.deployContract(contract);
    });

    it("never accepts with too little gas", async () => {
      const enough = await verifier.verify.estimateGas(statement, proof);
      for (let gasLimit = 250_000n; gasLimit < enough - 10_000n; gasLimit += 7_919n) {
        await expect(verifier.verify.staticCall(statement, proof, { gasLimit }), `${gasLimit}`).to.be.revert(ethers);
      }
      await verifier.verify.staticCall(statement, proof, { gasLimit: enough });
    });

    it("says the same to every sender", async () => {
      const signers = await ethers.getSigners();
      for (const signer of signers.slice(0, 3)) await verifier.connect(signer).verify(statement, proof);
    });

    it("bounds what a malformed point costs its sender", async () => {
      const [signer] = await ethers.getSigners();
      const points = manifest(relation, withShape(statement).shape).filter(({ kind }) => kind === "point");
      for (const { name, offset } of [points[0], points.at(-1)]) {
        const malformed = splice(proof, offset, [1n, 1n]);
        const transaction = await verifier.verify.populateTransaction(statement, malformed);
        // the simulated chain mines a reverting transaction, and throws
        await expect(signer.sendTransaction({ ...transaction, gasLimit: 12_000_000n })).to.be.revert(ethers);
        const block = await ethers.provider.getBlock("latest");
        const receipt = await ethers.provider.getTransactionReceipt(block.transactions[0]);
        expect(receipt.status, name).to.equal(0);
        expect(receipt.gasUsed, name).to.be.below(2_000_000n);
      }
    });
  });
}
