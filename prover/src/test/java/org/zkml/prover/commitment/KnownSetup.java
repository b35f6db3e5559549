package org.zkml.prover.commitment;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.curve.G2Affine;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.vectors.SeededScalars;

/** A setup whose secrets are known, and always the same: tests only. */
public record KnownSetup(Scalar tau, Scalar xi, Committer committer) {

    private static final Map<Integer, KnownSetup> MADE = new ConcurrentHashMap<>();

    /** The setup of 2^logSize powers; made once. */
    public static KnownSetup of(int logSize) {
        return MADE.computeIfAbsent(logSize, KnownSetup::make);
    }

    private static KnownSetup make(int logSize) {
        final SeededScalars secrets = new SeededScalars("setup of the tests");
        final Scalar tau = secrets.apply("tau");
        final Scalar xi = secrets.apply("xi");
        final Setup setup = new Setup(
                logSize,
                FixedBasePowers.of(tau.limbs(), 1 << logSize, Progress.SILENT),
                G1Affine.GENERATOR.mul(xi),
                new Setup.VerifierKey(G2Affine.GENERATOR.mul(tau), G2Affine.GENERATOR.mul(xi)),
                true);
        return new KnownSetup(tau, xi, new Committer(setup));
    }

    public Setup setup() {
        return committer.setup();
    }

    public Setup.VerifierKey key() {
        return setup().verifierKey();
    }
}
