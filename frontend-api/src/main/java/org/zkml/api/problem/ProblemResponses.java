package org.zkml.api.problem;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import io.quarkus.smallrye.openapi.OpenApiFilter.RunStage;
import java.util.List;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.headers.Header;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/** Describes the problems that operations share; what only some answer with, these declare themselves. */
@OpenApiFilter(stages = RunStage.BUILD)
public final class ProblemResponses implements OASFilter {

    /** Says that a message was taken in to be relayed. */
    private static final String RELAYED = "202";

    @Override
    public void filterOpenAPI(OpenAPI api) {
        api.getPaths()
                .getPathItems()
                .values()
                .forEach(path -> path.getOperations().values().forEach(ProblemResponses::describe));
    }

    private static void describe(Operation operation) {
        final boolean hasBody = operation.getRequestBody() != null;
        if (hasBody || operation.getParameters() != null) {
            problem(operation, "400", "Malformed");
        }
        problem(operation, "406", "Only application/json is served");
        if (hasBody) {
            problem(operation, "413", "Too large");
            problem(operation, "415", "Only application/json is taken");
        }
        if (operation.getResponses().hasAPIResponse(RELAYED)) {
            problem(operation, "429", "Too many messages, of this account or of all");
            problem(operation, "503", "Chain unavailable");
        }
        problem(operation, "500", "The server failed");
        for (String status : List.of("429", "503")) {
            if (operation.getResponses().hasAPIResponse(status)) {
                operation.getResponses().getAPIResponse(status).addHeader("Retry-After", retryAfter());
            }
        }
    }

    /** Quarkus has put an empty 400 where there is a body. */
    private static void problem(Operation operation, String status, String description) {
        final APIResponse declared = operation.getResponses().getAPIResponse(status);
        if (declared == null || declared.getContent() == null) {
            operation
                    .getResponses()
                    .addAPIResponse(
                            status,
                            OASFactory.createAPIResponse()
                                    .description(description)
                                    .content(OASFactory.createContent()
                                            .addMediaType(
                                                    Problem.MEDIA_TYPE,
                                                    OASFactory.createMediaType()
                                                            .schema(OASFactory.createSchema()
                                                                    .ref("Problem")))));
        }
    }

    private static Header retryAfter() {
        return OASFactory.createHeader()
                .description("Seconds after which trying again may help")
                .schema(OASFactory.createSchema().addType(SchemaType.INTEGER));
    }
}
