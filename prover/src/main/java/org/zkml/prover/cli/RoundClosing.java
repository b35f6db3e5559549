package org.zkml.prover.cli;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.zkml.prover.averaging.ClosingConsent;
import org.zkml.prover.averaging.ContributorSet;
import org.zkml.prover.averaging.NextModel;
import org.zkml.prover.averaging.VectorOpening;
import org.zkml.prover.cli.chain.CampaignEvents;
import org.zkml.prover.cli.chain.RoundsContract;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.envelope.MessageContext;
import org.zkml.prover.envelope.MessageKind;
import org.zkml.prover.envelope.RoundId;

/** How an aggregator brings a round to its average once its set is final (docs/secure-averaging.md, "A round", steps 7 to 9). */
final class RoundClosing {

    private final CampaignSession session;
    private final int own;
    private final List<CampaignEvents.Recipient> aggregators;
    private final Turn turn;
    private final PartialSum partialSum;

    /**
     * @param own the aggregator's place, from 0
     * @param turn when it is this aggregator's turn to send the transaction
     */
    RoundClosing(CampaignSession session, int own, Turn turn, PartialSum partialSum) {
        this.session = session;
        this.own = own;
        this.aggregators = session.events().aggregators();
        this.turn = turn;
        this.partialSum = partialSum;
    }

    void step(Campaign campaign) {
        if (session.events().settled().time() < campaign.deadlines().share()) {
            return;
        }
        final RoundsContract.Sums sums = session.rounds().sums(campaign.id(), campaign.round());
        if (sums.inDispute() > 0 || sums.contributors() < campaign.terms().minProviders()) {
            return;
        }
        final ContributorSet set = new ContributorSet(
                session.round(campaign.round()),
                aggregators.size(),
                campaign.terms().minProviders(),
                session.events().settledContributors(campaign.round()));
        requireContractsOwn(set, sums);
        final List<VectorOpening> partialSums = exchanged(campaign, set, partialSum.release(campaign, set));
        if (partialSums.isEmpty()) {
            return;
        }
        final NextModel next = NextModel.of(set, partialSums, session.format(campaign), session.committer());
        keep(campaign, next);
        final G1Affine commitment = next.model().commit(session.committer());
        final List<byte[]> signatures = signed(campaign, set.round(), sums.sum(), commitment);
        if (!signatures.isEmpty() && turn.hasCome("close", campaign)) {
            close(campaign, set, sums.sum(), next, signatures);
        }
    }

    /** Whether the events of final blocks are all that the contract has added up: a node that hides some would have a sum released that is none. */
    private static void requireContractsOwn(ContributorSet set, RoundsContract.Sums sums) {
        if (!set.sum().equals(sums.sum()) || set.weightTotal() != sums.weightTotal()) {
            throw new CommandException(
                    ExitCode.REFUSED,
                    "the contributions in final blocks have the weight " + set.weightTotal() + ", the contract says "
                            + sums.weightTotal()
                            + ", or their sums differ; nothing was released. Wait until all blocks are final, or use another node");
        }
    }

    /** All partial sums in order, each checked; none as long as one is missing. */
    private List<VectorOpening> exchanged(Campaign campaign, ContributorSet set, VectorOpening released) {
        final List<Mailbox.Letter> letters = session.requireMailbox()
                .received(set.round(), MessageKind.PARTIAL_SUM, campaign.terms().lk(), campaign.aggregators());
        final List<VectorOpening> all = new ArrayList<>();
        for (int k = 0; k < aggregators.size(); k++) {
            if (k == own) {
                all.add(released);
                continue;
            }
            final Optional<byte[]> payload = from(letters, k);
            if (payload.isEmpty()) {
                return List.of();
            }
            all.add(checked(campaign, set, k, payload.get()));
        }
        return all;
    }

    private VectorOpening checked(Campaign campaign, ContributorSet set, int aggregator, byte[] payload) {
        final VectorOpening sum = VectorOpening.decode(payload, campaign.terms().lk());
        if (!set.isPartialSum(aggregator, sum, session.committer())) {
            throw new CommandException(
                    ExitCode.REFUSED,
                    "the partial sum of aggregator " + (aggregator + 1) + " ("
                            + aggregators.get(aggregator).account() + ") does not open the sum of its shares in "
                            + set.round() + "; it is of other contributors, or false");
        }
        return sum;
    }

    private Optional<byte[]> from(List<Mailbox.Letter> letters, int aggregator) {
        final BigInteger account = aggregators.get(aggregator).account().toBigInteger();
        return letters.stream()
                .filter(letter -> letter.context().sender().equals(account))
                .findFirst()
                .flatMap(Mailbox.Letter::payload);
    }

    /** The next round's model, in the vault before this aggregator signs for it. */
    private void keep(Campaign campaign, NextModel next) {
        if (session.secrets().roundModel(campaign.id(), campaign.round() + 1L) == null) {
            session.secrets().putRoundModel(campaign.id(), campaign.round() + 1L, next.model());
            session.vault().save();
        }
    }

    /** Signatures of all aggregators for this next model, in order; none as long as one is missing. */
    private List<byte[]> signed(Campaign campaign, RoundId round, G1Affine sum, G1Affine next) {
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
            final Optional<byte[]> found =
                    k == own ? Optional.of(signature) : from(letters, k).map(RoundClosing::signature);
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

    private void close(Campaign campaign, ContributorSet set, G1Affine sum, NextModel next, List<byte[]> signatures) {
        final long start = System.nanoTime();
        final byte[] proof = new Averages(session).prove(campaign, set.round(), set.weightTotal(), sum, next);
        final long millis = (System.nanoTime() - start) / 1_000_000;
        final Receipt receipt = session.rounds()
                .closeRound(session.sender(), set.round(), next.model().commit(session.committer()), proof, signatures);
        session.tell(
                "round-closed",
                campaign.round(),
                receipt.writeTo(Console.object().put("proofMillis", millis).put("proofBytes", proof.length)),
                "Round %d closed in transaction %s, %s gas; AGGREGATE proved in %d ms.",
                campaign.round(),
                receipt.transactionHash(),
                receipt.gasUsed(),
                millis);
    }
}
