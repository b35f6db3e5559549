package org.zkml.prover.engine;

import java.util.ArrayList;
import java.util.List;
import org.zkml.prover.engine.ColumnSpec.Kind;
import org.zkml.prover.pad.Pad;

/**
 * What a relation's proofs look like, given the shape in its statement; known to prover and verifier before the first message.
 *
 * @param columns external and fixed ones in the order of the statement, witness columns in the order of commitment
 * @param firstChallenges number of scalar challenges after the first phase
 * @param points numbers of variables of the point challenges after the second phase, in order
 * @param hiddenSums names of the hidden sums, in order of sending
 * @param sums numbers of variables of the sums of the first sum-check
 * @param values names of the values sent after it, two a pair
 * @param clearValues names of the values sent in clear after them
 */
public record Structure(
        List<ColumnSpec> columns,
        int firstChallenges,
        List<Integer> points,
        List<String> hiddenSums,
        List<Integer> sums,
        List<String> values,
        List<String> clearValues) {

    /** The largest number of rounds of a sum-check for which the error bound of docs/proof-system.md, section 4.4, is stated. */
    public static final int MAX_ROUNDS = 28;

    public Structure {
        columns = List.copyOf(columns);
        points = List.copyOf(points);
        hiddenSums = List.copyOf(hiddenSums);
        sums = List.copyOf(sums);
        values = List.copyOf(values);
        clearValues = List.copyOf(clearValues);
        if (values.size() % 2 != 0) {
            throw new IllegalArgumentException("values come in pairs, not " + values.size());
        }
    }

    /** Rounds of the first sum-check. */
    public int n1() {
        return sums.stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    /** Rounds of the second sum-check: the largest column. */
    public int n2() {
        return columns.stream().mapToInt(ColumnSpec::numVars).max().orElse(0);
    }

    /** Number of hidden messages, each with a slot of the pad. */
    public int hiddenMessages() {
        return values.size() + hiddenSums.size() + 4 * n1() + 2 * n2();
    }

    /**
     * Checks the pad's capacity and the bounds of the soundness argument.
     *
     * @throws IllegalArgumentException naming what is too large
     */
    public void requireSupported() {
        if (hiddenMessages() > Pad.SLOTS) {
            throw new IllegalArgumentException("the shape needs " + hiddenMessages() + " pads (n1 = " + n1() + ", n2 = "
                    + n2() + "), there are " + Pad.SLOTS);
        }
        if (n1() > MAX_ROUNDS || n2() > MAX_ROUNDS) {
            throw new IllegalArgumentException("n1 = " + n1() + " and n2 = " + n2() + " must be at most " + MAX_ROUNDS);
        }
    }

    /** Indices of the columns of a kind, in order. */
    public List<Integer> columnsOf(Kind kind) {
        final List<Integer> indices = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).kind() == kind) {
                indices.add(i);
            }
        }
        return indices;
    }

    /** Index of the column of that name. */
    public int column(String name) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equals(name)) {
                return i;
            }
        }
        throw new IllegalArgumentException("no column " + name);
    }

    /** Slot of a value sent after the first sum-check. */
    public int valueSlot(String name) {
        final int index = values.indexOf(name);
        if (index < 0) {
            throw new IllegalArgumentException("no value " + name);
        }
        return index;
    }

    /** Slot of hidden sum {@code i}. */
    public int hiddenSlot(int i) {
        return values.size() + i;
    }

    /** Slot of the first sum-check's message c_0, c_2, c_3, c_4 (place 0 to 3) in its round {@code round}, the first being 0. */
    public int firstSumcheckSlot(int round, int place) {
        return values.size() + hiddenSums.size() + 4 * round + place;
    }

    /** Slot of the second sum-check's message c_0, c_2 (place 0, 1) in its round {@code round}. */
    public int secondSumcheckSlot(int round, int place) {
        return firstSumcheckSlot(n1(), 0) + 2 * round + place;
    }

    /**
     * Length of a proof: 11 points of the engine beside the columns' and the quotients', and two scalars beside the messages.
     */
    public int proofBytes() {
        final int witnessColumns = columnsOf(Kind.FIRST_PHASE).size()
                + columnsOf(Kind.SECOND_PHASE).size();
        return 64 * (11 + witnessColumns + n2()) + 32 * (hiddenMessages() + clearValues.size() + 2);
    }
}
