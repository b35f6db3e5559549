package org.zkml.backend.chain;

/**
 * A call of a contract, encoded.
 *
 * @param to the contract's address
 * @param data selector and arguments, 0x-hex
 */
public record ContractCall(String to, String data) {}
