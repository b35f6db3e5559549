/** Setups, their ceremony, and hiding commitments (docs/proof-system.md, section 2). */
package org.zkml.prover.commitment;
