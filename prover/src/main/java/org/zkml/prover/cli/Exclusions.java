package org.zkml.prover.cli;

import java.util.List;
import org.zkml.prover.averaging.Contributor;
import org.zkml.prover.cli.chain.CampaignEvents;

/** Contributions whose providers have not answered a dispute in time: anybody may take them out, and a round cannot end before. */
final class Exclusions {

    private Exclusions() {}

    /** Those of the present round; none before the time for answers is over. */
    static List<Contributor> due(Campaign campaign, CampaignEvents events) {
        if (campaign.state() != CampaignState.RUNNING
                || events.head().time() < campaign.deadlines().answer()) {
            return List.of();
        }
        final List<Address> silent = events.openDisputes(campaign.round()).stream()
                .map(CampaignEvents.Dispute::provider)
                .toList();
        return events.contributors(campaign.round()).stream()
                .filter(contributor -> silent.contains(Address.of(contributor.account())))
                .toList();
    }
}
