package org.zkml.prover.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.zkml.prover.commitment.Committer;
import org.zkml.prover.commitment.KnownSetup;
import org.zkml.prover.commitment.Setup;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.curve.G2Affine;
import org.zkml.prover.engine.BatchVerifier.Claim;
import org.zkml.prover.engine.BatchVerifier.Decided;
import org.zkml.prover.engine.BatchVerifier.Malformed;
import org.zkml.prover.engine.BatchVerifier.Outcome;
import org.zkml.prover.engine.BatchVerifier.Unsupported;
import org.zkml.prover.engine.Reduction.Equation;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.fixedpoint.ModelKind;
import org.zkml.prover.relation.AggregateInstance;
import org.zkml.prover.relation.DatasetInstance;
import org.zkml.prover.relation.Instance;
import org.zkml.prover.relation.RandomStatements;
import org.zkml.prover.relation.TrainInstance;
import org.zkml.prover.relation.TrainRelation;
import org.zkml.prover.relation.TrainStatement;
import org.zkml.prover.training.TrainingShape;
import org.zkml.prover.vectors.SeededScalars;

/** A batch's outcomes are those of the single verifier, whatever is in it. */
class BatchVerifierTest {

    private static final KnownSetup SETUP = KnownSetup.of(10);
    private static final PreparedKey KEY = new PreparedKey(SETUP.key());
    private static final List<Claim> TRUE_CLAIMS = trueClaims();

    /** True proofs of every relation: three that were proved; the others simulated, which nobody can tell. */
    private static List<Claim> trueClaims() {
        final List<Claim> claims = new ArrayList<>();
        final List<Instance> instances = List.of(
                TrainInstance.random(new TrainingShape(1, 2, 2, 2, 3, 8), ModelKind.LOGISTIC, 7, 1, SETUP),
                DatasetInstance.random(new DatasetInstance.Shape(3, 2, 8, 7, 3), 2, SETUP));
        instances.forEach(instance -> claims.add(proved(instance)));
        for (int i = 0; i < 5; i++) {
            claims.add(
                    simulated(i % 2 == 0 ? RandomStatements.train(SETUP) : RandomStatements.dataset(SETUP), SETUP, i));
        }
        claims.add(proved(AggregateInstance.random(new AggregateInstance.Shape(2, 8, 148), 3, SETUP)));
        claims.add(simulated(RandomStatements.infer(SETUP), SETUP, 5));
        claims.add(simulated(RandomStatements.evaluate(false, SETUP), SETUP, 6));
        claims.add(simulated(RandomStatements.evaluate(true, SETUP), SETUP, 7));
        return claims;
    }

    private static Claim proved(Instance instance) {
        return new Claim(
                instance.relation(),
                UncheckedProver.prove(
                        instance.relation(), instance.witness(), SETUP.committer(), new SeededScalars("proved")));
    }

    private static Claim simulated(Relation relation, KnownSetup setup, int seed) {
        try {
            return new Claim(relation, Simulator.simulate(relation, setup, new SeededScalars("simulated " + seed)));
        } catch (MalformedProofException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Claim changed(Claim claim, Function<byte[], byte[]> change) {
        return new Claim(claim.relation(), change.apply(claim.proof().clone()));
    }

    private static Claim withDelta(Claim claim, G1Affine shift) {
        return changed(claim, proof -> {
            final int offset = proof.length - G1Affine.BYTES;
            final byte[] delta = G1Affine.fromBytes(proof, offset).add(shift).toBytes();
            System.arraycopy(delta, 0, proof, offset, delta.length);
            return proof;
        });
    }

    private static List<Claim> replaced(List<Claim> claims, int index, Claim claim) {
        final List<Claim> out = new ArrayList<>(claims);
        out.set(index, claim);
        return out;
    }

    private static Outcome alone(Claim claim) {
        try {
            return new Decided(Verifier.verify(claim.relation(), KEY, claim.proof()));
        } catch (MalformedProofException e) {
            return new Malformed(e);
        } catch (IllegalArgumentException e) {
            return new Unsupported(e);
        }
    }

    /** Verifies, compares every outcome with the single verifier's, and says which claims were not accepted. */
    private static Set<Integer> refused(List<Claim> claims) {
        final List<Outcome> outcomes = BatchVerifier.verify(KEY, claims);
        assertEquals(claims.size(), outcomes.size());
        final Set<Integer> refused = new TreeSet<>();
        for (int i = 0; i < claims.size(); i++) {
            final Outcome expected = alone(claims.get(i));
            switch (expected) {
                case Malformed(MalformedProofException expectedReason) -> {
                    final MalformedProofException reason = ((Malformed) outcomes.get(i)).reason();
                    assertEquals(expectedReason.getMessage(), reason.getMessage());
                    assertEquals(expectedReason.offset(), reason.offset());
                }
                case Unsupported(IllegalArgumentException expectedReason) ->
                    assertEquals(
                            expectedReason.getMessage(),
                            ((Unsupported) outcomes.get(i)).reason().getMessage());
                case Decided decided -> assertEquals(decided, outcomes.get(i));
            }
            if (!outcomes.get(i).accepted()) {
                refused.add(i);
            }
        }
        return refused;
    }

    private static Verification.Stage stage(Outcome outcome) {
        return ((Verification.Rejected) ((Decided) outcome).verdict()).stage();
    }

    @Test
    void acceptsNothing() {
        assertEquals(List.of(), BatchVerifier.verify(KEY, List.of()));
    }

    @Test
    void acceptsTrueProofsOfEveryRelation() {
        for (int size = 1; size <= TRUE_CLAIMS.size(); size++) {
            assertEquals(Set.of(), refused(TRUE_CLAIMS.subList(0, size)));
        }
        assertEquals(Set.of(), refused(Collections.nCopies(5, TRUE_CLAIMS.getFirst())));
    }

    @Test
    void findsOneFalseProofAnywhere() {
        for (int i = 0; i < TRUE_CLAIMS.size(); i++) {
            final List<Claim> claims = replaced(TRUE_CLAIMS, i, withDelta(TRUE_CLAIMS.get(i), G1Affine.GENERATOR));
            assertEquals(Set.of(i), refused(claims));
            assertEquals(
                    Verification.Stage.OPENING,
                    stage(BatchVerifier.verify(KEY, claims).get(i)));
        }
    }

    @Test
    void findsEverySetOfFalseProofs() {
        final List<Claim> four = TRUE_CLAIMS.subList(0, 4);
        for (int set = 0; set < 1 << four.size(); set++) {
            List<Claim> claims = four;
            final Set<Integer> expected = new TreeSet<>();
            for (int i = 0; i < four.size(); i++) {
                if ((set >> i & 1) == 1) {
                    claims = replaced(claims, i, withDelta(four.get(i), G1Affine.GENERATOR));
                    expected.add(i);
                }
            }
            assertEquals(expected, refused(claims));
        }
    }

    /** Their errors cancel in the plain product of the equations: what the coefficients are for. */
    @Test
    void findsTwoFalseProofsThatMakeUpForEachOther() throws MalformedProofException {
        final G1Affine shift = G1Affine.GENERATOR.mul(Scalar.of(12345));
        for (int j = 1; j < TRUE_CLAIMS.size(); j++) {
            List<Claim> claims = replaced(TRUE_CLAIMS, 0, withDelta(TRUE_CLAIMS.get(0), shift));
            claims = replaced(claims, j, withDelta(claims.get(j), shift.negate()));
            assertTrue(passesWithEqualCoefficients(claims));
            assertEquals(Set.of(0, j), refused(claims));
        }
    }

    private static boolean passesWithEqualCoefficients(List<Claim> claims) throws MalformedProofException {
        G1Affine withOne = G1Affine.INFINITY;
        G1Affine withTau = G1Affine.INFINITY;
        G1Affine withXi = G1Affine.INFINITY;
        for (Claim claim : claims) {
            final Equation equation = (Equation) Reduction.of(claim.relation(), KEY.key(), claim.proof());
            withOne = withOne.add(equation.withOne());
            withTau = withTau.add(equation.withTau());
            withXi = withXi.add(equation.withXi());
        }
        return KEY.pair(withOne, withTau, withXi).isOne();
    }

    /** A forger who knows the coefficients of one batch cannot use them: a shift that would cancel under them makes new ones. */
    @Test
    void findsErrorsThatWouldCancelUnderTheCoefficientsOfTheTrueBatch() throws MalformedProofException {
        final List<byte[]> digests = new ArrayList<>();
        for (Claim claim : TRUE_CLAIMS) {
            digests.add(((Equation) Reduction.of(claim.relation(), KEY.key(), claim.proof())).digest());
        }
        final List<Scalar> rho = BatchVerifier.coefficients(digests);
        List<Claim> claims =
                replaced(TRUE_CLAIMS, 1, withDelta(TRUE_CLAIMS.get(1), G1Affine.GENERATOR.mul(rho.get(4))));
        claims = replaced(
                claims,
                4,
                withDelta(claims.get(4), G1Affine.GENERATOR.mul(rho.get(1)).negate()));
        assertEquals(Set.of(1, 4), refused(claims));
    }

    @Test
    void everyCoefficientDependsOnEveryProof() {
        final List<byte[]> digests = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            digests.add(new byte[] {(byte) i});
        }
        final List<Scalar> rho = BatchVerifier.coefficients(digests);
        assertEquals(5, Set.copyOf(rho).size());
        for (int i = 0; i < 5; i++) {
            final List<byte[]> others = new ArrayList<>(digests);
            others.set(i, new byte[] {77});
            final List<Scalar> changed = BatchVerifier.coefficients(others);
            for (int j = 0; j < 5; j++) {
                assertNotEquals(rho.get(j), changed.get(j));
            }
        }
    }

    @Test
    void everyByteOfProofAndStatementIsInTheDigest() throws MalformedProofException {
        final Claim claim = TRUE_CLAIMS.getFirst();
        final byte[] digest = ((Equation) Reduction.of(claim.relation(), KEY.key(), claim.proof())).digest();
        final List<ProofFields.Field> fields = ProofFields.of(claim.relation().structure());
        for (ProofFields.Field field : fields) {
            final byte[] zeroed = claim.proof().clone();
            Arrays.fill(zeroed, field.offset(), field.offset() + field.sizeBytes(), (byte) 0);
            final Equation other = (Equation) Reduction.of(claim.relation(), KEY.key(), zeroed);
            assertFalse(Arrays.equals(digest, other.digest()), field.name());
        }
        final Relation sameShape = TrainInstance.random(
                        new TrainingShape(1, 2, 2, 2, 3, 8), ModelKind.LOGISTIC, 7, 3, SETUP)
                .relation();
        final Equation other = (Equation) Reduction.of(sameShape, KEY.key(), claim.proof());
        assertFalse(Arrays.equals(digest, other.digest()));
    }

    @Test
    void malformedBytesInTheMiddleLeaveTheOthersAlone() {
        final Claim claim = TRUE_CLAIMS.get(3);
        final Claim cut = changed(claim, proof -> Arrays.copyOf(proof, proof.length - 1));
        final Claim offTheCurve = changed(claim, proof -> {
            proof[proof.length - 1] ^= 1;
            return proof;
        });
        final Claim notCanonical = changed(claim, proof -> {
            Arrays.fill(proof, 0, 32, (byte) 0xff);
            return proof;
        });
        for (Claim malformed : List.of(cut, offTheCurve, notCanonical)) {
            assertEquals(Set.of(3), refused(replaced(TRUE_CLAIMS, 3, malformed)));
            assertEquals(Set.of(0), refused(List.of(malformed)));
            final List<Claim> worse =
                    replaced(replaced(TRUE_CLAIMS, 3, malformed), 5, withDelta(TRUE_CLAIMS.get(5), G1Affine.GENERATOR));
            assertEquals(Set.of(3, 5), refused(worse));
        }
    }

    @Test
    void aShapeThatIsTooLargeLeavesTheOthersAlone() {
        final TrainStatement s = RandomStatements.train(SETUP).statement();
        final TrainStatement large = new TrainStatement(
                s.chainId(),
                s.registry(),
                s.contributor(),
                s.taskId(),
                s.round(),
                new TrainStatement.Shape(0, 25, 0, 4, 16, 16),
                s.fp(),
                s.c(),
                s.d(),
                s.table(),
                s.x(),
                s.y(),
                s.in(),
                s.out(),
                s.key());
        final Claim claim = new Claim(new TrainRelation(large), new byte[64]);
        assertEquals(Set.of(1), refused(replaced(TRUE_CLAIMS, 1, claim)));
        assertInstanceOf(
                Unsupported.class, BatchVerifier.verify(KEY, List.of(claim)).get(0));
    }

    @Test
    void refusesStatementsAboutAnotherSetup() {
        final Scalar tau = Scalar.of(1234567);
        final KnownSetup other = new KnownSetup(
                tau,
                SETUP.xi(),
                new Committer(new Setup(
                        0,
                        G1Affine.GENERATOR.limbs(),
                        SETUP.setup().xi1(),
                        new Setup.VerifierKey(
                                G2Affine.GENERATOR.mul(tau), SETUP.key().xi2()),
                        true)));
        final List<Claim> claims = replaced(TRUE_CLAIMS, 2, simulated(RandomStatements.train(other), other, 1));
        assertEquals(Set.of(2), refused(claims));
        assertEquals(
                Verification.Stage.SETUP,
                stage(BatchVerifier.verify(KEY, claims).get(2)));
    }

    @Test
    void aProofOfAnotherStatementIsFalse() {
        final List<Claim> claims = replaced(
                TRUE_CLAIMS,
                4,
                new Claim(TRUE_CLAIMS.get(4).relation(), TRUE_CLAIMS.get(2).proof()));
        assertEquals(Set.of(), refused(claims), "simulated for the same statement");
        final Claim swapped = new Claim(
                TrainInstance.random(new TrainingShape(1, 2, 2, 2, 3, 8), ModelKind.LOGISTIC, 7, 3, SETUP)
                        .relation(),
                TRUE_CLAIMS.get(0).proof());
        assertEquals(Set.of(0), refused(replaced(TRUE_CLAIMS, 0, swapped)));
    }
}
