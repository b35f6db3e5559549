package org.zkml.prover.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainingShapeTest {
    @ParameterizedTest
    @CsvSource({
        "-1,0,0,0,1,16", "0,-1,0,0,1,16", "0,0,-1,0,1,16", "0,0,0,-1,1,16", "1,0,0,0,1,16", "0,0,0,2,0,16",
        "0,0,0,2,5,16", "0,0,0,0,1,15", "0,0,0,0,1,18", "0,29,0,0,1,16", "0,20,9,0,1,16", "0,20,0,9,1,16",
        "0,0,17,0,1,16", "0,0,26,0,1,8", "0,2147483647,2147483647,2147483647,1,16"
    })
    void refusesShapesThatCannotBeProved(int lb, int li, int lk, int lt, int steps, int b) {
        assertThrows(IllegalArgumentException.class, () -> new TrainingShape(lb, li, lk, lt, steps, b));
    }

    @ParameterizedTest
    @CsvSource({"0,0,0,0,1,16", "2,3,4,2,4,8", "0,20,8,8,256,10", "0,0,16,0,1,16"})
    void acceptsShapesThatCan(int lb, int li, int lk, int lt, int steps, int b) {
        TrainingShape shape = new TrainingShape(lb, li, lk, lt, steps, b);
        assertEquals(1 << lb, shape.batches());
        assertEquals(1 << lt, shape.slots());
    }

    @Test
    void aSingleBatchIsDividedByItsDataRows() {
        assertEquals(569, new TrainingShape(0, 10, 5, 4, 16, 16).batchRows(569));
        assertEquals(256, new TrainingShape(2, 8, 5, 4, 16, 16).batchRows(1000));
    }
}
