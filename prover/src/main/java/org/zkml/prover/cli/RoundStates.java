package org.zkml.prover.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.zkml.prover.cli.chain.CampaignEvents;

/** A campaign's rounds so far, as its events tell them. */
final class RoundStates {

    private RoundStates() {}

    /** Shows a line a round, and adds the member {@code rounds} to the result. */
    static void show(Console console, Campaign campaign, CampaignEvents events, ObjectNode result) {
        final List<CampaignEvents.Average> averages = events.averages();
        final ArrayNode list = result.putArray("rounds");
        final TextTable table = new TextTable("round", "state", "contributions", "weight", "excluded", "transaction");
        for (int round = 0; round <= averages.size(); round++) {
            final boolean averaged = round < averages.size();
            final String state = averaged ? "averaged" : state(campaign, events);
            if (state == null) {
                continue;
            }
            final var contributors = events.contributors(round);
            final long weight =
                    contributors.stream().mapToLong(one -> one.weight()).sum();
            final int excluded = events.excluded(round).size();
            final String transaction = averaged ? averages.get(round).transactionHash() : null;
            table.row(round, state, contributors.size(), weight, excluded, averaged ? transaction : "-");
            list.addObject()
                    .put("round", round)
                    .put("state", state)
                    .put("contributions", contributors.size())
                    .put("weightTotal", weight)
                    .put("excluded", excluded)
                    .put("transactionHash", transaction);
        }
        table.print(console);
    }

    /** Of the round that was not averaged, by its windows; null where there is none. */
    private static String state(Campaign campaign, CampaignEvents events) {
        return switch (campaign.state()) {
            case RUNNING -> {
                final long now = events.head().time();
                final Campaign.Deadlines deadlines = campaign.deadlines();
                if (now < deadlines.contribution()) {
                    yield "contributing";
                }
                if (now < deadlines.share()) {
                    yield now < deadlines.dispute() ? "sharing" : "disputing";
                }
                yield events.openDisputes(campaign.round()).isEmpty() ? "averaging" : "answering";
            }
            case CANCELLED -> campaign.seats() < campaign.terms().minProviders() ? null : "lapsed";
            case FINISHED -> campaign.round() < campaign.terms().rounds() ? "lapsed" : null;
            default -> null;
        };
    }
}
