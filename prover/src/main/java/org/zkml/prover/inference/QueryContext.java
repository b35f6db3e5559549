package org.zkml.prover.inference;

import java.math.BigInteger;

/**
 * Which query it is: the words of INFER's statement (docs/proof-system.md, section 3) that only the market knows.
 *
 * @param chainId the chain
 * @param market address of the contract that the model is listed with, 160 bits
 * @param seller address of whoever answers, 160 bits
 * @param modelId the listed model
 * @param queryId digest of the buyer's signed query, which holds the hash of the rows
 */
public record QueryContext(
        BigInteger chainId, BigInteger market, BigInteger seller, BigInteger modelId, BigInteger queryId) {}
