/** Arithmetic of the scalar and base fields of BN254, on flat arrays and on single elements. */
package org.zkml.prover.field;
