package org.zkml.api.v1;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Where a document is stored. */
@Schema(name = "StoredDocument")
public record StoredBody(
        @Schema(description = "keccak of a schema's bytes, root of an allow-list")
        String hash) {}
