package org.zkml.prover.cli.chain;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.web3j.abi.datatypes.DynamicArray;
import org.web3j.tx.gas.DefaultGasProvider;
import org.zkml.prover.cli.Address;
import org.zkml.prover.cli.Campaign;
import org.zkml.prover.cli.CampaignState;
import org.zkml.prover.cli.CommandException;
import org.zkml.prover.cli.Contribution;
import org.zkml.prover.cli.ExitCode;
import org.zkml.prover.cli.Receipt;
import org.zkml.prover.cli.Seat;
import org.zkml.prover.cli.SeatRequest;
import org.zkml.prover.cli.chain.contract.TrainingCampaigns;
import org.zkml.prover.cli.chain.contract.TrainingCampaigns.CampaignProgress;
import org.zkml.prover.curve.G1Affine;

/** The contract TrainingCampaigns: what it says, and what it is told. */
public final class CampaignsContract {

    private final Chain chain;
    private final Address address;
    private final TrainingCampaigns calls;

    public CampaignsContract(Chain chain, Address address) {
        this.chain = chain;
        this.address = address;
        this.calls =
                TrainingCampaigns.load(address.toString(), chain.web3j(), chain.readOnly(), new DefaultGasProvider());
    }

    /** The reward token. */
    public Address token() {
        return addressOf(chain.read(address, calls.token()).getFirst().getValue());
    }

    /** The registry of the data sets. */
    public Address registry() {
        return addressOf(chain.read(address, calls.registry()).getFirst().getValue());
    }

    /** The verifier of TRAIN. */
    public Address verifier() {
        return addressOf(chain.read(address, calls.verifier()).getFirst().getValue());
    }

    /** The verifier of AGGREGATE. */
    public Address aggregationVerifier() {
        return addressOf(
                chain.read(address, calls.aggregationVerifier()).getFirst().getValue());
    }

    /** Setup and tables. */
    public Address parameters() {
        return addressOf(chain.read(address, calls.parameters()).getFirst().getValue());
    }

    private static Address addressOf(Object value) {
        return Address.parse(value.toString());
    }

    /**
     * Everything about a campaign.
     *
     * @throws CommandException if there is no such campaign
     */
    public Campaign campaign(BigInteger id) {
        final CampaignProgress progress = progress(id);
        final var terms = (TrainingCampaigns.CampaignTerms)
                chain.read(address, calls.campaign(id)).getFirst();
        final var times = (TrainingCampaigns.Deadlines)
                chain.read(address, calls.deadlines(id)).getFirst();
        final var records =
                (DynamicArray<?>) chain.read(address, calls.aggregators(id)).getFirst();
        return new Campaign(
                id,
                Address.parse(progress.owner),
                CampaignState.values()[progress.state.intValueExact()],
                progress.round.intValueExact(),
                progress.seats.intValueExact(),
                Terms.read(terms),
                records.getValue().stream()
                        .map(record -> Address.parse(((TrainingCampaigns.AggregatorRecord) record).account))
                        .toList(),
                new Campaign.Deadlines(
                        times.begin.longValueExact(),
                        times.contribution.longValueExact(),
                        times.dispute.longValueExact(),
                        times.share.longValueExact(),
                        times.answer.longValueExact(),
                        times.aggregation.longValueExact()));
    }

    private CampaignProgress progress(BigInteger id) {
        try {
            return (CampaignProgress) chain.read(address, calls.progress(id)).getFirst();
        } catch (CommandException e) {
            if (e.exitCode() != ExitCode.REFUSED || id.compareTo(campaigns()) <= 0) {
                throw e;
            }
            throw new CommandException(
                    ExitCode.REFUSED,
                    "there is no campaign " + id + " at the contract " + address + ", which has " + campaigns()
                            + "; check the number, or name another deployment with \"zkml connect --deployment\"",
                    e);
        }
    }

    /** The number of campaigns, which are numbered from 1. */
    public BigInteger campaigns() {
        return (BigInteger) chain.read(address, calls.campaigns()).getFirst().getValue();
    }

    /** The provider's seat, or null. */
    public Seat seat(BigInteger campaignId, Address provider) {
        final var seat = (TrainingCampaigns.Seat)
                chain.read(address, calls.seat(campaignId, provider.toString())).getFirst();
        return seat.weight.signum() == 0
                ? null
                : new Seat(
                        seat.datasetId,
                        seat.weight.longValueExact(),
                        seat.nextRound.intValueExact(),
                        seat.points.longValueExact());
    }

    /** Rows of a seat that are behind a finished campaign's model: of averaged rounds alone, where the last one lapsed. */
    public long modelPoints(Campaign campaign, Seat seat, Address provider) {
        if (seat.nextRound() != campaign.round() + 1) {
            return seat.points();
        }
        final var disputes = (TrainingCampaigns.DisputeRecord) chain.read(
                        address,
                        calls.disputes(campaign.id(), BigInteger.valueOf(campaign.round()), provider.toString()))
                .getFirst();
        return disputes.excluded ? seat.points() : seat.points() - seat.weight();
    }

    /** Campaigns in which the provider has a seat. */
    public List<BigInteger> campaignsOf(Address provider) {
        final var ids = (DynamicArray<?>)
                chain.read(address, calls.campaignsOf(provider.toString())).getFirst();
        return ids.getValue().stream().map(id -> (BigInteger) id.getValue()).toList();
    }

    /** What {@code claim} would pay now for a campaign, base units. */
    public BigInteger claimable(BigInteger campaignId, Address provider) {
        return (BigInteger) chain.read(address, calls.claimableIn(campaignId, provider.toString()))
                .getFirst()
                .getValue();
    }

    /** The model that a round starts from. */
    public G1Affine roundModel(BigInteger campaignId, long round) {
        final var stored =
                (TrainingCampaigns.Round) chain.read(address, calls.round(campaignId, BigInteger.valueOf(round)))
                        .getFirst();
        return Points.read(stored.model);
    }

    /** The words of the statement that {@code contribute} would verify, without the domain. */
    public byte[] trainStatement(BigInteger campaignId, long round, byte[] datasetId, G1Affine out) {
        final String words = chain.readRaw(
                address, calls.trainStatement(campaignId, BigInteger.valueOf(round), datasetId, Points.campaigns(out)));
        return HexFormat.of().parseHex(words.substring(2));
    }

    /** Base units that an owner can still reserve. */
    public BigInteger budgetOf(Address owner) {
        return (BigInteger)
                chain.read(address, calls.budgetOf(owner.toString())).getFirst().getValue();
    }

    public Receipt grantBudget(TransactionSender sender, Address owner, BigInteger amount) {
        return sender.send(address, calls.grantBudget(owner.toString(), amount).encodeFunctionCall());
    }

    public Receipt join(TransactionSender sender, SeatRequest request) {
        final var struct = new TrainingCampaigns.SeatRequest(
                request.campaignId(),
                request.datasetId(),
                BigInteger.valueOf(request.rowCap()),
                request.x25519Key(),
                request.mlKemKey());
        return sender.send(
                address,
                calls.join(struct, request.membership(), Terms.authorization(request.authorization()))
                        .encodeFunctionCall());
    }

    public Receipt contribute(TransactionSender sender, Contribution contribution) {
        return sender.send(
                address,
                calls.contribute(
                                contribution.statement().taskId(),
                                contribution.statement().round(),
                                contribution.datasetId(),
                                Points.campaigns(contribution.statement().out()),
                                contribution.shares().stream()
                                        .map(Points::campaigns)
                                        .toList(),
                                contribution.proof(),
                                Terms.authorization(contribution.authorization()))
                        .encodeFunctionCall());
    }

    public Receipt claim(TransactionSender sender, BigInteger campaignId, Address provider) {
        return sender.send(address, calls.claim(campaignId, provider.toString()).encodeFunctionCall());
    }

    /** Ends a campaign without enough providers, or a round whose time is over. */
    public Receipt end(TransactionSender sender, Campaign campaign) {
        return switch (campaign.state()) {
            case OPEN -> sender.send(address, calls.cancel(campaign.id()).encodeFunctionCall());
            case RUNNING -> sender.send(address, calls.lapse(campaign.id()).encodeFunctionCall());
            default -> throw new CommandException(ExitCode.REFUSED, "campaign " + campaign.id() + " is over already");
        };
    }

    /** Opens a campaign of the sender's; it is the one with the highest number of this owner afterwards. */
    public Opened open(TransactionSender sender, CampaignOpener opener) {
        final String data = calls.open(
                        Terms.write(opener.terms()),
                        Points.campaigns(opener.firstModel()),
                        opener.aggregators().stream()
                                .map(aggregator -> new TrainingCampaigns.Aggregator(
                                        aggregator.account().toString(), aggregator.x25519Key(), aggregator.mlKemKey()))
                                .toList(),
                        opener.consents().stream().map(Terms::authorization).toList(),
                        Arrays.asList(opener.testSets().toArray(byte[][]::new)))
                .encodeFunctionCall();
        final var receipt = sender.call(address, data);
        final BigInteger id = TrainingCampaigns.getCampaignOpenedEvents(receipt).getFirst().campaignId;
        return new Opened(id, TransactionSender.receipt(receipt));
    }

    /** A campaign and the transaction that opened it. */
    public record Opened(BigInteger id, Receipt receipt) {}
}
