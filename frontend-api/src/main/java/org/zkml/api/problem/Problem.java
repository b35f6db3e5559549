package org.zkml.api.problem;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A problem document (RFC 9457). */
@Schema(description = "RFC 9457 problem document; further members by type, see docs/api.md", example = """
                {"type": "urn:zkml:problem:proof-rejected", "title": "The proof is false", "status": 422,
                 "detail": "the proof is false: stage OPENING expected a pairing product of 1", "stage": "OPENING"}""")
@JsonInclude(JsonInclude.Include.NON_NULL)
public final class Problem {

    public static final String MEDIA_TYPE = "application/problem+json";

    private static final String TYPE_PREFIX = "urn:zkml:problem:";

    @Schema(description = "Names the kind of problem, for good")
    public final String type;

    public final String title;
    public final int status;

    @Schema(description = "What happened, with its values")
    public final String detail;

    private final Map<String, Object> members = new LinkedHashMap<>();
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
