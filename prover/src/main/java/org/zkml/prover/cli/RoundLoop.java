package org.zkml.prover.cli;

import java.util.LinkedHashSet;
import java.util.SequencedSet;
import java.util.Set;
import org.zkml.prover.vault.VaultException;

/** Looks again and again what is due in a campaign, until it is over. What failed is tried again, ever more rarely: others may be late, and nodes and servers restart. */
final class RoundLoop {

    private static final Set<ExitCode> PASSING =
            Set.of(ExitCode.IO, ExitCode.REFUSED, ExitCode.BAD_INPUT, ExitCode.INTERNAL);
    /** Longest between two looks after failures, unless more was asked for. */
    private static final long LONGEST_MILLIS = 60_000;

    private static final int REMEMBERED = 1_000;

    private final CampaignSession session;
    private final RoundsOption option;
    private final SequencedSet<String> told = new LinkedHashSet<>();

    RoundLoop(CampaignSession session, RoundsOption option) {
        this.session = session;
        this.option = option;
    }

    /** What is due in a campaign as it is now. */
    interface Step {
        void run(Campaign campaign);
    }

    /** Whether what failed may do better the next time. */
    static boolean isPassing(CommandException failure) {
        return PASSING.contains(failure.exitCode());
    }

    /** @return once the campaign is over, or, if asked for once, after the first time */
    int run(Step step) {
        final long every = option.everyMillis();
        for (long wait = every; ; pause(wait)) {
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
                wait = every;
                told.clear();
            } catch (VaultException e) {
                throw e;
            } catch (RuntimeException e) {
                failed(Failures.of(e));
                wait = Math.clamp(2 * wait, every, Math.max(every, LONGEST_MILLIS));
            }
            if (option.once()) {
                return ExitCode.DONE.value();
            }
        }
    }

    private void failed(CommandException failure) {
        if (option.once() || !isPassing(failure)) {
            throw failure;
        }
        final String message = failure.getMessage();
        if (session.console().verbose()) {
            failure.printStackTrace(session.console().terminal().err());
        }
        if (told.add(message)) {
            session.console().say("Not done: %s. It is tried again.", message);
            session.console()
                    .result(Console.object()
                            .put("event", "failed")
                            .put("campaignId", session.id().toString())
                            .put("message", message));
        }
        if (told.size() > REMEMBERED) {
            told.removeFirst();
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
