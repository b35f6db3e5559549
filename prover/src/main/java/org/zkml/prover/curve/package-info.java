/** The groups G1 and G2 of BN254. */
package org.zkml.prover.curve;
