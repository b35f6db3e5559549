package org.zkml.backend.mailbox;

import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import org.zkml.backend.chain.Chain;
import org.zkml.backend.chain.Deployment;
import org.zkml.backend.chain.SignatureRejectedException;
import org.zkml.backend.chain.Signatures;
import org.zkml.prover.envelope.MailboxDigests;
import org.zkml.prover.envelope.RoundId;

/** Checks permissions to read. One is good for some minutes, for one account and campaign: who overhears it sees ciphertexts that only the account can open. */
@ApplicationScoped
class ReadingPermits {

    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final Chain chain;
    private final Signatures signatures;
    private final Clock clock = Clock.systemUTC();

    ReadingPermits(Chain chain, Signatures signatures) {
        this.chain = chain;
        this.signatures = signatures;
    }

    /** @throws SignatureRejectedException if it is over, good for too long, or not signed by the account */
    void require(BigInteger campaignId, ReadingPermit permit) {
        final Deployment deployment = chain.deployment();
        final RoundId anyRound =
                new RoundId(deployment.chainId(), MailboxService.integer(deployment.campaigns()), campaignId, 0);
        final byte[] digest =
                MailboxDigests.reading(anyRound, MailboxService.integer(permit.account()), permit.deadline());
        final long now = clock.instant().getEpochSecond();
        if (permit.deadline().compareTo(BigInteger.valueOf(now)) < 0
                || permit.deadline().compareTo(BigInteger.valueOf(now + LONGEST.toSeconds())) > 0) {
            throw new SignatureRejectedException(
                    permit.account(),
                    digest,
                    "its deadline " + permit.deadline() + " is not within " + LONGEST.toMinutes()
                            + " minutes from now, " + now + " by the server's clock");
        }
        signatures.requireSigned(permit.account(), digest, permit.signature());
    }
}
