/** Answers of a listed model and the check that they are its (docs/marketplace.md, selling inference; docs/proof-system.md, section 7a, INFER). */
package org.zkml.prover.inference;
