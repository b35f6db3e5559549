package org.zkml.prover.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;

/** Which rows of a data set are held out for testing: a file with one character a row, 1 if held out and 0 if not, and perhaps a line end after the last. */
public final class Split {
    private final String file;
    private final BitSet heldOut;
    private final int rows;

    private Split(String file, BitSet heldOut, int rows) {
        this.file = file;
        this.heldOut = heldOut;
        this.rows = rows;
    }

    /** @throws DataException if the file cannot be read or holds anything else */
    public static Split read(Path path) {
        String text;
        try {
            text = Files.readString(path, StandardCharsets.ISO_8859_1).stripTrailing();
        } catch (IOException e) {
            throw DataException.file(path.toString(), "the split cannot be read (" + e + ")", "check the path", e);
        }
        BitSet heldOut = new BitSet(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '0' && c != '1') {
                throw DataException.file(
                        path.toString(),
                        "character " + (i + 1) + " is " + DataException.quoted(String.valueOf(c)),
                        "write one 0 or 1 for every row, on one line");
            }
            heldOut.set(i, c == '1');
        }
        return new Split(path.toString(), heldOut, text.length());
    }

    public int rows() {
        return rows;
    }

    public boolean isHeldOut(int row) {
        requireRow(row);
        return heldOut.get(row);
    }

    public boolean isTraining(int row) {
        return !isHeldOut(row);
    }

    private void requireRow(int row) {
        if (row >= rows) {
            throw DataException.file(
                    file, "the split has " + rows + " rows, the data more", "use the split made for this data set");
        }
    }
}
