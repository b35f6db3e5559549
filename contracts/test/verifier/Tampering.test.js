import { expect } from "chai";
import { network } from "hardhat";
import { mutationsOf } from "../support/mutations.js";
import { manifest, withShape } from "../support/reference.js";
import { RELATIONS } from "../support/relations.js";
import { g1 } from "../support/simulator.js";
import { readVector } from "../support/vectors.js";

const { ethers } = await network.getOrCreate();

for (const { relation, vector: file, verifier: contract, fromVector } of RELATIONS) {
  describe(`${contract} on tampered proofs`, () => {
    const vector = readVector(file);
    const statement = fromVector(vector.statement);
    const messages = manifest(relation, withShape(statement).shape);
    let verifier;

    before(async () => {
      verifier = await ethers.deployContract(contract);
    });

    const rejects = (proof, error, args, what) => {
      const matcher = expect(verifier.verify(statement, proof), what).to.be.revertedWithCustomError(verifier, error);
      return args.length > 0 ? matcher.withArgs(...args) : matcher;
    };

    it("has a manifest without gaps that the vector shares", () => {
      let offset = 0;
      for (const message of messages) {
        expect(message.offset, message.name).to.equal(offset);
        offset += message.kind === "point" ? 64 : 32;
      }
      expect(offset).to.equal(ethers.dataLength(vector.proof));
      const kinds = messages.map(({ kind, offset: at }) => [kind, at]);
      // the vector mutates one message each
      expect(
        vector.mutants_all_rejected.map(({ replacement, offset: at }) => [
          ethers.dataLength(replacement) === 64 ? "point" : "scalar",
          Number(at),
        ]),
      ).to.deep.equal(kinds);
    });

    messages.forEach((message, i) => {
      it(`rejects every mutation of ${message.name}`, async () => {
        const next = messages.slice(i + 1).find(({ kind }) => kind === message.kind);
        for (const { mutation, proof, error, args } of mutationsOf(vector.proof, message, next, g1(1n))) {
          if (proof === vector.proof) throw new Error(`${message.name} ${mutation} changes nothing`);
          await rejects(proof, error, args, `${message.name} ${mutation}`);
        }
      });
    });

    it("rejects truncated and extended proofs", async () => {
      const length = ethers.dataLength(vector.proof);
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
        const proof = ethers.dataSlice(ethers.concat([vector.proof, vector.proof]), 0, bytes);
        await rejects(proof, "ProofLength", [bytes, length], `${bytes} bytes`);
      }
    });

    it("rejects a proof with one round missing, and one with its first message doubled", async () => {
      const round = messages.find(({ part }) => part === "s1[0]").offset;
      const length = ethers.dataLength(vector.proof);
      const without = ethers.concat([
        ethers.dataSlice(vector.proof, 0, round),
        ethers.dataSlice(vector.proof, round + 128),
      ]);
      await rejects(without, "ProofLength", [length - 128, length]);
      const doubled = ethers.concat([ethers.dataSlice(vector.proof, 0, 64), vector.proof]);
      await rejects(doubled, "ProofLength", [length + 64, length]);
    });

    it("rejects a proof of another relation", async () => {
      for (const other of RELATIONS.filter((entry) => entry.relation !== relation)) {
        const foreign = readVector(other.vector).proof;
        await rejects(foreign, "ProofLength", [ethers.dataLength(foreign), ethers.dataLength(vector.proof)]);
      }
    });
  });
}
