package org.zkml.prover.commitment;

import java.util.ArrayList;
import java.util.List;
import org.zkml.prover.commitment.SetupContribution.Beacon;
import org.zkml.prover.commitment.SetupContribution.Participant;
import org.zkml.prover.commitment.SetupHistory.Origin;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.curve.G2Affine;
import org.zkml.prover.field.Fr;
import org.zkml.prover.field.Scalar;

/**
 * A powers of tau ceremony, immutable: a setup with its history. It starts at tau = xi = 1; every participant multiplies both by secret factors that it forgets
 * and proves to have known (Bowe, Gabizon, Miers, ePrint 2017/1050; Kohlweiss et al., ePrint 2021/219). Nobody knows tau and xi as long as one
 * participant was honest.
 */
public record Ceremony(Setup setup, SetupHistory history) {

    /** The largest setup that fits one array. */
    public static final int MAX_LOG_SIZE = 27;

    public Ceremony {
        if (setup.unsafe() != history.unsafe()) {
            throw new IllegalArgumentException(
                    "the setup says unsafe = " + setup.unsafe() + ", its history says " + history.unsafe());
        }
    }

    /**
     * A ceremony for 2^logSize powers that nobody has contributed to.
     *
     * @throws IllegalArgumentException if logSize is not in [1, {@link #MAX_LOG_SIZE}]
     */
    public static Ceremony start(int logSize) {
        requireLogSize(logSize);
        final long[] powers = new long[G1Affine.LIMBS << logSize];
        for (int i = 0; i < 1 << logSize; i++) {
            System.arraycopy(G1Affine.GENERATOR.limbs(), 0, powers, G1Affine.LIMBS * i, G1Affine.LIMBS);
        }
        final Setup.VerifierKey key = new Setup.VerifierKey(G2Affine.GENERATOR, G2Affine.GENERATOR);
        return new Ceremony(
                new Setup(logSize, powers, G1Affine.GENERATOR, key, true),
                new SetupHistory(Origin.CEREMONY, "", List.of()));
    }

    /** A setup made in one step by this machine, with the unsafe flag: for development chains only. */
    public static Ceremony development(int logSize, Progress progress) {
        try (ContributionSecrets factors = ContributionSecrets.draw(new byte[0])) {
            final Ceremony start = start(logSize);
            return start.multiply(factors, Origin.DEVELOPMENT, start.participant("development", factors), progress);
        }
    }

    /**
     * The ceremony after one more participant. Checks this ceremony first: nothing is built on a false one. The first contribution costs about 20 additions a power,
     * every other one a full multiplication a power, which takes ten times as long.
     *
     * @param name who contributes, 1 to 100 bytes in UTF-8, public
     * @param userEntropy mixed into the system's randomness; may be empty
     * @throws IllegalStateException if this ceremony is false, finished, or no ceremony
     */
    public Ceremony contribute(String name, byte[] userEntropy, Progress progress) {
        SetupContribution.requireName(name); // before the long computation
        requireOpen(progress);
        try (ContributionSecrets factors = ContributionSecrets.draw(userEntropy)) {
            return multiply(factors, Origin.CEREMONY, participant(name, factors), progress);
        }
    }

    /**
     * The ceremony ended by a public random value.
     *
     * @param value 1 to 64 bytes that were not predictable when the last participant contributed
     * @throws IllegalStateException if this ceremony is false, finished, no ceremony, or nobody has contributed
     */
    public Ceremony finish(String name, byte[] value, int logIterations, Progress progress) {
        if (history.participants() == 0) {
            throw new IllegalStateException(
                    "nobody has contributed: a beacon's factors are public, so contribute first");
        }
        Beacon.requireArguments(value, logIterations);
        SetupContribution.requireName(name);
        requireOpen(progress);
        final byte[] hash = history.hash(setup.logSize());
        try (ContributionSecrets factors = ContributionSecrets.ofBeacon(hash, value, logIterations)) {
            final Beacon link = new Beacon(
                    name,
                    PowersUpdate.multiply(tau1(), factors.tau()),
                    PowersUpdate.multiply(setup.xi1(), factors.xi()),
                    value,
                    logIterations);
            return multiply(factors, Origin.CEREMONY, link, progress);
        }
    }

    /** Whether the powers follow from the contributions, and these from each other. */
    public SetupVerdict verify(Progress progress) {
        return SetupVerifier.verify(setup, history, progress);
    }

    private static void requireLogSize(int logSize) {
        if (logSize < 1 || logSize > MAX_LOG_SIZE) {
            throw new IllegalArgumentException(
                    "a setup of 2^" + logSize + " powers: choose an exponent from 1 to " + MAX_LOG_SIZE);
        }
    }

    private void requireOpen(Progress progress) {
        if (history.origin() != Origin.CEREMONY) {
            throw new IllegalStateException(
                    "this setup was made by " + history.origin() + " and takes no contributions: start a ceremony");
        }
        if (history.finished()) {
            throw new IllegalStateException("a beacon has ended this ceremony: it takes no more contributions");
        }
        if (verify(progress) instanceof SetupVerdict.Rejected(var stage, var expected)) {
            throw new IllegalStateException("this ceremony is false (" + stage + ": expected " + expected
                    + "), nothing can be built on it: get the file again from its last participant");
        }
    }

    private G1Affine tau1() {
        return G1Affine.ofLimbs(setup.powers(), G1Affine.LIMBS);
    }

    /** The link for these factors, with proofs of knowledge under fresh nonces. */
    Participant participant(String name, ContributionSecrets factors) {
        final G1Affine tau1 = PowersUpdate.multiply(tau1(), factors.tau());
        final G1Affine xi1 = PowersUpdate.multiply(setup.xi1(), factors.xi());
        try (ContributionSecrets nonces = ContributionSecrets.draw(new byte[0])) {
            final G1Affine tauNonce = PowersUpdate.multiply(tau1(), nonces.tau());
            final G1Affine xiNonce = PowersUpdate.multiply(setup.xi1(), nonces.xi());
            final Scalar challenge =
                    Participant.challenge(history.hash(setup.logSize()), name, tau1, xi1, tauNonce, xiNonce);
            return new Participant(
                    name,
                    tau1,
                    xi1,
                    KnowledgeProof.of(tauNonce, nonces.tau(), factors.tau(), challenge),
                    KnowledgeProof.of(xiNonce, nonces.xi(), factors.xi(), challenge));
        }
    }

    private Ceremony multiply(ContributionSecrets factors, Origin origin, SetupContribution link, Progress progress) {
        final long[] powers = history.contributions().isEmpty() // then all powers are the generator
                ? FixedBasePowers.of(factors.tau(), setup.size(), progress)
                : PowersUpdate.of(setup.powers(), factors.tau(), progress);
        final Setup.VerifierKey key = new Setup.VerifierKey(
                multiply(setup.verifierKey().tau2(), factors.tau()),
                multiply(setup.verifierKey().xi2(), factors.xi()));
        final List<SetupContribution> links = new ArrayList<>(history.contributions());
        links.add(link);
        final SetupHistory extended = new SetupHistory(origin, "", links);
        return new Ceremony(new Setup(setup.logSize(), powers, link.xi1(), key, extended.unsafe()), extended);
    }

    private static G2Affine multiply(G2Affine point, long[] factor) {
        final long[] limbs = new long[Fr.LIMBS];
        Fr.toCanonical(limbs, 0, factor, 0);
        final G2Affine product = point.mulLimbs(limbs);
        Fr.setZero(limbs, 0);
        return product;
    }
}
