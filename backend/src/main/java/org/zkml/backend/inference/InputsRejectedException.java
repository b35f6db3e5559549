package org.zkml.backend.inference;

import java.util.Optional;

/** A row is none that the model can be asked about. */
public final class InputsRejectedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Integer row;
    private final String field;

    /**
     * @param row from 0, or null if it is not one row's fault
     * @param field a feature, or null
     */
    InputsRejectedException(Integer row, String field, String message) {
        super(message);
        this.row = row;
        this.field = field;
    }

    /** How far out it is would tell the model's weights, one refused row a weight. */
    static InputsRejectedException outOfRange(int row) {
        return new InputsRejectedException(
                row,
                null,
                "the model's answer leaves the range in which it can be proved; ask without this row. After "
                        + Refusal.MOST + " such refusals no other rows are answered with the pass any more");
    }

    /** From 0; nothing if it is not one row's fault. */
    public Optional<Integer> row() {
        return Optional.ofNullable(row);
    }

    /** A feature. */
    public Optional<String> field() {
        return Optional.ofNullable(field);
    }
}
