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
        assertEquals(
                Optional.of(fees(1_000_000, 1_250)), fees(700_000, 1_000).raised(BigInteger.valueOf(600_000), HIGHEST));
    }

    @Test
    void canBeRaisedOnceWhateverIsOfferedFirst() {
        final Optional<Fees> first = Fees.now(BigInteger.valueOf(799_999), TIP, HIGHEST);
        assertEquals(Optional.of(fees(800_000, 1_000)), first);
        assertEquals(
                Optional.of(fees(1_000_000, 1_250)), first.orElseThrow().raised(BigInteger.valueOf(799_999), HIGHEST));
        assertTrue(Fees.now(BigInteger.valueOf(800_000), TIP, HIGHEST).isEmpty());
        assertEquals(Optional.of(fees(400, 400)), Fees.now(BigInteger.valueOf(399), TIP, BigInteger.valueOf(500)));
    }

    @Test
    void outbidWhatIsAtTheMaximumByAQuarterAndNoMore() {
        final BigInteger dear = BigInteger.valueOf(5_000_000);
        assertEquals(fees(1_250_000, 13), fees(1_000_000, 10).outbid(dear, HIGHEST));
        assertEquals(fees(1_000_000, 13), fees(100_000, 10).outbid(dear, HIGHEST));
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
