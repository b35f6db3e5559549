package org.zkml.prover.engine;

import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.engine.ColumnSpec.Kind;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.hash.Keccak256;
import org.zkml.prover.transcript.Transcript;

/** A proof as the verifier receives it: every message decoded, and the challenges that the transcript gives for them. */
final class ReceivedProof {

    private final Structure structure;
    private final ProofReader in;
    private final Transcript transcript;

    final Challenges challenges = new Challenges();
    /** The padded messages by slot. */
    final Scalar[] sent;
    /** A, B, C. */
    final G1Affine[] pads;

    final G1Affine[] firstPhase;
    final G1Affine[] secondPhase;
    final Scalar lambda;
    final Scalar[] u;
    final G1Affine v;
    final G1Affine nu;
    final G1Affine[] quotients;
    final Scalar eta;
    final G1Affine r;
    final Scalar kappa;
    final G1Affine bigQ;
    final Scalar y;
    final G1Affine g;
    final Scalar x;
    final Scalar a;
    final Scalar e;
    final Scalar z;
    final G1Affine pi1;
    final G1Affine pi2;
    final Scalar w;
    final G1Affine delta;

    /** @throws MalformedProofException if the bytes are no proof of the statement's shape */
    ReceivedProof(Relation relation, byte[] proof) throws MalformedProofException {
        structure = relation.structure();
        transcript = new Transcript(relation.encodeStatement());
        in = new ProofReader(proof, structure.proofBytes(), transcript);
        sent = new Scalar[structure.hiddenMessages()];

        pads = in.points(3);
        firstPhase = in.points(structure.columnsOf(Kind.FIRST_PHASE).size());
        in.absorb();
        challenges.setFirst(transcript.challenges(structure.firstChallenges()));
        secondPhase = in.points(structure.columnsOf(Kind.SECOND_PHASE).size());
        in.absorb();
        challenges.setPoints(
                structure.points().stream().map(transcript::challenges).toArray(Scalar[][]::new));
        readFirstSumcheck();
        readValues();
        lambda = transcript.challenge();
        u = readSecondSumcheck();

        v = in.point();
        nu = in.point();
        quotients = in.points(structure.n2());
        eta = answer();
        r = in.point();
        kappa = answer();
        bigQ = in.point();
        y = answer();
        g = in.point();
        x = answer();
        a = in.scalar();
        e = in.scalar();
        z = answer();
        pi1 = in.point();
        pi2 = in.point();
        w = answer();
        delta = in.point();
    }

    /** A digest of the statement and of every byte of the proof: the transcript, which all but delta went into, and delta. */
    byte[] digest() {
        return Keccak256.hash(transcript.state(), delta.toBytes());
    }

    private Scalar answer() {
        in.absorb();
        return transcript.challenge();
    }

    private void readFirstSumcheck() throws MalformedProofException {
        for (int i = 0; i < structure.hiddenSums().size(); i++) {
            sent[structure.hiddenSlot(i)] = in.scalar();
        }
        challenges.setGamma(answer());
        final Scalar[] point = new Scalar[structure.n1()];
        for (int k = structure.n1() - 1, round = 0; k >= 0; k--, round++) {
            for (int place = 0; place < 4; place++) {
                sent[structure.firstSumcheckSlot(round, place)] = in.scalar();
            }
            point[k] = answer();
        }
        challenges.setRounds(point);
    }

    private void readValues() throws MalformedProofException {
        for (int i = 0; i < structure.values().size(); i++) {
            sent[i] = in.scalar();
        }
        final Scalar[] clear = new Scalar[structure.clearValues().size()];
        for (int i = 0; i < clear.length; i++) {
            clear[i] = in.scalar();
        }
        in.absorb();
        challenges.setClear(clear);
    }

    private Scalar[] readSecondSumcheck() throws MalformedProofException {
        final Scalar[] point = new Scalar[structure.n2()];
        for (int k = structure.n2() - 1, round = 0; k >= 0; k--, round++) {
            sent[structure.secondSumcheckSlot(round, 0)] = in.scalar();
            sent[structure.secondSumcheckSlot(round, 1)] = in.scalar();
            point[k] = answer();
        }
        return point;
    }
}
