package org.zkml.prover.cli;

import java.util.List;
import org.zkml.prover.cli.chain.CampaignEvents;
import picocli.CommandLine.Option;

/** With whom a site contributes. */
final class CompanyOption {

    @Option(
            names = "--least-seats",
            defaultValue = "3",
            paramLabel = "N",
            description =
                    "Contribute only with so many seats in the campaign (default: ${DEFAULT-VALUE}): with few, others learn more about this model.")
    private int leastSeats;

    @Option(
            names = "--trusted-aggregators",
            split = ",",
            paramLabel = "ACCOUNT",
            description =
                    "Contribute only if one of these accounts, or this one, is an aggregator of the campaign: all aggregators together see every model.")
    private List<String> trusted = List.of();

    /** @throws CommandException if the campaign is not one that this site contributes to */
    void require(Campaign campaign, Address account) {
        requireSeats(campaign, campaign.seats(), "has " + campaign.seats());
        requireAggregators(campaign, account);
    }

    /**
     * Before the first contribution: seats may still be taken.
     *
     * @throws CommandException if the campaign cannot become one that this site contributes to
     */
    void requirePossible(Campaign campaign, Address account) {
        requireAggregators(campaign, account);
        if (campaign.state() == CampaignState.OPEN) {
            final int most = campaign.terms().maxProviders();
            requireSeats(campaign, most, "takes at most " + most);
        } else if (campaign.state() == CampaignState.RUNNING) {
            require(campaign, account);
        }
    }

    private void requireSeats(Campaign campaign, int seats, String told) {
        if (seats < leastSeats) {
            throw new CommandException(
                    ExitCode.REFUSED,
                    "campaign " + campaign.id() + " " + told + " seats, this site wants " + leastSeats
                            + " (--least-seats); the others could work out what was trained here");
        }
    }

    private void requireAggregators(Campaign campaign, Address account) {
        final List<Address> named = trusted.stream().map(CompanyOption::account).toList();
        final List<Address> aggregators = campaign.aggregators();
        if (!named.isEmpty() && !aggregators.contains(account) && named.stream().noneMatch(aggregators::contains)) {
            throw new CommandException(
                    ExitCode.REFUSED,
                    "none of " + trusted + " (--trusted-aggregators) is an aggregator of campaign " + campaign.id()
                            + ", which has " + aggregators + "; together these could work out what was trained here");
        }
    }

    private static Address account(String text) {
        try {
            return Address.parse(text.strip());
        } catch (IllegalArgumentException e) {
            throw new CommandException(ExitCode.USAGE, "--trusted-aggregators " + text + ": " + e.getMessage(), e);
        }
    }

    /** Warns of a seat with more than half of the weight of all: the average is then mostly its own model. */
    static void warnOfWeight(Console console, Seat seat, CampaignEvents events) {
        final long total = events.weights().stream().mapToLong(Long::longValue).sum();
        if (2 * seat.weight() > total) {
            console.warn("this seat has " + seat.weight() + " of the " + total
                    + " rows that count in a round, more than half: the average is mostly the model of this site,"
                    + " and tells whoever gets it much about the data here");
        }
    }
}
