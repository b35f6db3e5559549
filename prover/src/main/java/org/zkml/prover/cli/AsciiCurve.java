package org.zkml.prover.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A curve for a terminal: one column a value, from the largest value in the first line to the smallest in the last. */
final class AsciiCurve {

    private static final int HEIGHT = 8;
    private static final int MAX_WIDTH = 64;

    private AsciiCurve() {}

    static List<String> lines(double[] values) {
        final double[] shown = thinned(values);
        final double most = Arrays.stream(shown).filter(Double::isFinite).max().orElse(0);
        final double least = Arrays.stream(shown).filter(Double::isFinite).min().orElse(0);
        final List<String> lines = new ArrayList<>();
        for (int row = 0; row < HEIGHT; row++) {
            final StringBuilder line = new StringBuilder(label(row, most, least)).append(" |");
            for (double value : shown) {
                line.append(height(value, most, least) == row ? '*' : ' ');
            }
            lines.add(line.toString().stripTrailing());
        }
        lines.add(" ".repeat(11) + "+" + "-".repeat(shown.length) + " loss by step");
        return lines;
    }

    /** At most {@link #MAX_WIDTH} values, first and last among them. */
    private static double[] thinned(double[] values) {
        if (values.length <= MAX_WIDTH) {
            return values;
        }
        final double[] some = new double[MAX_WIDTH];
        for (int i = 0; i < MAX_WIDTH; i++) {
            some[i] = values[(int) ((long) i * (values.length - 1) / (MAX_WIDTH - 1))];
        }
        return some;
    }

    private static int height(double value, double most, double least) {
        if (!Double.isFinite(value) || most == least) {
            return most == least ? HEIGHT - 1 : 0;
        }
        return (int) Math.round((most - value) / (most - least) * (HEIGHT - 1));
    }

    private static String label(int row, double most, double least) {
        if (row != 0 && row != HEIGHT - 1) {
            return " ".repeat(10);
        }
        return String.format(Locale.ROOT, "%10.4f", row == 0 ? most : least);
    }
}
