/** The prover's side of the two sum-checks (docs/proof-system.md, sections 4.2 and 4.3). */
package org.zkml.prover.sumcheck;
