/** Passes for inference: who bought them, what of their price was released, what is left. */
package org.zkml.backend.inference;
