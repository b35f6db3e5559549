package org.zkml.api.v1;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.math.BigInteger;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.zkml.api.problem.NotFoundProblemException;
import org.zkml.api.problem.Problem;
import org.zkml.api.request.BodyLimit;
import org.zkml.api.request.Fields;
import org.zkml.api.request.MessageRequest;
import org.zkml.backend.mailbox.MailboxMessage;
import org.zkml.backend.mailbox.MailboxService;
import org.zkml.backend.mailbox.ReadingPermit;
import org.zkml.prover.envelope.MessageKind;

@Path("/api/v1/campaigns/{id}/messages")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Mailbox", description = "Envelopes between the accounts of a campaign")
public class MessageResource {

    private static final int SIGNATURE_BYTES = 4096;
    private static final int CURSOR_BITS = 63;
    private static final int ROUND_BITS = 16;

    private final MailboxService mailbox;

    MessageResource(MailboxService mailbox) {
        this.mailbox = mailbox;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @BodyLimit(BodyLimit.DOCUMENT)
    @Operation(summary = "Leaves an envelope for its recipient", description = "The same one again changes nothing.")
    @APIResponse(
            responseCode = "201",
            description = "Stored",
            content = @Content(schema = @Schema(implementation = StoredMessageBody.class)))
    @APIResponse(
            responseCode = "200",
            description = "Known",
            content = @Content(schema = @Schema(implementation = StoredMessageBody.class)))
    @APIResponse(
            responseCode = "404",
            description = "No such campaign",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "409",
            description = "The sender has sent another one of this kind to the recipient in this round",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "422",
            description = "Wrong signature, or accounts without the parts in the campaign that the message needs",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "429",
            description = "No more room, for this account or this campaign",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "503",
            description = "Chain unavailable",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response send(@PathParam("id") String id, MessageRequest request) {
        Fields.required("body", request);
        final MailboxService.Stored stored =
                mailbox.send(request.parse(campaign(id))).orElseThrow(() -> unknown(id));
        return Answers.stored(
                stored.created(),
                "/api/v1/campaigns/" + id + "/messages/" + stored.message().id,
                StoredMessageBody.of(stored.message()));
    }

    @GET
    @Operation(
            summary = "Messages to an account, oldest first",
            description =
                    "For the account alone, which permits it by a signature. A page may be shorter than asked for.")
    @APIResponse(
            responseCode = "404",
            description = "No such campaign",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "422",
            description = "Not permitted by the account, or the account has no part in the campaign",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "503",
            description = "Chain unavailable",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public PageBody<MessageBody> received(
            @PathParam("id") String id,
            @Context UriInfo uri,
            @Parameter(description = "The recipient", required = true) @QueryParam("account") String account,
            @Parameter(description = "Only those of this round", schema = @Schema(type = SchemaType.INTEGER))
                    @QueryParam("round")
                    String round,
            @Parameter(description = "Only those of this kind") @QueryParam("kind") String kind,
            @Parameter(description = "1 to 200, default 50", schema = @Schema(type = SchemaType.INTEGER))
                    @QueryParam("limit")
                    String limit,
            @Parameter(description = "The member next of the page before") @QueryParam("after") String after,
            @Parameter(description = "Last Unix second of the permission", required = true)
                    @HeaderParam("Mailbox-Deadline")
                    String deadline,
            @Parameter(description = "The account's signature of the permission", required = true)
                    @HeaderParam("Mailbox-Signature")
                    String signature) {
        Fields.parameters(uri, "account", "round", "kind", "limit", "after");
        final Set<MessageKind> kinds =
                kind == null ? EnumSet.allOf(MessageKind.class) : EnumSet.of(MessageRequest.kind(kind));
        final MailboxService.Selection selection = new MailboxService.Selection(
                round == null ? -1 : Fields.decimal("round", round, ROUND_BITS).intValue(),
                kinds,
                after == null ? 0 : Fields.decimal("after", after, CURSOR_BITS).longValue(),
                Fields.limit(limit));
        final MailboxService.Messages messages = mailbox.received(
                        campaign(id), permit(account, deadline, signature), selection)
                .orElseThrow(() -> unknown(id));
        final List<MailboxMessage> items = messages.items();
        return new PageBody<>(
                items.stream().map(MessageBody::of).toList(),
                messages.complete() ? null : Long.toString(items.getLast().number));
    }

    @GET
    @Path("/{message}")
    @Operation(summary = "A message, for its sender or its recipient")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = MessageBody.class)))
    @APIResponse(
            responseCode = "404",
            description = "Unknown, or between others",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "422",
            description = "Not permitted by the account, or the account has no part in the campaign",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "503",
            description = "Chain unavailable",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public MessageBody get(
            @PathParam("id") String id,
            @PathParam("message") String message,
            @Parameter(description = "Sender or recipient", required = true) @QueryParam("account") String account,
            @Parameter(description = "Last Unix second of the permission", required = true)
                    @HeaderParam("Mailbox-Deadline")
                    String deadline,
            @Parameter(description = "The account's signature of the permission", required = true)
                    @HeaderParam("Mailbox-Signature")
                    String signature) {
        return mailbox.get(campaign(id), Fields.hash("message", message), permit(account, deadline, signature))
                .map(MessageBody::of)
                .orElseThrow(() -> new NotFoundProblemException("no message " + message + " from or to " + account));
    }

    private static BigInteger campaign(String id) {
        return Fields.decimal("id", id, 256);
    }

    private static ReadingPermit permit(String account, String deadline, String signature) {
        return new ReadingPermit(
                Fields.address("account", account),
                Fields.decimal("Mailbox-Deadline", deadline, 256),
                Fields.bytesUpTo("Mailbox-Signature", signature, SIGNATURE_BYTES));
    }

    private static NotFoundProblemException unknown(String id) {
        return new NotFoundProblemException("no campaign " + id);
    }
}
