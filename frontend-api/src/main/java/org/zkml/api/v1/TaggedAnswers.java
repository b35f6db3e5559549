package org.zkml.api.v1;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
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
    Response of(Request request, Object body) {
        final byte[] bytes;
        try {
            bytes = mapper.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the answer cannot be written", e);
        }
        final EntityTag tag = new EntityTag(Hex.of(Keccak256.hash(bytes)));
        final Response.ResponseBuilder known = request.evaluatePreconditions(tag);
        // May be kept, but is asked for anew each time.
        final CacheControl asked = new CacheControl();
        asked.setNoCache(true);
        return (known == null ? Response.ok(bytes, MediaType.APPLICATION_JSON_TYPE) : known)
                .tag(tag)
                .cacheControl(asked)
                .build();
    }
}
