package org.zkml.api.problem;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.media.SchemaProperty;

/** A problem document (RFC 9457). */
@Schema(
        description = "RFC 9457 problem document; which type has which further members, see docs/api.md",
        properties = {
            @SchemaProperty(name = "field", type = SchemaType.STRING, description = "Member or parameter at fault"),
            @SchemaProperty(name = "row", type = SchemaType.INTEGER, description = "Row at fault, from 0"),
            @SchemaProperty(name = "reason", type = SchemaType.STRING, description = "Why a pass does not permit it"),
            @SchemaProperty(name = "used", type = SchemaType.INTEGER, description = "Rows asked with the pass so far"),
            @SchemaProperty(name = "offset", type = SchemaType.INTEGER, description = "Byte of the proof at fault"),
            @SchemaProperty(name = "existing", type = SchemaType.STRING, description = "Path of what is in the way"),
            @SchemaProperty(name = "hash", type = SchemaType.STRING, description = "Of a document that nobody names"),
            @SchemaProperty(name = "limitBytes", type = SchemaType.INTEGER, description = "Longest body"),
            @SchemaProperty(name = "stage", type = SchemaType.STRING, description = "The verifier's that refused"),
            @SchemaProperty(name = "expected", description = "The contract's value of the field"),
            @SchemaProperty(name = "actual", description = "The statement's value of the field"),
            @SchemaProperty(name = "digest", type = SchemaType.STRING, description = "What should have been signed"),
            @SchemaProperty(
                    name = "contract",
                    type = SchemaType.STRING,
                    description = "Name of the contract that is missing"),
            @SchemaProperty(name = "error", type = SchemaType.STRING, description = "Name of the contract's error")
        },
        example = """
                {"type": "urn:zkml:problem:proof-rejected", "title": "The proof is false", "status": 422,
                 "detail": "the proof is false: stage OPENING expected a pairing product of 1", "stage": "OPENING"}""")
@JsonInclude(JsonInclude.Include.NON_NULL)
public final class Problem {

    public static final String MEDIA_TYPE = "application/problem+json";

    private static final String TYPE_PREFIX = "urn:zkml:problem:";

    @Schema(
            description = "Names the kind of problem, for good",
            enumeration = {
                TYPE_PREFIX + "malformed-request",
                TYPE_PREFIX + "not-found",
                TYPE_PREFIX + "not-deployed",
                TYPE_PREFIX + "method-not-allowed",
                TYPE_PREFIX + "not-acceptable",
                TYPE_PREFIX + "conflict",
                TYPE_PREFIX + "not-selling",
                TYPE_PREFIX + "count-conflict",
                TYPE_PREFIX + "proof-term-over",
                TYPE_PREFIX + "inputs-rejected",
                TYPE_PREFIX + "pass-rejected",
                TYPE_PREFIX + "too-large",
                TYPE_PREFIX + "unsupported-media-type",
                TYPE_PREFIX + "proof-rejected",
                TYPE_PREFIX + "statement-mismatch",
                TYPE_PREFIX + "signature-rejected",
                TYPE_PREFIX + "not-relayed",
                TYPE_PREFIX + "not-in-campaign",
                TYPE_PREFIX + "refused-by-contract",
                TYPE_PREFIX + "too-many-requests",
                TYPE_PREFIX + "internal-error",
                TYPE_PREFIX + "verifier-busy",
                TYPE_PREFIX + "chain-unavailable"
            })
    public final String type;

    public final String title;
    public final int status;

    @Schema(description = "What happened, with its values")
    public final String detail;

    @Schema(hidden = true)
    private final Map<String, Object> members = new LinkedHashMap<>();

    @Schema(hidden = true)
    private final Map<String, String> headers = new LinkedHashMap<>();

    /** @param type name without the prefix {@code urn:zkml:problem:} */
    public Problem(int status, String type, String title, String detail) {
        this.type = TYPE_PREFIX + type;
        this.title = title;
        this.status = status;
        this.detail = detail;
    }

    /** Members beside the standard ones. */
    @JsonAnyGetter
    @Schema(hidden = true)
    public Map<String, Object> members() {
        return members;
    }

    public Problem with(String name, Object value) {
        members.put(name, value);
        return this;
    }

    /** When trying again may help. */
    public Problem retryAfter(Duration delay) {
        headers.put("Retry-After", Long.toString(Math.max(1, delay.toSeconds())));
        return this;
    }

    public Response response() {
        final Response.ResponseBuilder builder =
                Response.status(status).type(MEDIA_TYPE).entity(this);
        headers.forEach(builder::header);
        return builder.build();
    }
}
