/** Gradient descent: in exact integers with everything a proof needs, and in float64 to compare with. */
package org.zkml.prover.training;
