package org.zkml.backend.inference;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import org.zkml.backend.chain.SignatureRejectedException;
import org.zkml.backend.chain.Signatures;

/**
 * A session key's signed permission to show the answers to its pass; good for some minutes, so that one that lies in a log is of no use. The salt would permit the same for ever,
 * and whoever saw it could try rows against the hash that is public once the query is redeemed.
 *
 * @param deadline last Unix second at which it is good
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier of a signature, never compared
public record ReadingPermission(BigInteger deadline, byte[] signature) {

    private static final Duration LONGEST = Duration.ofMinutes(10);

    /** @throws SignatureRejectedException if it is over, good for too long, or not signed by the key */
    void require(String sessionKey, byte[] digest, Instant at) {
        final long now = at.getEpochSecond();
        if (deadline.compareTo(BigInteger.valueOf(now)) < 0
                || deadline.compareTo(BigInteger.valueOf(now + LONGEST.toSeconds())) > 0) {
            throw new SignatureRejectedException(
                    sessionKey,
                    digest,
                    "its deadline " + deadline + " is not within " + LONGEST.toMinutes() + " minutes from now, " + now
                            + " by the server's clock");
        }
        Signatures.requireKey(sessionKey, digest, signature);
    }
}
