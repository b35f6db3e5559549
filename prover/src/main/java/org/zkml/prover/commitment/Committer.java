package org.zkml.prover.commitment;

import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.curve.G1Jacobian;
import org.zkml.prover.field.Scalar;
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
        final G1Jacobian sum = small != null ? Msm.sum(powers, small) : Msm.sum(powers, f.table(), 0, f.size());
        return blind(sum, blinder);
    }

    /**
     * Commits to a univariate polynomial by {@code count} coefficients from element {@code offset} of a flat table.
     *
     * @throws IllegalArgumentException if it is larger than the setup
     */
    public G1Affine commit(long[] coefficients, int offset, int count, Scalar blinder) {
        requireFits(count);
        return blind(Msm.sum(powers, coefficients, offset, count), blinder);
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
