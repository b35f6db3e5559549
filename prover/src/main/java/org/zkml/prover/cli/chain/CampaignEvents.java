package org.zkml.prover.cli.chain;

import java.math.BigInteger;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.web3j.abi.EventEncoder;
import org.web3j.abi.datatypes.Event;
import org.web3j.protocol.core.methods.response.Log;
import org.zkml.prover.averaging.Contributor;
import org.zkml.prover.averaging.VectorOpening;
import org.zkml.prover.cli.Address;
import org.zkml.prover.cli.Deployment;
import org.zkml.prover.cli.Mailbox;
import org.zkml.prover.cli.chain.contract.TrainingCampaigns;
import org.zkml.prover.envelope.PublicKeys;
import org.zkml.prover.field.Scalar;

/** A campaign's events, decoded. What is deep enough below the head is read once, the rest at every {@link #refresh}. Not thread-safe. */
public final class CampaignEvents {

    private final CampaignLogs logs;

    /** @param confirmations how many blocks below the head one counts as final */
    public CampaignEvents(Chain chain, Deployment deployment, BigInteger campaignId, long confirmations) {
        this.logs = new CampaignLogs(chain, deployment, campaignId, confirmations);
        refresh();
    }

    /** Reads what is new. */
    public void refresh() {
        logs.refresh();
    }

    /** The latest block as of the last refresh. */
    public Chain.Block head() {
        return logs.head();
    }

    /** The highest block that counts as final. */
    public Chain.Block settled() {
        return logs.settled();
    }

    /** An account and the keys that it wants others to encrypt to it with: the contract has checked their lengths, no more. */
    @SuppressWarnings("ArrayRecordComponent") // a carrier of two keys, never compared
    public record Recipient(Address account, byte[] x25519Key, byte[] mlKemKey) {

        /** @throws IllegalArgumentException if nobody can encrypt to them */
        public PublicKeys keys() {
            return new PublicKeys(x25519Key, mlKemKey);
        }
    }

    /** In the order of their shares. */
    public List<Recipient> aggregators() {
        return all(TrainingCampaigns.CAMPAIGNOPENED_EVENT, TrainingCampaigns::getCampaignOpenedEventFromLog)
                .flatMap(event -> event.aggregators.stream())
                .map(one -> new Recipient(Address.parse(one.account), one.x25519Key, one.mlKemKey))
                .toList();
    }

    /** Weights of the seats, in the order of joining: what each counts in a round. */
    public List<Long> weights() {
        return all(TrainingCampaigns.SEATTAKEN_EVENT, TrainingCampaigns::getSeatTakenEventFromLog)
                .map(event -> event.weight.longValueExact())
                .toList();
    }

    /** In the order of joining. */
    public List<Recipient> seats() {
        return all(TrainingCampaigns.SEATTAKEN_EVENT, TrainingCampaigns::getSeatTakenEventFromLog)
                .map(event -> new Recipient(Address.parse(event.provider), event.x25519Key, event.mlKemKey))
                .toList();
    }

    /** Contributions to a round that are not excluded, in any block. */
    public List<Contributor> contributors(long round) {
        return contributors(round, logs.all());
    }

    /** Those that are in final blocks, and not excluded in one. */
    public List<Contributor> settledContributors(long round) {
        return contributors(round, logs.kept());
    }

    private static List<Contributor> contributors(long round, List<Log> logs) {
        final List<Address> excluded = excluded(round, logs);
        return of(
                        logs,
                        TrainingCampaigns.CONTRIBUTIONVERIFIED_EVENT,
                        TrainingCampaigns::getContributionVerifiedEventFromLog)
                .filter(event -> is(event.round, round) && !excluded.contains(Address.parse(event.provider)))
                .map(event -> new Contributor(
                        Address.parse(event.provider).toBigInteger(),
                        event.weight.longValueExact(),
                        Points.read(event.cOut),
                        event.shares.stream().map(Points::read).toList()))
                .toList();
    }

    /** Providers whose contribution to a round was excluded. */
    public List<Address> excluded(long round) {
        return excluded(round, logs.all());
    }

    private static List<Address> excluded(long round, List<Log> logs) {
        return of(
                        logs,
                        TrainingCampaigns.CONTRIBUTOREXCLUDED_EVENT,
                        TrainingCampaigns::getContributorExcludedEventFromLog)
                .filter(event -> is(event.round, round))
                .map(event -> Address.parse(event.provider))
                .toList();
    }

    /**
     * A share that somebody put on chain, encrypted.
     *
     * @param aggregator from 0
     */
    public record Published(Address provider, int aggregator, Mailbox.Signed share, long block) {}

    public List<Published> published(long round) {
        return all(TrainingCampaigns.SHAREPUBLISHED_EVENT, TrainingCampaigns::getSharePublishedEventFromLog)
                .filter(event -> is(event.round, round) && event.aggregatorIndex.bitLength() < 8)
                .map(event -> new Published(
                        Address.parse(event.provider),
                        event.aggregatorIndex.intValueExact(),
                        new Mailbox.Signed(event.envelope, event.signature),
                        event.log.getBlockNumber().longValueExact()))
                .toList();
    }

    /**
     * A dispute about a share.
     *
     * @param aggregator whose share it is, from 0
     */
    public record Dispute(Address provider, int aggregator) {}

    public List<Dispute> disputes(long round) {
        return disputes(round, logs.all());
    }

    private static List<Dispute> disputes(long round, List<Log> logs) {
        return of(logs, TrainingCampaigns.SHAREDISPUTED_EVENT, TrainingCampaigns::getShareDisputedEventFromLog)
                .filter(event -> is(event.round, round))
                .map(event -> new Dispute(Address.parse(event.provider), event.aggregatorIndex.intValueExact()))
                .toList();
    }

    /** A share that its provider has shown in clear; the contract has checked it. */
    public record Revealed(Dispute dispute, VectorOpening share) {}

    public List<Revealed> revealed(long round) {
        return revealed(round, logs.all());
    }

    private static List<Revealed> revealed(long round, List<Log> logs) {
        return of(logs, TrainingCampaigns.SHAREREVEALED_EVENT, TrainingCampaigns::getShareRevealedEventFromLog)
                .filter(event -> is(event.round, round))
                .map(event -> new Revealed(
                        new Dispute(Address.parse(event.provider), event.aggregatorIndex.intValueExact()),
                        new VectorOpening(event.values.stream().map(Scalar::of).toList(), Scalar.of(event.blinder))))
                .toList();
    }

    /** Disputes of a round that are neither answered nor settled by exclusion. */
    public List<Dispute> openDisputes(long round) {
        return openDisputes(round, logs.all());
    }

    /** Disputes that are open if nothing counts but final blocks. */
    public List<Dispute> settledOpenDisputes(long round) {
        return openDisputes(round, logs.kept());
    }

    private static List<Dispute> openDisputes(long round, List<Log> logs) {
        final List<Dispute> answered =
                revealed(round, logs).stream().map(Revealed::dispute).toList();
        final List<Address> out = excluded(round, logs);
        return disputes(round, logs).stream()
                .filter(dispute -> !answered.contains(dispute) && !out.contains(dispute.provider()))
                .toList();
    }

    /** How a round ended. */
    public record Average(int contributors, long weightTotal, String transactionHash, long block) {}

    /** The averages so far, round by round. */
    public List<Average> averages() {
        return all(TrainingCampaigns.ROUNDAVERAGED_EVENT, TrainingCampaigns::getRoundAveragedEventFromLog)
                .map(event -> new Average(
                        event.contributors.intValueExact(),
                        event.weightTotal.longValueExact(),
                        event.log.getTransactionHash(),
                        event.log.getBlockNumber().longValueExact()))
                .toList();
    }

    /** Whether the campaign is over, in a final block. */
    public boolean isEndSettled() {
        final List<String> ends = Stream.of(
                        TrainingCampaigns.CAMPAIGNFINISHED_EVENT, TrainingCampaigns.CAMPAIGNCANCELLED_EVENT)
                .map(EventEncoder::encode)
                .toList();
        return logs.kept().stream()
                .anyMatch(log -> ends.contains(log.getTopics().getFirst()));
    }

    /** Whatever a contract emits: numbers have up to 256 bits. */
    private static boolean is(BigInteger actual, long round) {
        return actual.equals(BigInteger.valueOf(round));
    }

    private <T> Stream<T> all(Event event, Function<Log, T> decoder) {
        return of(logs.all(), event, decoder);
    }

    private static <T> Stream<T> of(List<Log> logs, Event event, Function<Log, T> decoder) {
        final String topic = EventEncoder.encode(event);
        return logs.stream()
                .filter(log -> log.getTopics().getFirst().equals(topic))
                .map(decoder);
    }
}
