package org.zkml.prover.commitment;

import java.util.Optional;
import org.zkml.prover.commitment.SetupContribution.Beacon;
import org.zkml.prover.commitment.SetupContribution.Participant;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.field.Scalar;

/**
 * Checks the links of a ceremony (Kohlweiss, Maller, Siim, Volkhov, ePrint 2021/219, section 4: update proofs bound to the chain so
 * far). [tau]_1 and [xi]_1 start at the generator; each link multiplies both.
 */
final class ContributionChain {

    private byte[] hash;
    private G1Affine tau1 = G1Affine.GENERATOR;
    private G1Affine xi1 = G1Affine.GENERATOR;

    private ContributionChain(int logSize) {
        hash = SetupHistory.firstHash(logSize);
    }

    /** What is wrong with the chain, or nothing. */
    static Optional<String> problem(Setup setup, SetupHistory history, Progress progress) {
        final ContributionChain chain = new ContributionChain(setup.logSize());
        final int count = history.contributions().size();
        for (int i = 0; i < count; i++) {
            progress.report("checking contributions", i, count);
            final SetupContribution link = history.contributions().get(i);
            if (link instanceof Beacon && i < count - 1) {
                return Optional.of("the beacon, contribution " + (i + 1) + ", to be the last one");
            }
            if (!chain.extend(link)) {
                return Optional.of("contribution " + (i + 1) + " (" + link.name()
                        + ") to be made from the one before, by somebody who knew its factors");
            }
        }
        progress.report("checking contributions", count, count);
        if (history.finished() && history.participants() == 0) {
            return Optional.of("a contribution before the beacon, whose factors are public");
        }
        if (!chain.tau1.equals(G1Affine.ofLimbs(setup.powers(), G1Affine.LIMBS)) || !chain.xi1.equals(setup.xi1())) {
            return Optional.of("the setup's [tau]_1 and [xi]_1 to be those of the last contribution");
        }
        return Optional.empty();
    }

    private boolean extend(SetupContribution link) {
        if (link.tau1().isInfinity() || link.xi1().isInfinity()) {
            return false; // a factor of zero
        }
        final boolean holds = switch (link) {
            case Participant participant -> provesKnowledge(participant);
            case Beacon beacon -> recomputes(beacon);
        };
        hash = link.hashAfter(hash);
        tau1 = link.tau1();
        xi1 = link.xi1();
        return holds;
    }

    private boolean provesKnowledge(Participant link) {
        final Scalar challenge = Participant.challenge(
                hash,
                link.name(),
                link.tau1(),
                link.xi1(),
                link.tauProof().nonce(),
                link.xiProof().nonce());
        return link.tauProof().holds(tau1, link.tau1(), challenge)
                && link.xiProof().holds(xi1, link.xi1(), challenge);
    }

    private boolean recomputes(Beacon link) {
        try (ContributionSecrets factors = ContributionSecrets.ofBeacon(hash, link.value(), link.logIterations())) {
            return PowersUpdate.multiply(tau1, factors.tau()).equals(link.tau1())
                    && PowersUpdate.multiply(xi1, factors.xi()).equals(link.xi1());
        }
    }
}
