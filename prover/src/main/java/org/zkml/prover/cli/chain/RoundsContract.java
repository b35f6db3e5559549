package org.zkml.prover.cli.chain;

import java.math.BigInteger;
import java.util.HexFormat;
import java.util.List;
import org.web3j.abi.datatypes.DynamicArray;
import org.web3j.tx.gas.DefaultGasProvider;
import org.zkml.prover.averaging.Contributor;
import org.zkml.prover.averaging.ShareAnswer;
import org.zkml.prover.cli.Address;
import org.zkml.prover.cli.Authorization;
import org.zkml.prover.cli.Hex;
import org.zkml.prover.cli.Mailbox;
import org.zkml.prover.cli.Receipt;
import org.zkml.prover.cli.chain.contract.TrainingCampaigns;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.envelope.RoundId;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.hash.Keccak256;

/** The contract TrainingCampaigns where rounds are averaged: sums, disputes about shares, closing. */
public final class RoundsContract {

    private final Chain chain;
    private final Address address;
    private final TrainingCampaigns calls;

    public RoundsContract(Chain chain, Address address) {
        this.chain = chain;
        this.address = address;
        this.calls =
                TrainingCampaigns.load(address.toString(), chain.web3j(), chain.readOnly(), new DefaultGasProvider());
    }

    /**
     * What the contract has added up of a round.
     *
     * @param model commitment to what the round starts from
     * @param sum of weight times model commitment, over contributions that are not excluded
     * @param inDispute contributions with a dispute that is not answered
     */
    public record Sums(G1Affine model, G1Affine sum, long weightTotal, int contributors, int inDispute) {}

    public Sums sums(BigInteger campaignId, long round) {
        final var stored =
                (TrainingCampaigns.Round) chain.read(address, calls.round(campaignId, BigInteger.valueOf(round)))
                        .getFirst();
        return new Sums(
                Points.read(stored.model),
                Points.read(stored.sum),
                stored.weightTotal.longValueExact(),
                stored.contributors.intValueExact(),
                stored.inDispute.intValueExact());
    }

    /** Whether these are the aggregators' keys that the contract knows by their hashes. */
    public boolean hasKeys(BigInteger campaignId, List<CampaignEvents.Recipient> aggregators) {
        final var records = (DynamicArray<?>)
                chain.read(address, calls.aggregators(campaignId)).getFirst();
        final List<String> stored = records.getValue().stream()
                .map(one -> (TrainingCampaigns.AggregatorRecord) one)
                .map(one -> keys(Address.parse(one.account), one.x25519Key, one.mlKemKeyHash))
                .toList();
        return stored.equals(aggregators.stream()
                .map(one -> keys(one.account(), one.x25519Key(), Keccak256.hash(one.mlKemKey())))
                .toList());
    }

    /** Whether these are a seat's keys that the contract knows. */
    public boolean hasKeys(BigInteger campaignId, CampaignEvents.Recipient seat) {
        final var stored = (TrainingCampaigns.Seat)
                chain.read(address, calls.seat(campaignId, seat.account().toString()))
                        .getFirst();
        return keys(seat.account(), stored.x25519Key, stored.mlKemKeyHash)
                .equals(keys(seat.account(), seat.x25519Key(), Keccak256.hash(seat.mlKemKey())));
    }

    private static String keys(Address account, byte[] x25519Key, byte[] mlKemKeyHash) {
        return account + Hex.of(x25519Key) + Hex.of(mlKemKeyHash);
    }

    /** The words of the statement that {@code closeRound} would verify, without the domain. */
    public byte[] aggregateStatement(RoundId round, G1Affine next) {
        final String words = chain.readRaw(
                address, calls.aggregateStatement(round.campaignId(), number(round), Points.campaigns(next)));
        return HexFormat.of().parseHex(words.substring(2));
    }

    /** @param aggregator from 0 */
    public Pending publishShare(
            TransactionSender sender, RoundId round, Address provider, int aggregator, Mailbox.Signed share) {
        return sender.submit(
                address,
                calls.publishShare(
                                round.campaignId(),
                                number(round),
                                provider.toString(),
                                BigInteger.valueOf(aggregator),
                                share.envelope(),
                                share.signature())
                        .encodeFunctionCall());
    }

    /** @param aggregator from 0 */
    public Pending disputeShare(
            TransactionSender sender, RoundId round, Address provider, int aggregator, Authorization authorization) {
        return sender.submit(
                address,
                calls.disputeShare(
                                round.campaignId(),
                                number(round),
                                provider.toString(),
                                BigInteger.valueOf(aggregator),
                                Terms.authorization(authorization))
                        .encodeFunctionCall());
    }

    public Receipt revealShare(TransactionSender sender, RoundId round, Contributor contributor, ShareAnswer answer) {
        final var opening = new TrainingCampaigns.ShareOpening(
                BigInteger.valueOf(answer.aggregator()),
                answer.share().values().stream().map(Scalar::toBigInteger).toList(),
                answer.share().blinder().toBigInteger(),
                Points.campaigns(answer.quotient()));
        return sender.send(
                address,
                calls.revealShare(
                                round.campaignId(),
                                number(round),
                                account(contributor),
                                commitments(contributor),
                                opening)
                        .encodeFunctionCall());
    }

    public Receipt exclude(TransactionSender sender, RoundId round, Contributor contributor) {
        return sender.send(
                address,
                calls.exclude(round.campaignId(), number(round), account(contributor), commitments(contributor))
                        .encodeFunctionCall());
    }

    /** @param signatures of all aggregators, in order */
    public Receipt closeRound(
            TransactionSender sender, RoundId round, G1Affine next, byte[] proof, List<byte[]> signatures) {
        return sender.send(
                address,
                calls.closeRound(round.campaignId(), number(round), Points.campaigns(next), proof, signatures)
                        .encodeFunctionCall());
    }

    private static BigInteger number(RoundId round) {
        return BigInteger.valueOf(round.round());
    }

    private static String account(Contributor contributor) {
        return Address.of(contributor.account()).toString();
    }

    private static TrainingCampaigns.Commitments commitments(Contributor contributor) {
        return new TrainingCampaigns.Commitments(
                Points.campaigns(contributor.out()),
                contributor.shares().stream().map(Points::campaigns).toList());
    }
}
