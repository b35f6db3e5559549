/** Schemas and allow-lists: documents that campaigns on chain name by their hash. */
package org.zkml.backend.document;
