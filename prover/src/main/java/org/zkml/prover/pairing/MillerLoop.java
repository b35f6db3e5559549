package org.zkml.prover.pairing;

import java.util.List;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.field.Fq;
import org.zkml.prover.field.Fq2;

/**
 * The Miller loop of the optimal ate pairing, of length 6x + 2 (Vercauteren, ePrint 2008/096), for a product of pairings: one squaring a step for all pairs. Every line is divided by y_P,
 * which the final exponentiation does not see, being in Fq: then its first coefficient is 1.
 */
final class MillerLoop {

    private static final int L = Fq2.LIMBS;

    private final long[][] lines;
    /** x_P / y_P and 1 / y_P of every P. */
    private final long[] ps;

    private final long[] f = Fq12.one();
    private final long[] line = new long[PreparedG2.LINE];
    private final long[] t = new long[Fq12.SCRATCH];

    private MillerLoop(List<G1Affine> ps, List<PreparedG2> qs) {
        this.lines = qs.stream().map(PreparedG2::lines).toArray(long[][]::new);
        this.ps = scales(ps);
    }

    private static long[] scales(List<G1Affine> ps) {
        final long[] inverses = new long[Fq.LIMBS * ps.size()];
        for (int k = 0; k < ps.size(); k++) {
            Fq.copy(inverses, Fq.LIMBS * k, ps.get(k).limbs(), Fq.LIMBS);
        }
        Fq.invertAll(inverses, 0, ps.size()); // y_P = 0 would mean order 2
        final long[] scales = new long[2 * inverses.length];
        for (int k = 0; k < ps.size(); k++) {
            Fq.mul(scales, 2 * Fq.LIMBS * k, ps.get(k).limbs(), 0, inverses, Fq.LIMBS * k);
            Fq.copy(scales, 2 * Fq.LIMBS * k + Fq.LIMBS, inverses, Fq.LIMBS * k);
        }
        return scales;
    }

    /** The product of the Miller functions of the pairs, none of which may contain infinity, up to a factor of Fq. */
    static long[] product(List<G1Affine> ps, List<PreparedG2> qs) {
        final MillerLoop loop = new MillerLoop(ps, qs);
        loop.run();
        return loop.f;
    }

    private void run() {
        int next = 0;
        for (int i = PreparedG2.LENGTH.length - 2; i >= 0; i--) {
            Fq12.square(f, f, t);
            apply(next++);
            if (PreparedG2.LENGTH[i] != 0) {
                apply(next++);
            }
        }
        apply(next++);
        apply(next);
    }

    /** f = f * the value of every pair's line number {@code index}. */
    private void apply(int index) {
        final int o = PreparedG2.LINE * index;
        for (int k = 0; k < lines.length; k++) {
            Fq2.mulByFq(line, 0, lines[k], o, ps, 2 * Fq.LIMBS * k);
            Fq2.mulByFq(line, L, lines[k], o + L, ps, 2 * Fq.LIMBS * k + Fq.LIMBS);
            Fq12.mulByLine(f, line, t);
        }
    }
}
