package org.zkml.prover.cli;

/**
 * A data set on chain.
 *
 * @param rows with data
 * @param retired whether its provider withdrew it
 */
public record RegisteredDataset(Address provider, long rows, boolean retired) {}
