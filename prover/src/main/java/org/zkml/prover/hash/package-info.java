/** Keccak-256, the hash of Ethereum: of statements, schemas and tables. */
package org.zkml.prover.hash;
