package org.zkml.prover.cli;

import java.util.Set;
import org.zkml.prover.averaging.RepeatedWeightsException;
import org.zkml.prover.averaging.SecondPartialSumException;

/** Looks again and again what is due in a campaign, until it is over. What failed is tried again: others may be late, and nodes and servers restart. */
final class RoundLoop {

    private static final Set<ExitCode> PASSING = Set.of(ExitCode.IO, ExitCode.REFUSED, ExitCode.BAD_INPUT);

    private final CampaignSession session;
    private final RoundsOption option;
    private String lastFailure = "";

    RoundLoop(CampaignSession session, RoundsOption option) {
        this.session = session;
        this.option = option;
    }

    /** What is due in a campaign as it is now. */
    interface Step {
        void run(Campaign campaign);
    }

    /** @return once the campaign is over, or, if asked for once, after the first time */
    int run(Step step) {
        final long every = option.everyMillis();
        for (; ; pause(every)) {
            try {
                session.events().refresh();
                final Campaign campaign = session.campaign();
                step.run(campaign);
                if (campaign.isOver()) {
                    session.tell(
                            "finished",
                            campaign.round(),
                            Console.object().put("state", campaign.state().id()).put("rounds", campaign.round()),
                            "Campaign %s is %s after %d averaged rounds.",
                            campaign.id(),
                            campaign.state().id(),
                            campaign.round());
                    return ExitCode.DONE.value();
                }
            } catch (CommandException
                    | IllegalArgumentException
                    | SecondPartialSumException
                    | RepeatedWeightsException e) {
                failed(e);
            }
            if (option.once()) {
                return ExitCode.DONE.value();
            }
        }
    }

    private void failed(RuntimeException e) {
        final CommandException failure =
                e instanceof CommandException known ? known : new CommandException(ExitCode.REFUSED, e.getMessage(), e);
        if (option.once() || !PASSING.contains(failure.exitCode())) {
            throw failure;
        }
        if (!lastFailure.equals(failure.getMessage())) {
            lastFailure = failure.getMessage();
            session.console().say("Not done: %s. It is tried again.", lastFailure);
            session.console()
                    .result(Console.object()
                            .put("event", "failed")
                            .put("campaignId", session.id().toString())
                            .put("message", lastFailure));
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException(ExitCode.IO, "interrupted; run the command again, nothing is done twice", e);
        }
    }
}
