/** The optimal ate pairing of BN254, for verifiers. */
package org.zkml.prover.pairing;
