/** Committed data sets: their registration by relayed, verified proofs, and what the chain says about them. */
package org.zkml.backend.dataset;
