package org.zkml.backend.mailbox;

import java.math.BigInteger;

/**
 * An account's signed permission to show its messages of one campaign.
 *
 * @param account in lower case
 * @param deadline last Unix second at which it is good
 */
public record ReadingPermit(String account, BigInteger deadline, byte[] signature) {}
