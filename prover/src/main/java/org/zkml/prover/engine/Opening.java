package org.zkml.prover.engine;

import java.util.List;
import java.util.function.Function;
import org.zkml.prover.commitment.Committer;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.engine.ColumnSpec.Kind;
import org.zkml.prover.field.Fr;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.pad.Pad;
import org.zkml.prover.pad.PadEquation;
import org.zkml.prover.pad.PadPolynomials;
import org.zkml.prover.parallel.Parallel;
import org.zkml.prover.transcript.Transcript;

/** The prover's side of the opening (docs/proof-system.md, section 4.4): messages 7 to 13. */
final class Opening {

    private final Structure structure;
    private final Witness.Blinded[] columns;
    private final Committer committer;
    private final ProverRandomness randomness;

    /** The pads, and their polynomials as committed. */
    record Pads(PadPolynomials polynomials, CommittedPolynomial a, CommittedPolynomial b, CommittedPolynomial c) {}

    Opening(Relation relation, Witness.Blinded[] columns, Committer committer, ProverRandomness randomness) {
        this.structure = relation.structure();
        this.columns = columns;
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
        final long[] p1 = new long[Fr.LIMBS * size];
        for (int j = 0; j < columns.length; j++) {
            columns[j].polynomial().addTo(p1, columnWeights[j]);
        }
        // F is in p1 now; it goes on to be P1, and its folded copy gives the quotients
        final long[] quotientTable = new long[Fr.LIMBS << n2];
        final Scalar v = divideByVariables(p1, quotientTable, u);
        final CommittedPolynomial[] quotients = new CommittedPolynomial[n2];
        final CommittedPolynomial value = CommittedPolynomial.of(new Scalar[] {v}, randomness.draw("C_V"));
        final CommittedPolynomial nu =
                CommittedPolynomial.of(new Scalar[] {randomness.draw("nu")}, randomness.draw("C_nu"));
        out.point(value.commit(committer));
        out.point(nu.commit(committer));
        for (int k = 0; k < n2; k++) {
            quotients[k] = new CommittedPolynomial(quotientTable, 1 << k, 1 << k, randomness.draw("q" + k));
        }
        commitAll(quotients, out);
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
        final CommittedPolynomial g = degreeCheck(quotients, r, value, nu, y);
        out.point(g.commit(committer));
        out.absorb();
        final Scalar x = transcript.challenge();
        if (y.isZero() || x.isZero() || Pad.vanishing(x).isZero()) {
            return null;
        }
        final Scalar a = Coefficients.evaluate(pads.polynomials().a(), x);
        final long[] p2 = g.table();
        final Scalar xInverse = x.inverse();
        final Scalar e = Coefficients.divideByLinear(p2, g.count(), xInverse);
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
        Coefficients.divideByLinear(p1, size, x);
        final Scalar s1 = randomness.draw("s_1");
        final Scalar s2 = randomness.draw("s_2");
        out.point(committer.commit(p1, 0, size - 1, s1));
        out.point(committer.commit(p2, 0, g.count() - 1, s2));
        out.absorb();
        final Scalar w = transcript.challenge();

        // delta = [b_1 - s_1 (tau - x) + w (b_2 - s_2 (tau - 1/x))]_1
        final Scalar constant =
                first.blinder.add(s1.mul(x)).add(w.mul(g.blinder().add(s2.mul(xInverse))));
        final Scalar linear = s1.add(w.mul(s2)).negate();
        out.point(committer.commit(
                CommittedPolynomial.of(new Scalar[] {constant, linear}, Scalar.ZERO)
                        .table(),
                0,
                2,
                Scalar.ZERO));
        out.keep();
        return out.proof();
    }

    /**
     * {@code f - V = sum_k (x_k - u_k) q_k}: writes the table of q_k to places 2^k to 2^{k+1} - 1 of the quotients, and returns V. The first 2^{n2}
     * values of f are left as they are.
     */
    private static Scalar divideByVariables(long[] f, long[] quotients, Scalar[] u) {
        final int n2 = u.length;
        long[] folded = f;
        for (int k = n2 - 1; k >= 0; k--) {
            final int half = 1 << k;
            final long[] source = folded;
            final long[] target = k == n2 - 1 ? new long[Fr.LIMBS * half] : folded;
            final long[] c = u[k].limbs();
            Parallel.forRange(0, half, 4096, (from, to) -> {
                final long[] t = new long[Fr.LIMBS];
                for (int i = from; i < to; i++) {
                    final int q = Fr.LIMBS * (half + i);
                    Fr.sub(quotients, q, source, Fr.LIMBS * (half + i), source, Fr.LIMBS * i);
                    Fr.mul(t, 0, quotients, q, c, 0);
                    Fr.add(target, Fr.LIMBS * i, source, Fr.LIMBS * i, t, 0);
                }
            });
            folded = target;
        }
        return Scalar.get(folded, 0);
    }

    private void commitAll(CommittedPolynomial[] polynomials, ProofWriter out) {
        final G1Affine[] commitments = new G1Affine[polynomials.length];
        Parallel.forRange(0, polynomials.length, 1, (from, to) -> {
            for (int i = from; i < to; i++) {
                commitments[i] = polynomials[i].commit(committer);
            }
        });
        for (G1Affine commitment : commitments) {
            out.point(commitment);
        }
    }

    /** {@code g = sum_k y^k rev(q_k) + y^{n2} rev(R) + y^{n2+1} V + y^{n2+2} nu + sum_j y^{n2+3+j} rev(f_j)} over the external columns. */
    private CommittedPolynomial degreeCheck(
            CommittedPolynomial[] quotients,
            CommittedPolynomial r,
            CommittedPolynomial v,
            CommittedPolynomial nu,
            Scalar y) {
        final List<Integer> external = structure.columnsOf(Kind.EXTERNAL);
        int size = Math.max(quotients.length == 0 ? 1 : 1 << quotients.length - 1, r.count());
        for (int j : external) {
            size = Math.max(size, columns[j].polynomial().size());
        }
        final long[] g = new long[Fr.LIMBS * size];
        Scalar power = Scalar.ONE;
        for (CommittedPolynomial quotient : quotients) {
            quotient.addReversedTo(g, power);
            power = power.mul(y);
        }
        for (CommittedPolynomial polynomial : List.of(r, v, nu)) {
            polynomial.addReversedTo(g, power);
            power = power.mul(y);
        }
        for (int j : external) {
            final int count = columns[j].polynomial().size();
            Coefficients.addScaledReversed(g, columns[j].polynomial().table(), 0, count, power);
            power = power.mul(y);
        }
        return new CommittedPolynomial(g, 0, size, randomness.draw("g"));
    }

    /** A linear combination of committed polynomials, with its blinder. */
    private static final class Combination {
        private final long[] coefficients;
        private Scalar blinder = Scalar.ZERO;

        Combination(long[] coefficients) {
            this.coefficients = coefficients;
        }

        void add(CommittedPolynomial polynomial, Scalar factor) {
            polynomial.addTo(coefficients, factor);
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
