package org.zkml.prover.cli;

/**
 * A provider's seat in a campaign.
 *
 * @param weight rows that a contribution counts for
 * @param nextRound the round after that of the last contribution, 0 before the first
 * @param points rows of all contributions
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
public record Seat(byte[] datasetId, long weight, int nextRound, long points) {}
