package org.zkml.prover.commitment;

import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.curve.G1Jacobian;
import org.zkml.prover.field.FrVector;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.field.Selection;
import org.zkml.prover.msm.Bases;
import org.zkml.prover.msm.Msm;
import org.zkml.prover.poly.MultilinearPolynomial;

/** Hiding commitments {@code com(f; b) = [U(f)(tau)]_1 + b [xi]_1} (docs/proof-system.md, section 2). */
public final class Committer {

    private final Setup setup;
    private final Bases powers;

    public Committer(Setup setup) {
        this.setup = setup;
        this.powers = Bases.of(setup.powers());
    }

    public Setup setup() {
        return setup;
    }

    /** @throws IllegalArgumentException if the table is larger than the setup */
    public G1Affine commit(MultilinearPolynomial f, Scalar blinder) {
        requireFits(f.size());
        final int[] small = f.smallValues();
        if (small != null) {
            return blind(Msm.sum(powers, small), blinder);
        }
        final Selection selection = f.selection();
        return selection != null && Msm.isShorter(selection) ? commit(selection, blinder) : commit(f.values(), blinder);
    }

    /**
     * Commits to a selection by sums of the powers that share a value.
     *
     * @throws IllegalArgumentException if it is larger than the setup
     */
    public G1Affine commit(Selection selection, Scalar blinder) {
        requireFits(selection.size());
        return blind(Msm.sum(powers, selection), blinder);
    }

    /**
     * Commits to a univariate polynomial by its coefficients, lowest first.
     *
     * @throws IllegalArgumentException if it is larger than the setup
     */
    public G1Affine commit(FrVector coefficients, Scalar blinder) {
        requireFits(coefficients.size());
        return blind(Msm.sumCanonical(powers, coefficients.toCanonical(), coefficients.size()), blinder);
    }

    private void requireFits(int size) {
        if (size > setup.size()) {
            throw new IllegalArgumentException("the setup has 2^" + setup.logSize() + " powers, " + size
                    + " are needed: make or import a larger one");
        }
    }

    private G1Affine blind(G1Jacobian sum, Scalar blinder) {
        sum.add(setup.xi1().mul(blinder));
        return sum.toAffine();
    }
}
