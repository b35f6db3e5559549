package org.zkml.prover.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;

/**
 * An account's consent to one call of a contract, so that anybody can send it.
 *
 * @param nonce 192 bits of key, 64 bits of counter
 * @param deadline Unix seconds
 * @param signature 65 bytes, EIP-712
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
public record Authorization(BigInteger nonce, BigInteger deadline, byte[] signature) {

    ObjectNode write() {
        return Console.object()
                .put("nonce", nonce.toString())
                .put("deadline", deadline.toString())
                .put("signature", Hex.of(signature));
    }

    static Authorization read(JsonFile json) {
        return new Authorization(json.decimal("nonce"), json.decimal("deadline"), json.hex("signature", 65));
    }
}
