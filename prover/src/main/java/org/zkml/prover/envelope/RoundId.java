package org.zkml.prover.envelope;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;

/**
 * A round of a campaign, on one chain, of one contract: what everything secret about it is bound to.
 *
 * @param contract address of {@code TrainingCampaigns}
 * @param round from 0, below 2^16
 */
public record RoundId(BigInteger chainId, BigInteger contract, BigInteger campaignId, long round) {

    private static final int WORD_BYTES = 32;
    private static final int ADDRESS_BITS = 160;

    public RoundId {
        requireBits("chain id", chainId, 8 * WORD_BYTES);
        requireBits("contract", contract, ADDRESS_BITS);
        requireBits("campaign", campaignId, 8 * WORD_BYTES);
        requireBits("round", BigInteger.valueOf(round), Short.SIZE);
    }

    /** The four members as words of 32 bytes, big-endian. */
    public byte[] encode() {
        final ByteArrayOutputStream words = new ByteArrayOutputStream();
        words.writeBytes(word(chainId));
        words.writeBytes(word(contract));
        words.writeBytes(word(campaignId));
        words.writeBytes(word(BigInteger.valueOf(round)));
        return words.toByteArray();
    }

    /** An account's address as a word. */
    static byte[] account(String name, BigInteger address) {
        requireBits(name, address, ADDRESS_BITS);
        return word(address);
    }

    /** 32 bytes, big-endian, of an integer from 0 to 2^256 - 1. */
    public static byte[] word(BigInteger value) {
        requireBits("word", value, 8 * WORD_BYTES);
        final byte[] raw = value.toByteArray();
        final byte[] word = new byte[WORD_BYTES];
        final int length = Math.min(raw.length, WORD_BYTES); // a leading zero byte may stand for the sign
        System.arraycopy(raw, raw.length - length, word, WORD_BYTES - length, length);
        return word;
    }

    private static void requireBits(String name, BigInteger value, int bits) {
        if (value.signum() < 0 || value.bitLength() > bits) {
            throw new IllegalArgumentException(name + " " + value + ": must be from 0 to 2^" + bits + " - 1");
        }
    }

    @Override
    public String toString() {
        return "round " + round + " of campaign " + campaignId + " on chain " + chainId;
    }
}
