package org.zkml.backend.contribution;

/**
 * What a provider says about its work; proved by nobody.
 *
 * @param proofMillis how long proving took
 * @param metric what {@code score} is, such as {@code accuracy}
 * @param score the provider's own measurement of its model
 */
public record Report(Long proofMillis, String metric, Double score) {}
