package org.zkml.backend.inference;

import java.math.BigInteger;

/** The count is none that comes next: it has to be the rows asked so far with the pass, and those of the query. */
public final class CountConflictException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final long used;

    private CountConflictException(long used, String message) {
        super(message);
        this.used = used;
    }

    static CountConflictException notNext(BigInteger passId, long count, long used, int rows) {
        return new CountConflictException(
                used,
                "count " + count + " with " + rows + " rows does not follow the " + used + " rows asked with pass "
                        + passId + ": sign count " + (used + rows));
    }

    static CountConflictException otherInputs(BigInteger passId, long count, long used) {
        return new CountConflictException(
                used,
                "count " + count + " of pass " + passId
                        + " was used for other rows or another salt, and is answered once: sign the next count, above "
                        + used);
    }

    /** Rows asked so far. */
    public long used() {
        return used;
    }
}
