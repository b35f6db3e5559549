/**
 * The sale of inference: passes as the chain has them, and, on an instance with a seller's vault, the seller's side: answers queries, signs receipts, proves, and keeps what it
 * needs to be paid.
 */
package org.zkml.backend.inference;
