package org.zkml.prover.inference;

import java.math.BigInteger;

/**
 * What a pass's session key signs to ask: releases the price of all rows asked so far. Public once it is redeemed, and the hash says nothing about the rows.
 *
 * @param count rows asked with the pass so far, those of this query included, below 2^32
 * @param inputsHash of the rows and their salt, 32 bytes
 * @param deadline last Unix second at which the seller may accept it
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier of a hash, never compared
public record Query(BigInteger modelId, BigInteger passId, long count, byte[] inputsHash, BigInteger deadline) {}
