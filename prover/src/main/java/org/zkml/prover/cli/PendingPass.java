package org.zkml.prover.cli;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.zkml.prover.cli.chain.InferenceContract;
import org.zkml.prover.vault.Vault;

/**
 * A purchase that has begun, in an open vault: whoever is interrupted after paying finds the pass again by its key.
 *
 * @param sessionKey of the pass
 * @param passes sold before
 */
record PendingPass(Address sessionKey, BigInteger passes) {

    private static final String NAME = "sessions/pending";

    /** Null if there is none. */
    static PendingPass of(Vault vault) {
        if (!vault.contains(NAME)) {
            return null;
        }
        final ByteBuffer bytes = ByteBuffer.wrap(vault.get(NAME));
        final byte[] address = new byte[Address.BYTES];
        bytes.get(address);
        return new PendingPass(Address.of(address), BigInteger.valueOf(bytes.getLong()));
    }

    void put(Vault vault) {
        vault.put(
                NAME,
                ByteBuffer.allocate(Address.BYTES + Long.BYTES)
                        .put(sessionKey.toBytes())
                        .putLong(passes.longValueExact())
                        .array());
    }

    static void clear(Vault vault) {
        vault.remove(NAME);
    }

    /** The pass with this key, among those sold since. */
    Optional<Pass> find(InferenceContract market) {
        final long last = market.passes().longValueExact();
        for (long id = passes.longValueExact() + 1; id <= last; id++) {
            final Pass pass = market.pass(BigInteger.valueOf(id));
            if (pass.sessionKey().equals(sessionKey)) {
                return Optional.of(pass);
            }
        }
        return Optional.empty();
    }
}
