package org.zkml.prover.cli;

import java.util.LinkedHashSet;
import java.util.SequencedSet;
import java.util.Set;
import org.zkml.prover.vault.VaultException;

/** Looks again and again what is due in a campaign, until its end is final. What failed is tried again, ever more rarely: others may be late, and nodes and servers restart. */
final class RoundLoop {

    private static final Set<ExitCode> PASSING =
            Set.of(ExitCode.IO, ExitCode.REFUSED, ExitCode.BAD_INPUT, ExitCode.INTERNAL);
    /** Longest between two looks after failures, unless more was asked for. */
    private static final long LONGEST_MILLIS = 60_000;

    private static final int REMEMBERED = 1_000;

    private final CampaignSession session;
    private final RoundsOption option;
    private final SequencedSet<String> told = new LinkedHashSet<>();
    private boolean waiting;
    private int round;

    RoundLoop(CampaignSession session, RoundsOption option) {
        this.session = session;
        this.option = option;
        this.round = session.campaign().round();
    }

    /** What is due in a campaign as it is now. */
    interface Step {
        void run(Campaign campaign);
    }

    /** Whether what failed may do better the next time. */
    static boolean isPassing(CommandException failure) {
        return PASSING.contains(failure.exitCode());
    }

    /** @return once the campaign's end is final, or, if asked for once, after the first time */
    int run(Step step) {
        final long every = option.everyMillis();
        for (long wait = every; ; pause(wait)) {
            try {
                session.events().refresh();
                final Campaign campaign = session.campaign();
                round = campaign.round();
                step.run(campaign);
                if (campaign.isOver() && !session.events().isEndSettled()) {
                    tellNotFinal(campaign);
                } else if (campaign.isOver()) {
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

    /** Until then another block may take the place of the last, and the campaign go on. */
    private void tellNotFinal(Campaign campaign) {
        if (!waiting) {
            waiting = true;
            session.tell(
                    "waiting",
                    campaign.round(),
                    Console.object().put("for", "finality"),
                    "Campaign %s is %s; waiting until that is in a final block.",
                    campaign.id(),
                    campaign.state().id());
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
            session.tell(
                    "failed",
                    round,
                    Console.object().put("message", message),
                    "Not done: %s. It is tried again.",
                    message);
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
