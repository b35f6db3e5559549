package org.zkml.prover.commitment;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.zkml.prover.commitment.SetupHistory.Origin;
import org.zkml.prover.commitment.SetupVerdict.Rejected;
import org.zkml.prover.commitment.SetupVerdict.Stage;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.curve.G1Jacobian;
import org.zkml.prover.curve.G2Affine;
import org.zkml.prover.field.Fq;
import org.zkml.prover.field.Fr;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.hash.Keccak256;
import org.zkml.prover.msm.Bases;
import org.zkml.prover.msm.Msm;
import org.zkml.prover.pairing.Pairing;
import org.zkml.prover.parallel.Parallel;

/**
 * Checks that a setup is well formed and follows from its history: one multi-scalar multiplication of the size of the setup, and four pairings. Batched
 * checks use powers of a challenge that is a hash of the setup, so that the verdict is a function of the setup; a false setup passes for at most a
 * share 2^K/r of the challenges.
 */
public final class SetupVerifier {

    private static final byte[] DOMAIN = "zkml/setup/verify/1".getBytes(StandardCharsets.US_ASCII);

    private SetupVerifier() {}

    public static SetupVerdict verify(Setup setup, SetupHistory history, Progress progress) {
        if (setup.logSize() < 1) {
            return new Rejected(Stage.POINTS, "two powers at least");
        }
        if (setup.unsafe() != history.unsafe()) {
            return new Rejected(Stage.HISTORY, "the unsafe flag to be " + history.unsafe());
        }
        if (history.origin() != Origin.PTAU) {
            final var problem = ContributionChain.problem(setup, history, progress);
            if (problem.isPresent()) {
                return new Rejected(Stage.HISTORY, problem.get());
            }
        }
        final int wrong = firstPointOffCurve(setup, progress);
        if (wrong >= 0) {
            return new Rejected(Stage.POINTS, "[tau^" + wrong + "]_1 to be a point of the curve other than infinity");
        }
        if (!G1Affine.ofLimbs(setup.powers(), 0).equals(G1Affine.GENERATOR)) {
            return new Rejected(Stage.POINTS, "[tau^0]_1 to be the generator");
        }
        if (!powersFollow(setup, progress)) {
            return new Rejected(Stage.POWERS, "every power to be tau times the one before, for the tau of [tau]_2");
        }
        if (!Pairing.productIsOne(
                List.of(setup.xi1(), G1Affine.GENERATOR.negate()),
                List.of(G2Affine.GENERATOR, setup.verifierKey().xi2()))) {
            return new Rejected(Stage.XI, "[xi]_1 and [xi]_2 to have the same xi");
        }
        return new SetupVerdict.Accepted();
    }

    /** The index of a point that is infinity or off the curve, the lowest one; -1 if there is none. */
    static int firstPointOffCurve(Setup setup, Progress progress) {
        final AtomicInteger lowest = new AtomicInteger(Integer.MAX_VALUE);
        final Progress.Counter counter = new Progress.Counter(progress, "checking points", setup.size());
        Parallel.forRange(0, setup.size(), PowersDigest.CHUNK_POINTS, (from, to) -> {
            for (int i = from; i < to; i++) {
                final int o = G1Affine.LIMBS * i;
                if (!G1Affine.isOnCurve(setup.powers(), o)
                        || Fq.isZero(setup.powers(), o) && Fq.isZero(setup.powers(), o + Fq.LIMBS)) {
                    lowest.accumulateAndGet(i, Math::min);
                    break;
                }
            }
            counter.add(to - from);
        });
        return lowest.get() == Integer.MAX_VALUE ? -1 : lowest.get();
    }

    /**
     * With S = sum rho^i P_i over all i < N it checks e(S - P_0, [1]_2) = e(rho (S - rho^(N-1) P_(N-1)), [tau]_2), which is
     * sum rho^i (p_i - tau p_(i-1)) = 0 in the exponent.
     */
    private static boolean powersFollow(Setup setup, Progress progress) {
        progress.report("checking powers", 0, setup.size());
        final Scalar rho = challenge(setup);
        final long[] coefficients = powersOf(rho, setup.size());
        final G1Affine sum =
                Msm.sum(Bases.of(setup.powers()), coefficients, 0, setup.size()).toAffine();
        final int last = setup.size() - 1;
        final G1Affine lastPower = G1Affine.ofLimbs(setup.powers(), G1Affine.LIMBS * last);
        final G1Jacobian shifted = G1Jacobian.of(sum);
        shifted.add(lastPower.mul(Scalar.get(coefficients, last)).negate());
        final G1Affine left = sum.add(G1Affine.ofLimbs(setup.powers(), 0).negate());
        final G1Affine right = shifted.toAffine().mul(rho).negate();
        final boolean follow = Pairing.productIsOne(
                List.of(left, right),
                List.of(G2Affine.GENERATOR, setup.verifierKey().tau2()));
        progress.report("checking powers", setup.size(), setup.size());
        return follow;
    }

    private static Scalar challenge(Setup setup) {
        return Scalar.reduce(Keccak256.hash(
                DOMAIN,
                PowersDigest.of(setup),
                setup.xi1().toBytes(),
                setup.verifierKey().tau2().toBytes(),
                setup.verifierKey().xi2().toBytes()));
    }

    private static long[] powersOf(Scalar rho, int count) {
        final long[] powers = new long[Fr.LIMBS * count];
        Fr.setOne(powers, 0);
        for (int i = 1; i < count; i++) {
            Fr.mul(powers, Fr.LIMBS * i, powers, Fr.LIMBS * (i - 1), rho.limbs(), 0);
        }
        return powers;
    }
}
