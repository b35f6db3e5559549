package org.zkml.backend.contribution;

/**
 * What the sender of a contribution says about it; signed and proved by nobody. The provider's signature is public as soon as a transaction
 * carries it, so that others can send the message here too.
 *
 * @param proofMillis how long proving took
 * @param metric what {@code score} is, such as {@code accuracy}
 * @param score the sender's measurement of the model
 */
public record Report(Long proofMillis, String metric, Double score) {}
