package org.zkml.prover.data;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** How a number is written in a cell: digits with an optional sign, decimal point and exponent; no blanks, no thousands separator, no NaN or infinity. */
final class NumericCell {
    private static final Pattern NUMBER = Pattern.compile("[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+)?");
    private static final Pattern COMMA_DECIMAL = Pattern.compile("[+-]?[0-9.]*,[0-9]+");
    private static final Set<String> MISSING = Set.of("", "na", "n/a", "nan", "null", "?", "-", ".");

    private NumericCell() {}

    /** Whether the text is a number; a finite one, too: 1e999 is none. */
    static boolean isNumber(String text) {
        return NUMBER.matcher(text).matches() && Double.isFinite(Double.parseDouble(text));
    }

    /** Whether the text is one of the usual ways to say that there is no value. */
    static boolean isMissing(String text) {
        return MISSING.contains(text.strip().toLowerCase(Locale.ROOT));
    }

    static double parse(String file, long line, String column, String text) {
        if (isNumber(text)) {
            return Double.parseDouble(text);
        }
        throw problem(file, line, column, text);
    }

    static DataException problem(String file, long line, String column, String text) {
        if (isMissing(text)) {
            return DataException.cell(file, line, column, text, "is a missing value", "fill it in or remove the row");
        }
        if (NUMBER.matcher(text).matches()) {
            return DataException.cell(
                    file, line, column, text, "is too large for a number", "correct it or remove the row");
        }
        String cure;
        if (NUMBER.matcher(text.strip()).matches()) {
            cure = "remove the blanks around it";
        } else if (COMMA_DECIMAL.matcher(text).matches()) {
            cure = "write it with a decimal point and without a thousands separator, like 1234.5";
        } else if (text.contains("\n")) {
            cure = "look for a quotation mark that is not closed";
        } else {
            cure = "write it with digits and a decimal point, like 12.5, or remove the row";
        }
        return DataException.cell(file, line, column, text, "is not a number", cure);
    }
}
