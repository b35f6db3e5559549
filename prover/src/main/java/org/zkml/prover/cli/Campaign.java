package org.zkml.prover.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;

/**
 * A campaign as the contract has it.
 *
 * @param owner who opened it
 * @param round the present one, from 0
 * @param seats taken so far
 * @param terms what the owner fixed
 * @param aggregators in the order of their shares
 * @param deadlines of the present round, Unix seconds
 */
public record Campaign(
        BigInteger id,
        Address owner,
        CampaignState state,
        int round,
        int seats,
        CampaignTerms terms,
        List<Address> aggregators,
        Deadlines deadlines) {

    /** When the windows of the present round end, and, in the middle of the shares', disputes begin; while the campaign is open, {@code begin} is the end of joining. */
    public record Deadlines(long begin, long contribution, long dispute, long share, long answer, long aggregation) {}

    /** The task of the present round. */
    TrainingTask task() {
        return new TrainingTask(
                id,
                round,
                new BigInteger(1, terms.schemaHash()),
                terms.kind(),
                terms.b(),
                terms.lk(),
                terms.lb(),
                terms.lt(),
                terms.steps(),
                terms.rate(),
                terms.decay());
    }

    boolean isOver() {
        return state == CampaignState.FINISHED || state == CampaignState.CANCELLED;
    }

    void requireState(CampaignState expected) {
        if (state != expected) {
            throw new CommandException(
                    ExitCode.REFUSED,
                    "campaign " + id + " is " + state.id() + ", this needs it to be " + expected.id()
                            + "; see \"zkml campaign status " + id + "\"");
        }
    }

    ObjectNode write() {
        final ObjectNode json = terms.write()
                .put("id", id.toString())
                .put("owner", owner.toString())
                .put("state", state.id())
                .put("round", round)
                .put("seatsTaken", seats);
        final var names = json.putArray("aggregators");
        aggregators.forEach(address -> names.add(address.toString()));
        json.putObject("deadlines")
                .put("begin", Instant.ofEpochSecond(deadlines.begin()).toString())
                .put(
                        "contribution",
                        Instant.ofEpochSecond(deadlines.contribution()).toString())
                .put("dispute", Instant.ofEpochSecond(deadlines.dispute()).toString())
                .put("share", Instant.ofEpochSecond(deadlines.share()).toString())
                .put("answer", Instant.ofEpochSecond(deadlines.answer()).toString())
                .put(
                        "aggregation",
                        Instant.ofEpochSecond(deadlines.aggregation()).toString());
        return json;
    }
}
