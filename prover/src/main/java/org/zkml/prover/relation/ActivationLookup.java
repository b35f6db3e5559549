package org.zkml.prover.relation;

import java.util.List;
import org.zkml.prover.engine.Witness.Blinded;
import org.zkml.prover.field.FrVector;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.field.Selection;
import org.zkml.prover.poly.Eq;
import org.zkml.prover.poly.MultilinearPolynomial;
import org.zkml.prover.sumcheck.SumGroup;
import org.zkml.prover.sumcheck.SumGroup.Part;
import org.zkml.prover.sumcheck.SumGroup.Term;

/**
 * The prover's table of the lookups in TRAIN, INFER and EVALUATE (docs/proof-system.md, sections 6 and 7a): {@code out(tag, y)}, where tag 0 holds the range of b bits and
 * tag 1 the activation.
 */
final class ActivationLookup {

    /** The tag of ranges, and that of the activation. */
    static final int RANGE = 0;

    static final int ACTIVATION = 1;

    private static final int HT = 1;
    private static final int MULT = 3;

    private final int b;
    private final MultilinearPolynomial out;
    private final boolean classes;
    private final int[] counts;
    private FrVector entries;
    private MultilinearPolynomial ht;

    /**
     * @param activation the 2^b values of the activation table
     * @param classes whether entries of the activation also name their class, -1 or 1
     */
    ActivationLookup(int b, int[] activation, boolean classes) {
        this.b = b;
        this.out = TrainWitness.fixedTable(activation, b);
        this.classes = classes;
        this.counts = new int[2 << b];
    }

    /** The fixed column. */
    Blinded out() {
        return new Blinded(out, Scalar.ZERO);
    }

    /**
     * Counts the values of a column that are looked up, each with {@code offset} added.
     *
     * @throws IllegalArgumentException naming the value that is not in the table
     */
    void count(String name, MultilinearPolynomial column, int offset, int tag) {
        final int[] values = column.smallValues();
        for (int i = 0; i < values.length; i++) {
            final int entry = values[i] + offset;
            if (entry < 0 || entry >= 1 << b) {
                throw new IllegalArgumentException(name + "[" + i + "] is " + values[i] + ", not in [" + -offset + ", "
                        + ((1 << b) - offset) + ")");
            }
            counts[(tag << b) + entry]++;
        }
    }

    /** How often each entry is looked up. */
    MultilinearPolynomial mult() {
        return MultilinearPolynomial.ofSmall(counts);
    }

    /** The inverses of alpha + y + beta out + beta^2 tag, and with classes + beta^3 tag class. */
    MultilinearPolynomial invert(Scalar alpha, Scalar beta) {
        final int half = 1 << b;
        final int[] indices = new int[2 * half];
        final int[] tags = new int[2 * half];
        final int[] signs = new int[2 * half];
        for (int i = 0; i < 2 * half; i++) {
            indices[i] = i & (half - 1);
            tags[i] = i / half;
            signs[i] = tags[i] * (indices[i] < half / 2 ? -1 : 1);
        }
        entries = FrVector.ofSmall(indices);
        entries.addConstant(alpha);
        entries.addScaled(tags, beta.square());
        if (classes) {
            entries.addScaled(signs, beta.pow(3));
        }
        out.addTo(entries, beta);
        ht = MultilinearPolynomial.of(Lookup.inverses(entries));
        return ht;
    }

    /** The inverses that the values of a column look up, as a part of a selection from the table's. */
    Selection.Part part(MultilinearPolynomial column, int offset, int tag) {
        return Selection.Part.of(column.smallValues(), offset + (tag << b));
    }

    /** Sums of inverses. */
    MultilinearPolynomial selected(Selection.Part... parts) {
        return Lookup.selected(ht, parts);
    }

    /** Over (tag, y): the inverses of the entries as sum {@code sum}, the lookups' sum as the one after it. */
    SumGroup sums(int sum, Scalar... upsilon) {
        return new SumGroup(
                b + 1,
                List.of(
                        new Part(sum, 0, List.of(Term.plus(HT, 2), Term.minus())),
                        new Part(sum + 1, -1, List.of(Term.plus(HT, MULT)))),
                Eq.table(upsilon),
                ht.toVector(),
                entries,
                mult().toVector());
    }

    /** The lookups' sum. */
    static Scalar total(SumGroup group) {
        return FrVector.innerProduct(group.factor(MULT), group.factor(HT));
    }

    /** mult at the bound point. */
    static Scalar mult(SumGroup bound) {
        return bound.factor(MULT).get(0);
    }

    /** ht at the bound point. */
    static Scalar ht(SumGroup bound) {
        return bound.factor(HT).get(0);
    }

    /** out at the point of the table's sums. */
    Scalar outAt(Scalar... point) {
        return out.evaluate(point);
    }
}
