package org.zkml.api.v1;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.stream.Stream;
import org.zkml.backend.chain.Hex;
import org.zkml.prover.hash.Keccak256;

/** Answers with an entity tag: whoever has the same already is told so, without it. */
@ApplicationScoped
class TaggedAnswers {

    private final ObjectMapper mapper;

    TaggedAnswers(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    /** 200 with the body, or 304 if the request names its tag, which is the keccak of its bytes. */
    Response of(HttpHeaders request, Object body) {
        final byte[] bytes;
        try {
            bytes = mapper.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the answer cannot be written", e);
        }
        final String tag = Hex.of(Keccak256.hash(bytes));
        // May be kept, but is asked for anew each time.
        final CacheControl asked = new CacheControl();
        asked.setNoCache(true);
        return (isKnown(request, tag) ? Response.notModified() : Response.ok(bytes, MediaType.APPLICATION_JSON_TYPE))
                .tag(tag)
                .cacheControl(asked)
                .build();
    }

    /** By RFC 9110, 13.1.2: a tag that a proxy has made weak counts too, which JAX-RS leaves out. */
    private static boolean isKnown(HttpHeaders request, String tag) {
        final List<String> named = request.getRequestHeader(HttpHeaders.IF_NONE_MATCH);
        return named != null
                && named.stream()
                        .flatMap(line -> Stream.of(line.split(",", -1)))
                        .map(String::strip)
                        .anyMatch(text ->
                                text.equals("*") || text.equals("\"" + tag + "\"") || text.equals("W/\"" + tag + "\""));
    }
}
