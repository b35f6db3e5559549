package org.zkml.prover.engine;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.zkml.prover.commitment.Committer;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.engine.ColumnSpec.Kind;
import org.zkml.prover.field.FrVector;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.field.Selection;
import org.zkml.prover.msm.Msm;
import org.zkml.prover.pad.Pad;
import org.zkml.prover.pad.PadEquation;
import org.zkml.prover.pad.PadPolynomials;
import org.zkml.prover.parallel.Parallel;
import org.zkml.prover.poly.MultilinearPolynomial;
import org.zkml.prover.transcript.Transcript;

/** The prover's side of the opening (docs/proof-system.md, section 4.4): messages 7 to 13. */
final class Opening {

    private final Structure structure;
    private final Witness.Blinded[] columns;
    private final G1Affine[] commitments; // of the columns
    private final Committer committer;
    private final ProverRandomness randomness;

    /** The pads, and their polynomials as committed. */
    record Pads(PadPolynomials polynomials, CommittedPolynomial a, CommittedPolynomial b, CommittedPolynomial c) {}

    Opening(
            Relation relation,
            Witness.Blinded[] columns,
            G1Affine[] commitments,
            Committer committer,
            ProverRandomness randomness) {
        this.structure = relation.structure();
        this.columns = columns;
        this.commitments = commitments;
        this.committer = committer;
        this.randomness = randomness;
    }

    /** @return the proof, or null if a challenge asks for a fresh start */
    byte[] prove(
            Pads pads,
            Scalar[] columnWeights,
            Scalar[] u,
            Function<Scalar, PadEquation> equationAt,
            ProofWriter out,
            Transcript transcript) {
        final int n2 = structure.n2();
        final int size = Math.max(1 << n2, Pad.ORDER + 1);
        final FrVector p1 = FrVector.zeros(size);
        for (int j = 0; j < columns.length; j++) {
            columns[j].polynomial().addTo(p1, columnWeights[j]);
        }
        // F is in p1 now; it goes on to be P1, and its folded copy gives the quotients
        final FrVector[] quotientTables = new FrVector[n2];
        final Scalar v = divideByVariables(p1, quotientTables, u);
        final CommittedPolynomial[] quotients = new CommittedPolynomial[n2];
        final CommittedPolynomial value = CommittedPolynomial.of(new Scalar[] {v}, randomness.draw("C_V"));
        final CommittedPolynomial nu =
                CommittedPolynomial.of(new Scalar[] {randomness.draw("nu")}, randomness.draw("C_nu"));
        out.point(value.commit(committer));
        out.point(nu.commit(committer));
        for (int k = 0; k < n2; k++) {
            quotients[k] = new CommittedPolynomial(quotientTables[k], randomness.draw("q" + k));
        }
        commitAll(quotients, columnWeights, out);
        out.absorb();
        final Scalar eta = transcript.challenge();

        final PadEquation equation = equationAt.apply(eta);
        final PadPolynomials.Quotients solved = pads.polynomials().solve(equation, v);
        final CommittedPolynomial r = CommittedPolynomial.of(solved.r(), randomness.draw("R"));
        out.point(r.commit(committer));
        out.absorb();
        final Scalar kappa = transcript.challenge();
        final CommittedPolynomial bigQ = CommittedPolynomial.of(solved.quotient(kappa), randomness.draw("Q"));
        out.point(bigQ.commit(committer));
        out.absorb();

        final Scalar y = transcript.challenge();
        final CommittedPolynomial g = degreeCheck(quotients, r, value, nu, y, out);
        out.absorb();
        final Scalar x = transcript.challenge();
        if (y.isZero() || x.isZero() || Pad.vanishing(x).isZero()) {
            return null;
        }
        final Scalar a = Coefficients.evaluate(pads.polynomials().a(), x);
        final Scalar xInverse = x.inverse();
        final FrVector quotient2 = g.coefficients(); // once it is divided
        final Scalar e = Coefficients.divideByLinear(quotient2, xInverse);
        out.scalar(a);
        out.scalar(e);
        out.absorb();
        final Scalar z = transcript.challenge();

        final OpeningCoefficients factors = new OpeningCoefficients(
                structure, columnWeights, equation, new OpeningCoefficients.Point(u, kappa, y, x, a, e, z));
        final Combination first = new Combination(p1);
        for (int j = 0; j < columns.length; j++) {
            // F is there already: what is added is the rest of a column's factor
            first.addColumn(columns[j], factors.columns[j], factors.columns[j].sub(columnWeights[j]));
        }
        for (int k = 0; k < n2; k++) {
            first.add(quotients[k], factors.quotients[k]);
        }
        first.add(value, factors.v);
        first.add(nu, factors.nu);
        first.add(pads.a(), factors.a);
        first.add(pads.b(), factors.b);
        first.add(pads.c(), factors.c);
        first.add(r, factors.r);
        first.add(bigQ, factors.bigQ);
        first.add(CommittedPolynomial.of(new Scalar[] {factors.one}, Scalar.ZERO), Scalar.ONE);
        // the remainder P1(x) is 0 if the witness satisfies the relation; if not, the verifier finds out
        Coefficients.divideByLinear(p1, x);
        final Scalar s1 = randomness.draw("s_1");
        final Scalar s2 = randomness.draw("s_2");
        out.point(committer.commit(p1, s1));
        out.point(committer.commit(quotient2, s2));
        out.absorb();
        final Scalar w = transcript.challenge();

        // delta = [b_1 - s_1 (tau - x) + w (b_2 - s_2 (tau - 1/x))]_1
        final Scalar constant =
                first.blinder.add(s1.mul(x)).add(w.mul(g.blinder().add(s2.mul(xInverse))));
        final Scalar linear = s1.add(w.mul(s2)).negate();
        out.point(CommittedPolynomial.of(new Scalar[] {constant, linear}, Scalar.ZERO)
                .commit(committer));
        out.keep();
        return out.proof();
    }

    /**
     * {@code f - V = sum_k (x_k - u_k) q_k}: makes the tables of the quotients, and returns V. The first 2^{n2} values of f are read only.
     */
    private static Scalar divideByVariables(FrVector f, FrVector[] quotients, Scalar[] u) {
        final int n2 = u.length;
        FrVector folded = f.lower(1 << n2);
        for (int k = n2 - 1; k >= 0; k--) {
            final int half = 1 << k;
            final FrVector source = folded;
            final FrVector target = k == n2 - 1 ? source.like(half) : source;
            final FrVector quotient = source.like(half);
            final FrVector c = source.constant(u[k]);
            FrVector.forChunks(half, (at, count) -> {
                final FrVector t = source.like(count);
                quotient.sub(at, source, half + at, source, at, count);
                t.mul(0, quotient, at, c, 0, count);
                target.add(at, source, at, t, 0, count);
            });
            quotients[k] = quotient;
            folded = target.lower(half);
        }
        return folded.get(0);
    }

    private void commitAll(CommittedPolynomial[] quotients, Scalar[] columnWeights, ProofWriter out) {
        final G1Affine[] points = new G1Affine[quotients.length];
        Parallel.forRange(0, quotients.length, 1, (from, to) -> {
            for (int i = from; i < to; i++) {
                points[i] = i == quotients.length - 1 && highestIsShorter()
                        ? commitHighest(columnWeights, quotients[i].blinder())
                        : quotients[i].commit(committer);
            }
        });
        for (G1Affine point : points) {
            out.point(point);
        }
    }

    private boolean isLargest(int column) {
        return columns[column].polynomial().numVars() == structure.n2();
    }

    /** Whether the differences of all columns of n2 variables are committed faster than full scalars. */
    private boolean highestIsShorter() {
        for (int j = 0; j < columns.length; j++) {
            final Selection selection = columns[j].polynomial().selection();
            if (isLargest(j)
                    && columns[j].polynomial().smallValues() == null
                    && (selection == null || !Msm.isShorter(selection.differences()))) {
                return false;
            }
        }
        return true;
    }

    /**
     * The commitment of the quotient by the highest variable, the upper half of F minus the lower one, from those of its parts: columns of fewer variables
     * are in the lower half as a whole, and are committed already; of the largest ones the difference is small integers, or selected from a table.
     */
    private G1Affine commitHighest(Scalar[] columnWeights, Scalar blinder) {
        G1Affine sum = G1Affine.INFINITY;
        Scalar blinders = blinder;
        for (int j = 0; j < columns.length; j++) {
            if (isLargest(j)) {
                sum = sum.add(commitDifference(columns[j].polynomial()).mul(columnWeights[j]));
            } else {
                sum = sum.add(commitments[j].mul(columnWeights[j].negate()));
                blinders = blinders.add(columnWeights[j].mul(columns[j].blinder()));
            }
        }
        return sum.add(committer.setup().xi1().mul(blinders));
    }

    /** The commitment of the upper half minus the lower one, without a blinder. */
    private G1Affine commitDifference(MultilinearPolynomial column) {
        if (column.selection() != null) {
            return committer.commit(column.selection().differences(), Scalar.ZERO);
        }
        final int[] values = column.smallValues();
        final int half = values.length / 2;
        final int[] differences = new int[half];
        Arrays.setAll(differences, i -> Math.subtractExact(values[half + i], values[i]));
        return committer.commit(MultilinearPolynomial.ofSmall(differences), Scalar.ZERO);
    }

    /**
     * {@code g = sum_k y^k rev(q_k) + y^{n2} rev(R) + y^{n2+1} V + y^{n2+2} nu + sum_j y^{n2+3+j} rev(f_j)} over the external columns. External columns of n2
     * variables that are small integers are committed apart, since all the rest has half as many coefficients.
     */
    private CommittedPolynomial degreeCheck(
            CommittedPolynomial[] quotients,
            CommittedPolynomial r,
            CommittedPolynomial v,
            CommittedPolynomial nu,
            Scalar y,
            ProofWriter out) {
        final List<Integer> external = structure.columnsOf(Kind.EXTERNAL);
        int size = Math.max(quotients.length == 0 ? 1 : 1 << quotients.length - 1, r.size());
        int sizeTogether = size;
        for (int j : external) {
            final int own = columns[j].polynomial().size();
            size = Math.max(size, own);
            sizeTogether = isApart(j) ? sizeTogether : Math.max(sizeTogether, own);
        }
        final FrVector g = FrVector.zeros(size);
        Scalar power = Scalar.ONE;
        for (CommittedPolynomial quotient : quotients) {
            g.addScaled(quotient.coefficients().reversed(), power);
            power = power.mul(y);
        }
        for (CommittedPolynomial polynomial : List.of(r, v, nu)) {
            g.addScaled(polynomial.coefficients().reversed(), power);
            power = power.mul(y);
        }
        final Scalar firstPower = power;
        for (int j : external) {
            if (!isApart(j)) {
                columns[j].polynomial().reversed().addTo(g, power);
            }
            power = power.mul(y);
        }
        final CommittedPolynomial result = new CommittedPolynomial(g, randomness.draw("g"));
        G1Affine commitment = committer.commit(g.lower(sizeTogether), result.blinder());
        power = firstPower;
        for (int j : external) {
            if (isApart(j)) {
                final MultilinearPolynomial reversed = columns[j].polynomial().reversed();
                reversed.addTo(g, power);
                commitment =
                        commitment.add(committer.commit(reversed, Scalar.ZERO).mul(power));
            }
            power = power.mul(y);
        }
        out.point(commitment);
        return result;
    }

    private boolean isApart(int column) {
        return isLargest(column) && columns[column].polynomial().smallValues() != null;
    }

    /** A linear combination of committed polynomials, with its blinder. */
    private static final class Combination {
        private final FrVector coefficients;
        private Scalar blinder = Scalar.ZERO;

        Combination(FrVector coefficients) {
            this.coefficients = coefficients;
        }

        void add(CommittedPolynomial polynomial, Scalar factor) {
            coefficients.addScaled(polynomial.coefficients(), factor);
            blinder = blinder.add(factor.mul(polynomial.blinder()));
        }

        /** Adds {@code missing} times the column, whose factor is {@code factor} in all. */
        void addColumn(Witness.Blinded column, Scalar factor, Scalar missing) {
            if (!missing.isZero()) {
                column.polynomial().addTo(coefficients, missing);
            }
            blinder = blinder.add(factor.mul(column.blinder()));
        }
    }
}
