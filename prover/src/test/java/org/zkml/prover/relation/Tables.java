package org.zkml.prover.relation;

import java.math.BigInteger;
import java.util.List;
import org.zkml.prover.engine.Witness.Blinded;
import org.zkml.prover.field.FrVector;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.poly.MultilinearPolynomial;
import org.zkml.prover.sumcheck.SumGroup;

/** Tables of Fr, as liars need them. */
final class Tables {

    private Tables() {}

    /** table[index] += value. */
    static void add(FrVector table, int index, Scalar value) {
        table.set(index, table.get(index).add(value));
    }

    static Scalar sum(FrVector table) {
        return table.sum(0, table.size());
    }

    /** Counts the values that are in the lookup table; leaves out those that are not. */
    static void count(FrVector values, int[] counts, int base) {
        final BigInteger size = BigInteger.valueOf(base == 0 ? counts.length : counts.length - base);
        for (int i = 0; i < values.size(); i++) {
            final BigInteger value = values.get(i).toBigInteger();
            if (value.compareTo(size) < 0) {
                counts[base + value.intValue()]++;
            }
        }
    }

    /** A column as a table of 2^numVars values, {@code delta} moved from place 0 to the first place past its own table. */
    static Blinded extended(Blinded column, int numVars, long delta) {
        final FrVector table = FrVector.zeros(1 << numVars);
        column.polynomial().addTo(table, Scalar.ONE);
        add(table, 0, Scalar.of(-delta));
        add(table, column.polynomial().size(), Scalar.of(delta));
        return new Blinded(MultilinearPolynomial.of(table), column.blinder());
    }

    /** eq(point, index). */
    static Scalar at(Scalar[] point, int index) {
        Scalar eq = Scalar.ONE;
        for (int k = 0; k < point.length; k++) {
            eq = eq.mul((index >> k & 1) == 1 ? point[k] : Scalar.ONE.sub(point[k]));
        }
        return eq;
    }

    static Scalar bound(List<SumGroup> groups, int group, int factor) {
        return groups.get(group).factor(factor).get(0);
    }

    static FrVector of(long... values) {
        return MultilinearPolynomial.ofLongs(values).toVector();
    }
}
