/** Prover and verifier for any relation given as columns, sums, linear claims and equations (docs/proof-system.md, section 4). */
package org.zkml.prover.engine;
