package org.zkml.prover.cli;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.zkml.prover.averaging.Contributor;
import org.zkml.prover.averaging.ShareVerdicts;
import org.zkml.prover.cli.chain.CampaignEvents;
import org.zkml.prover.cli.chain.Pending;

/** How an aggregator says on chain that it got no good share of a contribution (docs/secure-averaging.md, "A round", step 5): all at once, then it waits. */
final class MissingShares {

    /** What is signed is used again as long as it is good for so many seconds: the same transaction, if an earlier one is not mined. */
    private static final long GOOD_SECONDS = 3_600;

    private final CampaignSession session;
    private final int own;
    private final ShareVerdicts verdicts;
    private final Map<String, Authorization> signed = new HashMap<>();
    private final Set<String> told = new HashSet<>();

    /** @param own the aggregator's place, from 0 */
    MissingShares(CampaignSession session, int own, ShareVerdicts verdicts) {
        this.session = session;
        this.own = own;
        this.verdicts = verdicts;
    }

    /** Disputes the shares of these contributions, if that was not done before. */
    void dispute(Campaign campaign, List<Contributor> missing, Attempts attempts) {
        final List<CampaignEvents.Dispute> before = session.events().disputes(campaign.round());
        final Map<Address, Pending> under = new LinkedHashMap<>();
        for (Contributor contributor : missing) {
            final Address provider = Address.of(contributor.account());
            if (!before.contains(new CampaignEvents.Dispute(provider, own))) {
                attempts.run(() -> {
                    if (isAllowed(campaign, contributor)) {
                        under.put(provider, send(campaign, provider));
                    }
                });
            }
        }
        under.forEach((provider, pending) -> attempts.run(() -> tell(campaign, provider, pending.await())));
    }

    /** Not if these are other keys than those that the share was to be encrypted to, and not if it was acknowledged. */
    private boolean isAllowed(Campaign campaign, Contributor contributor) {
        if (!session.identity()
                .encryptionKeys()
                .open(session.events().aggregators().get(own).keys())) {
            throw new CommandException(
                    ExitCode.CONFLICT,
                    "the vault's encryption keys are not those of aggregator " + (own + 1) + " of campaign "
                            + campaign.id()
                            + ": no share opens with them, and none may be disputed; use the vault that consented");
        }
        if (verdicts.dispute(session.round(campaign.round()), contributor)) {
            return true;
        }
        final Address provider = Address.of(contributor.account());
        if (told.add("lost " + campaign.round() + "/" + provider)) {
            session.console()
                    .warn("the vault has acknowledged the share of " + provider + " in round " + campaign.round()
                            + " and has it no more: it is not disputed, and the round cannot be averaged."
                            + " Restore the vault that has it");
        }
        return false;
    }

    private Pending send(Campaign campaign, Address provider) {
        return session.rounds()
                .disputeShare(
                        session.sender(),
                        session.round(campaign.round()),
                        provider,
                        own,
                        authorization(campaign, provider));
    }

    private Authorization authorization(Campaign campaign, Address provider) {
        final BigInteger needed = BigInteger.valueOf(session.events().head().time() + GOOD_SECONDS);
        return signed.compute(
                campaign.round() + "/" + provider,
                (key, earlier) -> earlier != null && earlier.deadline().compareTo(needed) > 0
                        ? earlier
                        : session.signer()
                                .dispute(
                                        session.round(campaign.round()),
                                        provider,
                                        session.chain().tomorrow()));
    }

    private void tell(Campaign campaign, Address provider, Receipt receipt) {
        session.tell(
                "share-disputed",
                campaign.round(),
                receipt.writeTo(Console.object().put("provider", provider.toString())),
                "Round %d: %s sent no good share; disputed in transaction %s.",
                campaign.round(),
                provider,
                receipt.transactionHash());
    }
}
