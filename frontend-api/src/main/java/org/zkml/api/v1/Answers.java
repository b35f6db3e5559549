package org.zkml.api.v1;

import jakarta.ws.rs.core.Response;
import java.net.URI;

/** Answers to messages that are relayed. */
final class Answers {

    private Answers() {}

    /** 202 for a new message, 200 for one that is known. */
    static Response accepted(boolean created, String location, Object body) {
        return (created ? Response.accepted() : Response.ok())
                .location(URI.create(location))
                .entity(body)
                .build();
    }

    /** 201 for a new document, 200 for one that is known. */
    static Response stored(boolean created, String location, Object body) {
        return Response.status(created ? Response.Status.CREATED : Response.Status.OK)
                .location(URI.create(location))
                .entity(body)
                .build();
    }
}
