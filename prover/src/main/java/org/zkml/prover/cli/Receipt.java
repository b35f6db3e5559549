package org.zkml.prover.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;

/** A mined transaction. */
public record Receipt(String transactionHash, long block, BigInteger gasUsed) {

    ObjectNode writeTo(ObjectNode json) {
        return json.put("transactionHash", transactionHash)
                .put("blockNumber", block)
                .put("gasUsed", gasUsed.toString());
    }
}
