package org.zkml.prover.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.zkml.prover.averaging.ContributorSet;
import org.zkml.prover.averaging.ModelOpening;
import org.zkml.prover.averaging.NextModel;
import org.zkml.prover.averaging.VectorOpening;
import org.zkml.prover.cli.chain.CampaignEvents;
import org.zkml.prover.cli.chain.RoundsContract;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.envelope.MessageKind;
import org.zkml.prover.envelope.RoundId;

/** How an aggregator brings a round to its average once its set is final (docs/secure-averaging.md, "A round", steps 7 to 9). */
final class RoundClosing {

    private final CampaignSession session;
    private final int own;
    private final List<CampaignEvents.Recipient> aggregators;
    private final Turn turn;
    private final PartialSum partialSum;
    private final ClosingSignatures signatures;
    private Average average;

    /** What was computed for a set: not again because others are late, or a transaction fails. */
    private static final class Average {

        private final ContributorSet set;
        private final NextModel next;
        private byte[] proof;
        private long proofMillis;

        Average(ContributorSet set, NextModel next) {
            this.set = set;
            this.next = next;
        }

        boolean isOf(ContributorSet other) {
            return Arrays.equals(set.digest(), other.digest());
        }
    }

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
        this.signatures = new ClosingSignatures(session, own);
    }

    void step(Campaign campaign) {
        if (session.events().settled().time() < campaign.deadlines().share()) {
            return;
        }
        final RoundsContract.Sums sums = session.rounds().sums(campaign.id(), campaign.round());
        if (sums.inDispute() > 0 || sums.contributors() < campaign.terms().minProviders()) {
            return;
        }
        if (!session.events().settledOpenDisputes(campaign.round()).isEmpty()) {
            return; // answered in a block that may be undone, and with it the set be another
        }
        final ContributorSet set = new ContributorSet(
                session.round(campaign.round()),
                aggregators.size(),
                campaign.terms().minProviders(),
                session.events().settledContributors(campaign.round()));
        requireContractsOwn(set, sums);
        final VectorOpening released = partialSum.release(campaign, set);
        if (average == null || !average.isOf(set)) {
            final List<VectorOpening> partialSums = exchanged(campaign, set, released);
            if (partialSums.isEmpty()) {
                return;
            }
            average = new Average(set, NextModel.of(set, partialSums, session.format(campaign), session.committer()));
        }
        final NextModel next = average.next;
        keep(campaign, next);
        final G1Affine commitment = next.model().commit(session.committer());
        final List<byte[]> all = signatures.exchange(campaign, set.round(), sums.sum(), commitment);
        final long since =
                session.events().settled().time() - campaign.deadlines().share();
        if (!all.isEmpty() && turn.hasCome("close", campaign, since)) {
            close(campaign, average, sums.sum(), commitment, all);
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
            final Optional<byte[]> payload =
                    Mailbox.payloadFrom(letters, aggregators.get(k).account());
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

    /** The next round's model, in the vault before this aggregator signs for it. */
    private void keep(Campaign campaign, NextModel next) {
        final RoundId round = session.round(campaign.round() + 1L);
        final ModelOpening stored = session.secrets().roundModel(round);
        if (stored == null) {
            session.secrets().putRoundModel(round, next.model());
            session.vault().save();
        } else if (!Arrays.equals(stored.encode(), next.model().encode())) {
            throw new CommandException(
                    ExitCode.CONFLICT,
                    "the vault has another model for " + round
                            + " than the average of all partial sums; nothing is signed. Use the vault that belongs to this campaign");
        }
    }

    private void close(Campaign campaign, Average closing, G1Affine sum, G1Affine commitment, List<byte[]> signatures) {
        final RoundId round = closing.set.round();
        if (closing.proof == null) {
            final long start = System.nanoTime();
            closing.proof = new Averages(session).prove(campaign, round, closing.set.weightTotal(), sum, closing.next);
            closing.proofMillis = (System.nanoTime() - start) / 1_000_000;
        }
        final Receipt receipt =
                session.rounds().closeRound(session.sender(), round, commitment, closing.proof, signatures);
        session.tell(
                "round-closed",
                campaign.round(),
                receipt.writeTo(Console.object()
                        .put("proofMillis", closing.proofMillis)
                        .put("proofBytes", closing.proof.length)),
                "Round %d closed in transaction %s, %s gas; AGGREGATE proved in %d ms.",
                campaign.round(),
                receipt.transactionHash(),
                receipt.gasUsed(),
                closing.proofMillis);
    }
}
