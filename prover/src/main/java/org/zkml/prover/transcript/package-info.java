/** The Fiat-Shamir transcript. */
package org.zkml.prover.transcript;
