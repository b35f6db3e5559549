/** One-time pads of hidden messages, and the verifier's equations about them (docs/proof-system.md, section 4.1). */
package org.zkml.prover.pad;
