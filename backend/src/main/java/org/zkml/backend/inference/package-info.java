/**
 * The sale of inference. Of every market: passes, who bought them, what of their price was released, what is left. Of an instance with a seller's vault also what it sells: answers to
 * queries, receipts, proofs, and what it needs to be paid.
 */
package org.zkml.backend.inference;
