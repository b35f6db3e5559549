/** Multilinear polynomials, equality polynomials, and weights that prover and verifier both read. */
package org.zkml.prover.poly;
