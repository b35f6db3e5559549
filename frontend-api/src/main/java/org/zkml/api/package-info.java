/** The REST resources under {@code /api/v1}: each parses, calls one service of the backend and maps its answer to a record. */
package org.zkml.api;
