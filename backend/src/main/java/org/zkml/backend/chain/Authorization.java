package org.zkml.backend.chain;

import java.math.BigInteger;

/**
 * A signer's consent to one call.
 *
 * @param nonce the signer's in that contract: 192 bits of key, 64 of counter
 * @param deadline last Unix second at which it is good
 * @param signature EIP-712 signature of 65 bytes, or what an ERC-1271 wallet takes
 */
public record Authorization(BigInteger nonce, BigInteger deadline, byte[] signature) {}
