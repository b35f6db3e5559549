/** Loops over ranges on all cores. */
package org.zkml.prover.parallel;
