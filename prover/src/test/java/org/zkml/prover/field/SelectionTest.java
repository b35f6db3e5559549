package org.zkml.prover.field;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Selections against their definition, element by element. */
class SelectionTest {

    private static final long SEED = 1912;
    private static final int ENTRIES = 128;

    /** Two parts, one with a shift and one subtracted, with indices that select nothing and halves that agree in places. */
    private static Selection random(int size) {
        final Random random = new Random(SEED + size);
        final FrVector table = FrVector.zeros(ENTRIES);
        for (int i = 0; i < ENTRIES; i++) {
            table.set(i, Scalar.of(random.nextLong()).square());
        }
        final int[] first = new int[size];
        final int[] second = new int[size];
        for (int i = 0; i < size; i++) {
            first[i] = random.nextInt(10) == 0 ? Selection.NOTHING : random.nextInt(ENTRIES) - 40;
            second[i] = random.nextInt(4);
        }
        return new Selection(table, size, List.of(Selection.Part.of(first, 40), new Selection.Part(second, 1, true)));
    }

    private static Scalar[] defined(Selection selection) {
        final Scalar[] values = new Scalar[selection.size()];
        Arrays.fill(values, Scalar.ZERO);
        for (int i = 0; i < values.length; i++) {
            for (Selection.Part part : selection.parts()) {
                if (part.index()[i] != Selection.NOTHING) {
                    final Scalar entry = selection.table().get(part.index()[i] + part.shift());
                    values[i] = part.negative() ? values[i].sub(entry) : values[i].add(entry);
                }
            }
        }
        return values;
    }

    private static Scalar[] elements(FrVector vector) {
        final Scalar[] values = new Scalar[vector.size()];
        Arrays.setAll(values, vector::get);
        return values;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 64, 256, 1024})
    void valuesAreSumsOfEntries(int size) {
        final Selection selection = random(size);
        assertArrayEquals(defined(selection), elements(selection.values()));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 64, 1024})
    void differencesAreThoseOfTheHalves(int size) {
        final Selection selection = random(size);
        final Scalar[] values = defined(selection);
        final Scalar[] differences = new Scalar[size / 2];
        Arrays.setAll(differences, i -> values[size / 2 + i].sub(values[i]));
        assertArrayEquals(differences, elements(selection.differences().values()));
        assertEquals(4, selection.differences().parts().size());
    }
}
