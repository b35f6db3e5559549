/** Errors as RFC 9457 problem documents with a stable {@code type}; the types are listed in docs/api.md. */
package org.zkml.api.problem;
