package org.zkml.prover.engine;

import java.util.ArrayList;
import java.util.List;
import org.zkml.prover.commitment.Setup.VerifierKey;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.curve.G1Jacobian;
import org.zkml.prover.curve.G2Affine;
import org.zkml.prover.engine.ColumnSpec.Kind;
import org.zkml.prover.field.Fr;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.msm.Bases;
import org.zkml.prover.msm.Msm;
import org.zkml.prover.pad.Pad;
import org.zkml.prover.pad.PadEquation;
import org.zkml.prover.pairing.Pairing;
import org.zkml.prover.transcript.Transcript;

/**
 * The verifier of docs/proof-system.md, section 4, for any relation: a pure function of statement, key and proof. About 45 scalar
 * multiplications and three pairings.
 */
public final class Verifier {

    private final Relation relation;
    private final Structure structure;
    private final VerifierKey key;
    private final Challenges challenges = new Challenges();
    private final List<G1Affine> points = new ArrayList<>();
    private final List<Scalar> factors = new ArrayList<>();

    private Verifier(Relation relation, VerifierKey key) {
        this.relation = relation;
        this.structure = relation.structure();
        this.key = key;
    }

    /**
     * Verifies one proof.
     *
     * @throws MalformedProofException if the bytes are no proof of the statement's shape
     * @throws IllegalArgumentException if the statement's shape is beyond pad or soundness bound
     */
    public static Verification verify(Relation relation, VerifierKey key, byte[] proof) throws MalformedProofException {
        relation.structure().requireSupported();
        return new Verifier(relation, key).run(proof);
    }

    private Verification run(byte[] proof) throws MalformedProofException {
        final Transcript transcript = new Transcript(relation.encodeStatement());
        final ProofReader in = new ProofReader(proof, structure.proofBytes(), transcript);
        final Scalar[] sent = new Scalar[structure.hiddenMessages()];

        final G1Affine[] pad = in.points(3);
        final G1Affine[] first = in.points(structure.columnsOf(Kind.FIRST_PHASE).size());
        in.absorb();
        challenges.setFirst(transcript.challenges(structure.firstChallenges()));
        final G1Affine[] second =
                in.points(structure.columnsOf(Kind.SECOND_PHASE).size());
        in.absorb();
        challenges.setPoints(
                structure.points().stream().map(transcript::challenges).toArray(Scalar[][]::new));

        readSums(in, transcript, sent);
        final Scalar lambda = transcript.challenge();
        final Scalar[] u = new Scalar[structure.n2()];
        for (int k = structure.n2() - 1, round = 0; k >= 0; k--, round++) {
            sent[structure.secondSumcheckSlot(round, 0)] = in.scalar();
            sent[structure.secondSumcheckSlot(round, 1)] = in.scalar();
            in.absorb();
            u[k] = transcript.challenge();
        }

        final G1Affine v = in.point();
        final G1Affine nu = in.point();
        final G1Affine[] quotients = in.points(structure.n2());
        in.absorb();
        final Scalar eta = transcript.challenge();
        final G1Affine r = in.point();
        in.absorb();
        final Scalar kappa = transcript.challenge();
        final G1Affine bigQ = in.point();
        in.absorb();
        final Scalar y = transcript.challenge();
        final G1Affine g = in.point();
        in.absorb();
        final Scalar x = transcript.challenge();
        final Scalar a = in.scalar();
        final Scalar e = in.scalar();
        in.absorb();
        final Scalar z = transcript.challenge();
        final G1Affine pi1 = in.point();
        final G1Affine pi2 = in.point();
        in.absorb();
        final Scalar w = transcript.challenge();
        final G1Affine delta = in.point();

        if (x.isZero() || Pad.vanishing(x).isZero()) {
            return new Verification.Rejected(
                    Verification.Stage.EVALUATION_POINT, "x outside the pad's domain, found x = " + x);
        }
        final List<LinearClaim> claims = relation.linearClaims(challenges);
        final PadEquation equation = EquationBuilder.build(relation, challenges, claims, lambda, u, eta, sent);
        final OpeningCoefficients p1 = new OpeningCoefficients(
                structure,
                ColumnWeights.at(structure, claims, lambda, u),
                equation,
                new OpeningCoefficients.Point(u, kappa, y, x, a, e, z));

        addColumns(p1, first, second);
        for (int k = 0; k < quotients.length; k++) {
            term(quotients[k], p1.quotients[k]);
        }
        term(v, p1.v);
        term(nu, p1.nu);
        term(pad[0], p1.a);
        term(pad[1], p1.b);
        term(pad[2], p1.c);
        term(r, p1.r);
        term(bigQ, p1.bigQ);
        // w P2 = w (g - e)
        term(g, w);
        term(G1Affine.GENERATOR, p1.one.sub(w.mul(e)));
        term(pi1, x);
        term(pi2, w.mul(x.inverse()));

        final G1Affine withTau = pi1.add(pi2.mul(w)).negate();
        return Pairing.productIsOne(
                        List.of(sum(), withTau, delta.negate()), List.of(G2Affine.GENERATOR, key.tau2(), key.xi2()))
                ? new Verification.Accepted()
                : new Verification.Rejected(Verification.Stage.OPENING, "a pairing product of 1");
    }

    /** Hidden sums, the first sum-check, and the values after it. */
    private void readSums(ProofReader in, Transcript transcript, Scalar[] sent) throws MalformedProofException {
        for (int i = 0; i < structure.hiddenSums().size(); i++) {
            sent[structure.hiddenSlot(i)] = in.scalar();
        }
        in.absorb();
        challenges.setGamma(transcript.challenge());
        final Scalar[] r = new Scalar[structure.n1()];
        for (int k = structure.n1() - 1, round = 0; k >= 0; k--, round++) {
            for (int place = 0; place < 4; place++) {
                sent[structure.firstSumcheckSlot(round, place)] = in.scalar();
            }
            in.absorb();
            r[k] = transcript.challenge();
        }
        challenges.setRounds(r);
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

    private void addColumns(OpeningCoefficients p1, G1Affine[] first, G1Affine[] second) {
        final List<G1Affine> known = relation.statementCommitments();
        int nextFirst = 0;
        int nextSecond = 0;
        for (int j = 0; j < structure.columns().size(); j++) {
            final G1Affine commitment = switch (structure.columns().get(j).kind()) {
                case FIXED, EXTERNAL -> known.get(j);
                case FIRST_PHASE -> first[nextFirst++];
                case SECOND_PHASE -> second[nextSecond++];
            };
            term(commitment, p1.columns[j]);
        }
    }

    private void term(G1Affine point, Scalar factor) {
        points.add(point);
        factors.add(factor);
    }

    private G1Affine sum() {
        final long[] flatPoints = new long[G1Affine.LIMBS * points.size()];
        final long[] flatFactors = new long[Fr.LIMBS * points.size()];
        for (int i = 0; i < points.size(); i++) {
            System.arraycopy(points.get(i).limbs(), 0, flatPoints, G1Affine.LIMBS * i, G1Affine.LIMBS);
            factors.get(i).put(flatFactors, i);
        }
        final G1Jacobian sum = Msm.sum(Bases.of(flatPoints), flatFactors, 0, points.size());
        return sum.toAffine();
    }
}
