package org.zkml.prover.data;

/** Something in a data file cannot be used. The message names file, line, column, value and cure; it quotes data, so it is for the data's owner only. */
public final class DataException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int MAX_QUOTED = 60;

    private final String file;
    private final long line;
    private final String column;
    private final String value;
    private final String cure;

    private DataException(
            String file, long line, String column, String value, String problem, String cure, Throwable cause) {
        super(message(file, line, column, value, problem, cure), cause);
        this.file = file;
        this.line = line;
        this.column = column;
        this.value = value;
        this.cure = cure;
    }

    /** A problem of the file as a whole. */
    static DataException file(String file, String problem, String cure, Throwable cause) {
        return new DataException(file, 0, null, null, problem, cure, cause);
    }

    static DataException file(String file, String problem, String cure) {
        return file(file, problem, cure, null);
    }

    /** A problem of one row. */
    static DataException line(String file, long line, String problem, String cure) {
        return new DataException(file, line, null, null, problem, cure, null);
    }

    /** A problem of one column. */
    static DataException column(String file, String column, String problem, String cure) {
        return new DataException(file, 0, column, null, problem, cure, null);
    }

    /** A problem of one cell; the message starts with the value. */
    static DataException cell(String file, long line, String column, String value, String problem, String cure) {
        return new DataException(file, line, column, value, problem, cure, null);
    }

    public String file() {
        return file;
    }

    /** The line in the file, counted from 1; 0 if the problem is not one of a row. */
    public long line() {
        return line;
    }

    /** Null if the problem is not one of a column. */
    public String column() {
        return column;
    }

    /** Null if the problem is not one of a cell. */
    public String value() {
        return value;
    }

    /** What to do about it. */
    public String cure() {
        return cure;
    }

    /** The value in quotation marks, on one line and not too long. */
    static String quoted(String value) {
        String oneLine = value.replace("\r", "\\r").replace("\n", "\\n").replace("\t", "\\t");
        boolean cut = oneLine.length() > MAX_QUOTED;
        return "\"" + (cut ? oneLine.substring(0, MAX_QUOTED) + "..." : oneLine) + "\"";
    }

    private static String message(String file, long line, String column, String value, String problem, String cure) {
        StringBuilder text = new StringBuilder(file);
        if (line > 0) {
            text.append(", line ").append(line);
        }
        if (column != null) {
            text.append(", column ").append(quoted(column));
        }
        text.append(": ");
        if (value != null) {
            text.append(quoted(value)).append(' ');
        }
        return text.append(problem).append("; ").append(cure).toString();
    }
}
