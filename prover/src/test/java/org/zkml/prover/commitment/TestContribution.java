package org.zkml.prover.commitment;

import java.util.ArrayList;
import java.util.List;
import org.zkml.prover.commitment.SetupContribution.Participant;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.curve.G2Affine;
import org.zkml.prover.field.Scalar;

/** A contribution whose factors are known, made by the slow formulas, with every part replaceable: tests only. */
final class TestContribution {

    final Ceremony before;
    final Scalar tauFactor;
    final Scalar xiFactor;
    Participant link;
    long[] powers;
    G1Affine xi1;
    G2Affine tau2;
    G2Affine xi2;

    TestContribution(Ceremony before, Scalar tauFactor, Scalar xiFactor) {
        this.before = before;
        this.tauFactor = tauFactor;
        this.xiFactor = xiFactor;
        final Setup setup = before.setup();
        powers = setup.powers().clone();
        for (int i = 0; i < setup.size(); i++) {
            setPower(i, power(setup, i).mul(tauFactor.pow(i)));
        }
        xi1 = setup.xi1().mul(xiFactor);
        tau2 = setup.verifierKey().tau2().mul(tauFactor);
        xi2 = setup.verifierKey().xi2().mul(xiFactor);
    }

    static G1Affine power(Setup setup, int i) {
        return G1Affine.ofLimbs(setup.powers(), G1Affine.LIMBS * i);
    }

    void setPower(int i, G1Affine point) {
        System.arraycopy(point.limbs(), 0, powers, G1Affine.LIMBS * i, G1Affine.LIMBS);
    }

    Ceremony honest(String name) {
        try (ContributionSecrets factors = new ContributionSecrets(tauFactor.limbs(), xiFactor.limbs())) {
            link = before.participant(name, factors);
        }
        return build();
    }

    /** The ceremony from the parts as they are now. */
    Ceremony build() {
        final List<SetupContribution> links = new ArrayList<>(before.history().contributions());
        links.add(link);
        return withLinks(links);
    }

    Ceremony withLinks(List<SetupContribution> links) {
        final SetupHistory history = new SetupHistory(SetupHistory.Origin.CEREMONY, "", links);
        return new Ceremony(
                new Setup(before.setup().logSize(), powers, xi1, new Setup.VerifierKey(tau2, xi2), history.unsafe()),
                history);
    }
}
