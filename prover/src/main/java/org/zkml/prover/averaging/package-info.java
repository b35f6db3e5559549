/** Averages of models that nobody sees: shares, partial sums, the next model (docs/secure-averaging.md). */
package org.zkml.prover.averaging;
