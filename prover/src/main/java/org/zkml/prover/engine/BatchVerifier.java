package org.zkml.prover.engine;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.curve.LinearCombination;
import org.zkml.prover.engine.Reduction.Equation;
import org.zkml.prover.engine.Reduction.Refused;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.hash.Keccak256;
import org.zkml.prover.pairing.PairingValue;
import org.zkml.prover.parallel.Parallel;
import org.zkml.prover.transcript.Transcript;

/**
 * Verifies many proofs, of any relations and statements under one setup, at the price of one product of pairings (docs/proof-system.md, section 4.5). Every proof is decoded and
 * reduced to its own pairing equation as by {@link Verifier}; the equations are then raised to powers rho_i and multiplied.
 *
 * <p>The rho_i are challenges of a transcript that has absorbed every statement and every proof of the batch, so this verifier is as deterministic as the other one, and its verdicts can be
 * repeated. All values lie in a group of prime order r (points are checked to be on the curve, and G1's cofactor is 1), so the product of false equations is 1 for at most one value of the last
 * one's rho_i, the earlier given: keccak being a random oracle, for one in 2^253 of the batches that a forger hashes. A change of any proof changes all rho_i, so nothing is gained by
 * varying proofs apart. The rho_i have full size because a forger can try hashes at leisure, and it costs little: three points a proof.
 */
public final class BatchVerifier {

    /** Name whose keccak starts the transcript of the rho_i. */
    public static final String DOMAIN = "zkml/batch/1";

    /** A statement and what is said to be its proof. */
    public record Claim(Relation relation, byte[] proof) {
        public Claim {
            Objects.requireNonNull(relation);
            Objects.requireNonNull(proof);
        }
    }

    /** What {@link Verifier} says about one claim. */
    public sealed interface Outcome {

        default boolean accepted() {
            return this instanceof Decided decided && decided.verdict().accepted();
        }
    }

    /** The verdict on well-formed bytes. */
    public record Decided(Verification verdict) implements Outcome {}

    /** The bytes are no proof of the statement's shape. */
    public record Malformed(MalformedProofException reason) implements Outcome {}

    /** The statement's shape is beyond pad or soundness bound. */
    public record Unsupported(IllegalArgumentException reason) implements Outcome {}

    private final PreparedKey key;
    private final Outcome[] outcomes;
    /** Indices of the claims that are left to the pairings, with their equations. */
    private final List<Integer> open = new ArrayList<>();

    private final List<Equation> equations = new ArrayList<>();
    private List<Scalar> rho;

    private BatchVerifier(PreparedKey key, int count) {
        this.key = key;
        this.outcomes = new Outcome[count];
    }

    /**
     * Verifies the claims, on all cores. If all are true, one product of pairings; each false one costs at most as many more as halvings lead to it, and all together never more than
     * one a claim.
     *
     * @param key the setup that the caller trusts; every statement must name the same
     * @return the outcomes in the order of the claims
     */
    public static List<Outcome> verify(PreparedKey key, List<Claim> claims) {
        final BatchVerifier batch = new BatchVerifier(key, claims.size());
        batch.reduce(claims);
        if (!batch.equations.isEmpty()) {
            batch.rho =
                    coefficients(batch.equations.stream().map(Equation::digest).toList());
            batch.decide(0, batch.equations.size(), batch.product(0, batch.equations.size()));
        }
        return List.of(batch.outcomes);
    }

    private void reduce(List<Claim> claims) {
        final Equation[] reduced = new Equation[outcomes.length];
        Parallel.forRange(0, outcomes.length, 1, (from, to) -> {
            for (int i = from; i < to; i++) {
                try {
                    switch (Reduction.of(
                            claims.get(i).relation(), key.key(), claims.get(i).proof())) {
                        case Refused refused -> outcomes[i] = new Decided(refused.verdict());
                        case Equation equation -> reduced[i] = equation;
                    }
                } catch (MalformedProofException e) {
                    outcomes[i] = new Malformed(e);
                } catch (IllegalArgumentException e) {
                    outcomes[i] = new Unsupported(e);
                }
            }
        });
        for (int i = 0; i < reduced.length; i++) {
            if (reduced[i] != null) {
                open.add(i);
                equations.add(reduced[i]);
            }
        }
    }

    /** rho_1, rho_2, .. of the proofs with these digests. */
    static List<Scalar> coefficients(List<byte[]> digests) {
        final Transcript transcript = new Transcript(Keccak256.hash(DOMAIN.getBytes(StandardCharsets.US_ASCII)));
        transcript.absorb(Keccak256.hash(digests.toArray(byte[][]::new)));
        return List.of(transcript.challenges(digests.size()));
    }

    /** The product of the equations {@code from} to {@code to - 1}, each raised to its rho. */
    private PairingValue product(int from, int to) {
        final List<Equation> part = equations.subList(from, to);
        final List<Scalar> factors = rho.subList(from, to);
        final List<Function<Equation, G1Affine>> sides =
                List.of(Equation::withOne, Equation::withTau, Equation::withXi);
        final G1Affine[] sums = new G1Affine[sides.size()];
        Parallel.forRange(0, sums.length, 1, (first, end) -> {
            for (int i = first; i < end; i++) {
                sums[i] = LinearCombination.of(part.stream().map(sides.get(i)).toList(), factors)
                        .toAffine();
            }
        });
        return key.pair(sums[0], sums[1], sums[2]);
    }

    /**
     * Decides on the equations {@code from} to {@code to - 1}, whose product is known: a false product is halved, and as the second half's is the quotient, a halving costs one product of pairings
     * (Law, Matt, "Finding invalid signatures in pairing-based batches", Cryptography and Coding 2007: "quick binary search").
     */
    private void decide(int from, int to, PairingValue product) {
        if (product.isOne() || to - from == 1) {
            for (int i = from; i < to; i++) {
                outcomes[open.get(i)] = new Decided(Verifier.verdict(product));
            }
            return;
        }
        final int middle = (from + to) >>> 1;
        final PairingValue first = product(from, middle);
        decide(from, middle, first);
        decide(middle, to, product.dividedBy(first));
    }
}
