package org.zkml.prover.relation;

import java.math.BigInteger;
import java.util.List;
import org.zkml.prover.engine.Witness.Blinded;
import org.zkml.prover.field.Fr;
import org.zkml.prover.field.FrVector;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.fixedpoint.FixedPoint;
import org.zkml.prover.poly.Eq;
import org.zkml.prover.poly.Multilinear;
import org.zkml.prover.poly.MultilinearPolynomial;
import org.zkml.prover.sumcheck.SumGroup;
import org.zkml.prover.sumcheck.SumGroup.Part;
import org.zkml.prover.sumcheck.SumGroup.Term;
import org.zkml.prover.training.ModelTrace;

/** What INFER and EVALUATE prove alike: one model's forward pass over committed rows (docs/proof-system.md, section 7a). */
final class ModelColumns {

    private final MultilinearPolynomial x;
    private final int features;
    private final int[] forward;
    private final ModelTrace trace;
    private final MultilinearPolynomial zi;
    private final MultilinearPolynomial rem;
    private final MultilinearPolynomial aux;

    /**
     * @param x 2^rowVars rows of 2^lk features
     * @param w the 2^lk master weights
     * @throws IllegalArgumentException naming what has another size or is out of range
     * @throws org.zkml.prover.training.OutOfRangeException if a logit is
     */
    ModelColumns(int b, int rowVars, int lk, Blinded x, Blinded w, int... activation) {
        requireVariables("X", x.polynomial(), lk + rowVars);
        requireVariables("W", w.polynomial(), lk);
        this.x = x.polynomial();
        this.features = 1 << lk;
        final FixedPoint format = new FixedPoint(b);
        final long[] weights = weights(w.polynomial());
        trace = ModelTrace.of(format, activation, weights, this.x.smallValues());
        zi = MultilinearPolynomial.ofSmall(trace.zi());
        rem = MultilinearPolynomial.ofSmall(trace.rem());
        final int[] limbs = new int[Limbs.MODEL_COUNT * features];
        forward = new int[features];
        for (int k = 0; k < features; k++) {
            final long shifted = weights[k] + format.offW();
            for (int l = 0; l < Limbs.MODEL_COUNT - 1; l++) {
                limbs[k + features * l] = (int) (shifted >> (b * l)) & (1 << b) - 1;
            }
            forward[k] = format.forwardWeight(weights[k]);
        }
        aux = MultilinearPolynomial.ofSmall(limbs);
    }

    /** @throws IllegalArgumentException if a column has another size than the statement says */
    static void requireVariables(String name, MultilinearPolynomial column, int numVars) {
        if (column.numVars() != numVars) {
            throw new IllegalArgumentException(
                    name + " has " + column.size() + " values, the statement says 2^" + numVars);
        }
    }

    /** The integers of least amount that the elements stand for. */
    private static long[] weights(MultilinearPolynomial w) {
        final FrVector values = w.values();
        final long[] weights = new long[values.size()];
        for (int k = 0; k < weights.length; k++) {
            final BigInteger value = values.get(k).toBigInteger();
            final BigInteger centred =
                    value.compareTo(Fr.MODULUS.shiftRight(1)) > 0 ? value.subtract(Fr.MODULUS) : value;
            if (centred.bitLength() >= Long.SIZE) {
                throw new IllegalArgumentException("weight " + k + " is " + centred + ": this is no model");
            }
            weights[k] = centred.longValueExact();
        }
        return weights;
    }

    ModelTrace trace() {
        return trace;
    }

    /** Table indices, row by row. */
    MultilinearPolynomial zi() {
        return zi;
    }

    /** Remainders, row by row. */
    MultilinearPolynomial rem() {
        return rem;
    }

    /** aux(l, k), k low: three limbs of W + offW, zeros. */
    MultilinearPolynomial aux() {
        return aux;
    }

    /** Sum 0, the logits, over k: {@code X(rho, k) Wf(k)}. */
    SumGroup logits(Scalar... rho) {
        final int lk = Integer.numberOfTrailingZeros(features);
        return new SumGroup(
                lk,
                List.of(new Part(0, -1, List.of(Term.plus(0, 1)))),
                Multilinear.contract(x, lk, Eq.table(rho)),
                FrVector.ofSmall(forward));
    }
}
