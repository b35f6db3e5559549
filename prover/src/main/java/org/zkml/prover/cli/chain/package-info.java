/** The chain, by Web3j: reading the contracts, signing messages for them, sending transactions. */
package org.zkml.prover.cli.chain;
