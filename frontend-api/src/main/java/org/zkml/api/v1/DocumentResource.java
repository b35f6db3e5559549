package org.zkml.api.v1;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.zkml.api.problem.MalformedRequestException;
import org.zkml.api.problem.NotFoundProblemException;
import org.zkml.api.problem.Problem;
import org.zkml.api.request.AllowListRequest;
import org.zkml.api.request.BodyLimit;
import org.zkml.api.request.Fields;
import org.zkml.backend.document.Document.Kind;
import org.zkml.backend.document.DocumentService;

@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Documents", description = "Schemas and allow-lists, by the hash that campaigns name them by")
public class DocumentResource {

    private static final int YEAR_SECONDS = 365 * 24 * 3600;

    private final DocumentService documents;
    private final ObjectMapper mapper;

    DocumentResource(DocumentService documents, ObjectMapper mapper) {
        this.documents = documents;
        this.mapper = mapper;
    }

    @POST
    @Path("/schemas")
    @Consumes(MediaType.APPLICATION_JSON)
    @BodyLimit(BodyLimit.DOCUMENT)
    @Operation(
            summary = "Stores a schema's exact bytes",
            description = "Under their keccak; a campaign on chain must name it.")
    @APIResponse(
            responseCode = "201",
            description = "Stored",
            content = @Content(schema = @Schema(implementation = StoredBody.class)))
    @APIResponse(
            responseCode = "200",
            description = "Known",
            content = @Content(schema = @Schema(implementation = StoredBody.class)))
    @APIResponse(
            responseCode = "404",
            description = "No campaign names it",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response storeSchema(byte[] content) {
        if (content == null || content.length == 0) {
            throw new MalformedRequestException("body", "is empty");
        }
        final DocumentService.Stored stored = documents.storeSchema(content);
        return Answers.stored(stored.created(), "/api/v1/schemas/" + stored.hash(), new StoredBody(stored.hash()));
    }

    @GET
    @Path("/schemas/{hash}")
    @Operation(summary = "A schema's exact bytes", description = "The ETag is the hash: check that the bytes have it.")
    @APIResponse(
            responseCode = "200",
            description = "The bytes",
            content = @Content(mediaType = MediaType.APPLICATION_JSON))
    @APIResponse(
            responseCode = "404",
            description = "Unknown",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response schema(@PathParam("hash") String hash) {
        return document(Kind.SCHEMA, Fields.hash("hash", hash));
    }

    @POST
    @Path("/allow-lists")
    @Consumes(MediaType.APPLICATION_JSON)
    @BodyLimit(BodyLimit.DOCUMENT)
    @Operation(
            summary = "Stores an allow-list",
            description = "Under its Merkle root; a campaign on chain must name it.")
    @APIResponse(
            responseCode = "201",
            description = "Stored",
            content = @Content(schema = @Schema(implementation = StoredBody.class)))
    @APIResponse(
            responseCode = "200",
            description = "Known",
            content = @Content(schema = @Schema(implementation = StoredBody.class)))
    @APIResponse(
            responseCode = "404",
            description = "No campaign names it",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response storeAllowList(AllowListRequest request) throws JsonProcessingException {
        final DocumentService.Stored stored =
                documents.storeAllowList(Fields.required("body", request).parse(), mapper.writeValueAsBytes(request));
        return Answers.stored(stored.created(), "/api/v1/allow-lists/" + stored.hash(), new StoredBody(stored.hash()));
    }

    @GET
    @Path("/allow-lists/{root}")
    @Operation(summary = "An allow-list")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = AllowListRequest.class)))
    @APIResponse(
            responseCode = "404",
            description = "Unknown",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response allowList(@PathParam("root") String root) {
        return document(Kind.ALLOW_LIST, Fields.hash("root", root));
    }

    /** What has a hash never changes. */
    private Response document(Kind kind, String hash) {
        final byte[] content =
                documents.get(kind, hash).orElseThrow(() -> new NotFoundProblemException("no document " + hash));
        final CacheControl forGood = new CacheControl();
        forGood.setMaxAge(YEAR_SECONDS);
        return Response.ok(content, MediaType.APPLICATION_JSON_TYPE)
                .tag(hash)
                .cacheControl(forGood)
                .build();
    }
}
