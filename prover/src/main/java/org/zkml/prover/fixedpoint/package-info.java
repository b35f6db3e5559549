/** Numbers as the proof system computes with them: section 5 of docs/proof-system.md. */
package org.zkml.prover.fixedpoint;
