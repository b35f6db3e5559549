package org.zkml.backend.chain;

import java.math.BigInteger;
import java.util.List;

/**
 * What a provider joins a campaign with.
 *
 * @param campaignId the campaign
 * @param datasetId 32 bytes
 * @param rowCap the account's in the allow-list; the campaign's where anybody may join
 * @param x25519Key 32 bytes
 * @param mlKemKey ML-KEM-768 public key, 1184 bytes
 * @param membership Merkle path of (provider, row cap) in the allow-list
 */
public record SeatRequest(
        BigInteger campaignId,
        byte[] datasetId,
        BigInteger rowCap,
        byte[] x25519Key,
        byte[] mlKemKey,
        List<byte[]> membership) {}
