/** Multi-scalar multiplication, on 64-bit limbs and on vectors of doubles. */
package org.zkml.prover.msm;
