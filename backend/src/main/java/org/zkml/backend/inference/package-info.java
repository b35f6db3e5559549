/** The seller's side of the sale of inference: answers queries, signs receipts, proves, and keeps what it needs to be paid. Only instances with a seller's vault sell. */
package org.zkml.backend.inference;
