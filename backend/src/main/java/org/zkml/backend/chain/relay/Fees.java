package org.zkml.backend.chain.relay;

import java.math.BigInteger;
import java.util.Optional;

/**
 * What a transaction offers for its gas (EIP-1559), in wei a gas.
 *
 * @param max most that is paid, tip included
 * @param priority tip for the block's maker
 */
record Fees(BigInteger max, BigInteger priority) {

    private static final BigInteger FOUR = BigInteger.valueOf(4);
    private static final BigInteger FIVE = BigInteger.valueOf(5);

    /**
     * Enough for the base fee to double, and at most four fifths of the highest: whatever is offered first can be raised once.
     *
     * @return none if the base fee alone reaches that
     */
    static Optional<Fees> now(BigInteger baseFee, BigInteger tip, BigInteger highest) {
        final BigInteger first = highest.multiply(FOUR).divide(FIVE);
        if (baseFee.compareTo(first) >= 0) {
            return Optional.empty();
        }
        final BigInteger max = baseFee.shiftLeft(1).add(tip).min(first);
        return Optional.of(new Fees(max, tip.min(max)));
    }

    /**
     * Fees that nodes take as a replacement: both a quarter higher at least (they ask for a tenth).
     *
     * @return none if that exceeds the highest
     */
    Optional<Fees> raised(BigInteger baseFee, BigInteger highest) {
        final BigInteger priority = raise(this.priority);
        final BigInteger max = raise(this.max).max(baseFee.shiftLeft(1).add(priority));
        final BigInteger offered = max.min(highest);
        return offered.compareTo(raise(this.max)) < 0 ? Optional.empty() : Optional.of(new Fees(offered, priority));
    }

    /** The same, but what nodes ask for at least may exceed the highest. */
    Fees outbid(BigInteger baseFee, BigInteger highest) {
        return raised(baseFee, highest.max(raise(max))).orElseThrow();
    }

    /** What a transaction with this much gas can cost, in wei. */
    BigInteger most(long gasLimit) {
        return max.multiply(BigInteger.valueOf(gasLimit));
    }

    private static BigInteger raise(BigInteger fee) {
        return fee.multiply(FIVE).add(FOUR.subtract(BigInteger.ONE)).divide(FOUR);
    }
}
