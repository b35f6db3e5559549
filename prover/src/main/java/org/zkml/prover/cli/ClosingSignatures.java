package org.zkml.prover.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.zkml.prover.averaging.ClosingConsent;
import org.zkml.prover.cli.chain.CampaignEvents;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.envelope.MessageContext;
import org.zkml.prover.envelope.MessageKind;
import org.zkml.prover.envelope.RoundId;

/** How aggregators exchange their signatures for an average (docs/secure-averaging.md, "A round", step 8). */
final class ClosingSignatures {

    private final CampaignSession session;
    private final int own;
    private final List<CampaignEvents.Recipient> aggregators;

    /** @param own the aggregator's place, from 0 */
    ClosingSignatures(CampaignSession session, int own) {
        this.session = session;
        this.own = own;
        this.aggregators = session.events().aggregators();
    }

    /** Signatures of all aggregators for this next model, in order; none as long as one is missing. */
    List<byte[]> exchange(Campaign campaign, RoundId round, G1Affine sum, G1Affine next) {
        final byte[] signature = session.signer().close(round, sum, next);
        final byte[] consent = new ClosingConsent(signature).encode();
        for (int k = 0; k < aggregators.size(); k++) {
            if (k != own) {
                final MessageContext context =
                        session.to(aggregators.get(k).account(), MessageKind.CLOSING, round.round());
                session.requireMailbox()
                        .send(context, consent, aggregators.get(k).keys());
            }
        }
        final List<Mailbox.Letter> letters = session.requireMailbox()
                .received(round, MessageKind.CLOSING, campaign.terms().lk(), campaign.aggregators());
        final List<byte[]> all = new ArrayList<>();
        for (int k = 0; k < aggregators.size(); k++) {
            final Optional<byte[]> found = k == own
                    ? Optional.of(signature)
                    : Mailbox.payloadFrom(letters, aggregators.get(k).account()).map(ClosingSignatures::signature);
            if (found.isEmpty()) {
                return List.of();
            }
            requireConsent(k, session.signer().closing(round, sum, next), found.get());
            all.add(found.get());
        }
        return all;
    }

    private static byte[] signature(byte[] payload) {
        return ClosingConsent.decode(payload).signature();
    }

    private void requireConsent(int aggregator, byte[] digest, byte[] signature) {
        final Address account = aggregators.get(aggregator).account();
        if (!session.requireMailbox().isSignedBy(account, digest, signature)) {
            throw new CommandException(
                    ExitCode.REFUSED,
                    "aggregator " + (aggregator + 1) + " (" + account
                            + ") has not signed for the average of all partial sums; without it the round lapses");
        }
    }
}
