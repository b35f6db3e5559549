package org.zkml.prover.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.time.Instant;

/**
 * A pass as the market has it.
 *
 * @param sessionKey address of the key that signs its queries
 * @param seller who answers
 * @param queries rows that may be asked
 * @param redeemed rows whose price was released
 * @param feeBasisPoints the protocol's, in 1/10,000
 * @param closed whether the rest of the price went back
 * @param termEnd Unix seconds
 * @param price base units
 */
public record Pass(
        BigInteger id,
        BigInteger modelId,
        Address buyer,
        Address sessionKey,
        Address seller,
        long queries,
        long redeemed,
        int feeBasisPoints,
        boolean closed,
        long termEnd,
        BigInteger price) {

    ObjectNode write() {
        return Console.object()
                .put("passId", id.toString())
                .put("modelId", modelId.toString())
                .put("buyer", buyer.toString())
                .put("sessionKey", sessionKey.toString())
                .put("seller", seller.toString())
                .put("queries", queries)
                .put("redeemed", redeemed)
                .put("feeBasisPoints", feeBasisPoints)
                .put("closed", closed)
                .put("termEnd", Instant.ofEpochSecond(termEnd).toString())
                .put("price", price.toString());
    }
}
