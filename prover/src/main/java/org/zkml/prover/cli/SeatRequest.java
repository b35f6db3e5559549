package org.zkml.prover.cli;

import java.math.BigInteger;
import java.util.List;

/**
 * What takes a seat in a campaign.
 *
 * @param rowCap the provider's in the allow-list, the campaign's where anybody may join
 * @param membership Merkle path in the allow-list
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
public record SeatRequest(
        BigInteger campaignId,
        Address provider,
        byte[] datasetId,
        long rowCap,
        byte[] x25519Key,
        byte[] mlKemKey,
        List<byte[]> membership,
        Authorization authorization) {}
