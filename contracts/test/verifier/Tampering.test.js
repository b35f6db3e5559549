import { expect } from "chai";
import { network } from "hardhat";
import { mutationsOf } from "../support/mutations.js";
import { manifest, withShape } from "../support/reference.js";
import { exampleOf, RELATIONS } from "../support/relations.js";
import { g1 } from "../support/simulator.js";
import { readVector } from "../support/vectors.js";

const { ethers } = await network.getOrCreate();

for (const entry of RELATIONS) {
  const { relation, vector: file, verifier: contract } = entry;
  describe(`${relation.name}: ${contract} on tampered proofs`, () => {
    const example = exampleOf(entry);
    const { statement } = example;
    const messages = manifest(relation, withShape(statement).shape);
    let verifier;

    before(async () => {
      verifier = await ethers.deployContract(contract);
    });

    const rejects = (proof, error, args, what) => {
      const matcher = expect(verifier.verify(statement, proof), what).to.be.revertedWithCustomError(verifier, error);
      return args.length > 0 ? matcher.withArgs(...args) : matcher;
    };

    it("has a manifest without gaps", () => {
      let offset = 0;
      for (const message of messages) {
        expect(message.offset, message.name).to.equal(offset);
        offset += message.kind === "point" ? 64 : 32;
      }
      expect(offset).to.equal(ethers.dataLength(example.proof));
    });

    if (file) {
      it("shares its manifest with the vector", () => {
        // the vector mutates one message each
        const mutated = readVector(file).mutants_all_rejected.map(({ replacement, offset }) => [
          ethers.dataLength(replacement) === 64 ? "point" : "scalar",
          Number(offset),
        ]);
        expect(mutated).to.deep.equal(messages.map(({ kind, offset }) => [kind, offset]));
      });
    }

    messages.forEach((message, i) => {
      it(`rejects every mutation of ${message.name}`, async () => {
        const next = messages.slice(i + 1).find(({ kind }) => kind === message.kind);
        for (const { mutation, proof, error, args } of mutationsOf(example.proof, message, next, g1(1n))) {
          if (proof === example.proof) throw new Error(`${message.name} ${mutation} changes nothing`);
          await rejects(proof, error, args, `${message.name} ${mutation}`);
        }
      });
    });

    it("rejects truncated and extended proofs", async () => {
      const length = ethers.dataLength(example.proof);
      const lengths = [
        0,
        1,
        32,
        64,
        length - 64,
        length - 32,
        length - 1,
        length + 1,
        length + 32,
        length + 64,
        2 * length,
      ];
      for (const bytes of lengths) {
        const proof = ethers.dataSlice(ethers.concat([example.proof, example.proof]), 0, bytes);
        await rejects(proof, "ProofLength", [bytes, length], `${bytes} bytes`);
      }
    });

    it("rejects a proof with one round missing, and one with its first message doubled", async () => {
      const round = messages.find(({ part }) => part === "s1[0]").offset;
      const length = ethers.dataLength(example.proof);
      const without = ethers.concat([
        ethers.dataSlice(example.proof, 0, round),
        ethers.dataSlice(example.proof, round + 128),
      ]);
      await rejects(without, "ProofLength", [length - 128, length]);
      const doubled = ethers.concat([ethers.dataSlice(example.proof, 0, 64), example.proof]);
      await rejects(doubled, "ProofLength", [length + 64, length]);
    });

    it("rejects a proof of another relation", async () => {
      const length = ethers.dataLength(example.proof);
      for (const other of RELATIONS.filter((another) => another.relation !== relation)) {
        const foreign = exampleOf(other).proof;
        const actual = ethers.dataLength(foreign);
        // INFER and EVALUATE for regression have as many messages
        if (actual === length) await rejects(foreign, "OpeningEquationFalse", [], other.relation.name);
        else await rejects(foreign, "ProofLength", [actual, length], other.relation.name);
      }
    });
  });
}
