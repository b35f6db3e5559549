package org.zkml.prover.cli;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.zkml.prover.cli.chain.InferenceContract;
import org.zkml.prover.vault.Vault;

/**
 * A purchase that has begun, in an open vault: whoever is interrupted finds out what became of it.
 *
 * @param sessionKey of the pass
 * @param passes sold before
 * @param nonce of the account's transaction that buys it: no other of the account's can be mined with it
 */
record PendingPass(Address sessionKey, BigInteger passes, BigInteger nonce) {

    private static final String NAME = "sessions/purchase";

    /** How many numbers a reorganisation of the chain can move a pass down: as many passes as were bought in its blocks. */
    private static final long MOVED_DOWN = 64;

    /** Null if there is none. */
    static PendingPass of(Vault vault) {
        if (!vault.contains(NAME)) {
            return null;
        }
        final ByteBuffer bytes = ByteBuffer.wrap(vault.get(NAME));
        final byte[] address = new byte[Address.BYTES];
        bytes.get(address);
        return new PendingPass(
                Address.of(address), BigInteger.valueOf(bytes.getLong()), BigInteger.valueOf(bytes.getLong()));
    }

    void put(Vault vault) {
        vault.put(
                NAME,
                ByteBuffer.allocate(Address.BYTES + 2 * Long.BYTES)
                        .put(sessionKey.toBytes())
                        .putLong(passes.longValueExact())
                        .putLong(nonce.longValueExact())
                        .array());
    }

    static void clear(Vault vault) {
        vault.remove(NAME);
    }

    /** The account's pass with this key, among those sold since, and some before. Another buyer can take the same key: it is seen before the purchase is mined. */
    Optional<Pass> find(InferenceContract market, Address buyer) {
        final long last = market.passes().longValueExact();
        for (long id = Math.max(1, passes.longValueExact() + 1 - MOVED_DOWN); id <= last; id++) {
            final Pass pass = market.pass(BigInteger.valueOf(id));
            if (pass.sessionKey().equals(sessionKey) && pass.buyer().equals(buyer)) {
                return Optional.of(pass);
            }
        }
        return Optional.empty();
    }
}
