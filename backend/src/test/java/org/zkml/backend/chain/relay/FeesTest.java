package org.zkml.backend.chain.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FeesTest {

    private static final BigInteger TIP = BigInteger.valueOf(1_000);
    private static final BigInteger HIGHEST = BigInteger.valueOf(1_000_000);

    @Test
    void lastWhileTheBaseFeeDoubles() {
        assertEquals(Optional.of(fees(201_000, 1_000)), Fees.now(BigInteger.valueOf(100_000), TIP, HIGHEST));
    }

    @Test
    void neverExceedTheMaximum() {
        assertEquals(Optional.of(fees(1_000_000, 1_000)), Fees.now(BigInteger.valueOf(999_999), TIP, HIGHEST));
        assertTrue(Fees.now(HIGHEST, TIP, HIGHEST).isEmpty());
        assertEquals(Optional.of(fees(500, 500)), Fees.now(BigInteger.valueOf(400), TIP, BigInteger.valueOf(500)));
    }

    @Test
    void areRaisedByAQuarterAtLeast() {
        assertEquals(Optional.of(fees(125, 13)), fees(100, 10).raised(BigInteger.ONE, HIGHEST));
        assertEquals(Optional.of(fees(4, 2)), fees(3, 1).raised(BigInteger.ZERO, HIGHEST));
        assertEquals(Optional.of(fees(2_013, 13)), fees(100, 10).raised(BigInteger.valueOf(1_000), HIGHEST));
    }

    @Test
    void areNotRaisedByLessThanNodesAskFor() {
        assertTrue(fees(900_000, 10).raised(BigInteger.ONE, HIGHEST).isEmpty());
        assertEquals(Optional.of(fees(1_000_000, 13)), fees(800_000, 10).raised(BigInteger.ONE, HIGHEST));
    }

    private static Fees fees(long max, long priority) {
        return new Fees(BigInteger.valueOf(max), BigInteger.valueOf(priority));
    }
}
