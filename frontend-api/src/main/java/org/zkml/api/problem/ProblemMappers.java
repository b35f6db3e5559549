package org.zkml.api.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.zkml.backend.chain.ChainUnavailableException;
import org.zkml.backend.chain.Hex;
import org.zkml.backend.chain.NotDeployedException;
import org.zkml.backend.chain.NotRelayedException;
import org.zkml.backend.chain.RefusedByContractException;
import org.zkml.backend.chain.SignatureRejectedException;
import org.zkml.backend.chain.relay.MessageConflictException;
import org.zkml.backend.chain.relay.RelayLimitException;
import org.zkml.backend.document.UnnamedDocumentException;
import org.zkml.backend.inference.CountConflictException;
import org.zkml.backend.inference.InputsRejectedException;
import org.zkml.backend.inference.NotSellingException;
import org.zkml.backend.inference.PassBusyException;
import org.zkml.backend.inference.PassRejectedException;
import org.zkml.backend.inference.ProofTermOverException;
import org.zkml.backend.inference.ProofsWaitingException;
import org.zkml.backend.mailbox.EnvelopeSizeException;
import org.zkml.backend.mailbox.MailboxFullException;
import org.zkml.backend.mailbox.NotInCampaignException;
import org.zkml.backend.verification.MalformedBytesException;
import org.zkml.backend.verification.ProofRejectedException;
import org.zkml.backend.verification.StatementMismatchException;
import org.zkml.backend.verification.UnprovableStatementException;
import org.zkml.backend.verification.VerifierBusyException;

/** What the services throw, as problem documents. What nobody expected becomes a 500 that tells nothing but a number to look up. */
final class ProblemMappers {

    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);
    private static final Duration CHAIN_RETRY = Duration.ofSeconds(5);

    @ServerExceptionMapper
    Response malformed(MalformedRequestException e) {
        return new Problem(400, "malformed-request", "The request is malformed", e.getMessage())
                .with("field", e.field())
                .response();
    }

    @ServerExceptionMapper
    Response malformed(MalformedBytesException e) {
        return new Problem(400, "malformed-request", "The proof is malformed", e.getMessage())
                .with("field", "proof")
                .with("offset", e.offset())
                .response();
    }

    @ServerExceptionMapper
    Response malformed(UnprovableStatementException e) {
        return new Problem(400, "malformed-request", "No proof can be about this statement", e.getMessage())
                .with("field", "statement")
                .response();
    }

    @ServerExceptionMapper
    Response malformed(EnvelopeSizeException e) {
        return malformed(new MalformedRequestException("envelope", e.getMessage()));
    }

    /** Quarkus has a mapper of its own for these, which this one replaces. */
    @ServerExceptionMapper
    Response malformed(MismatchedInputException e) {
        return malformed((JsonProcessingException) e);
    }

    @ServerExceptionMapper
    Response malformed(JsonProcessingException e) {
        final String field = e instanceof JsonMappingException mapping
                        && !mapping.getPath().isEmpty()
                ? mapping.getPath().stream()
                        .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                        .collect(Collectors.joining("."))
                : "body";
        return new Problem(400, "malformed-request", "The request's JSON is malformed", said(e))
                .with("field", field)
                .response();
    }

    /** In the API's words: Jackson's name our classes. Those about the text itself name none, and may be wrapped. */
    private static String said(JsonProcessingException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof StreamReadException unreadable) {
                return unreadable.getOriginalMessage();
            }
        }
        return switch (e) {
            case UnrecognizedPropertyException unknown ->
                "there is no member \"" + unknown.getPropertyName() + "\" here";
            case MismatchedInputException trailing
            when isTrailing(trailing) -> "there is something after the value's end";
            case JsonMappingException mapping -> "the value is missing, or of another type than docs/api.md says";
            default -> e.getOriginalMessage();
        };
    }

    /** Jackson has no type of its own for it. */
    private static boolean isTrailing(MismatchedInputException e) {
        return e.getOriginalMessage().startsWith("Trailing token");
    }

    @ServerExceptionMapper
    Response tooLarge(BodyTooLargeException e) {
        return new Problem(413, "too-large", "The request is too large", e.getMessage())
                .with("limitBytes", e.limitBytes())
                .response();
    }

    @ServerExceptionMapper
    Response notFound(NotFoundProblemException e) {
        return new Problem(404, "not-found", "There is no such thing", e.getMessage()).response();
    }

    @ServerExceptionMapper
    Response notDeployed(NotDeployedException e) {
        return new Problem(404, "not-deployed", "The deployment has no such contract", e.getMessage())
                .with("contract", e.contract())
                .response();
    }

    @ServerExceptionMapper
    Response conflict(MessageConflictException e) {
        return new Problem(409, "conflict", "Another one is in the way", e.getMessage())
                .with("existing", ResourcePaths.of(e.resource()))
                .response();
    }

    @ServerExceptionMapper
    Response unnamed(UnnamedDocumentException e) {
        return new Problem(404, "not-found", "No campaign names this document", e.getMessage())
                .with("hash", e.hash())
                .retryAfter(UnnamedDocumentException.RETRY_AFTER)
                .response();
    }

    @ServerExceptionMapper
    Response rejected(ProofRejectedException e) {
        return new Problem(422, "proof-rejected", "The proof is false", e.getMessage())
                .with("stage", e.stage())
                .response();
    }

    @ServerExceptionMapper
    Response mismatch(StatementMismatchException e) {
        return new Problem(422, "statement-mismatch", "The statement is not the contract's", e.getMessage())
                .with("field", e.field())
                .with("expected", e.expected())
                .with("actual", e.actual())
                .response();
    }

    @ServerExceptionMapper
    Response unsigned(SignatureRejectedException e) {
        return new Problem(422, "signature-rejected", "The message is not signed by its account", e.getMessage())
                .with("digest", Hex.of(e.digest()))
                .response();
    }

    @ServerExceptionMapper
    Response notRelayed(NotRelayedException e) {
        return new Problem(422, "not-relayed", "The server does not pay for this message", e.getMessage()).response();
    }

    @ServerExceptionMapper
    Response refused(RefusedByContractException e) {
        return new Problem(422, "refused-by-contract", "The contract would refuse it", e.detail())
                .with("error", e.error())
                .response();
    }

    @ServerExceptionMapper
    Response limited(RelayLimitException e) {
        return new Problem(429, "too-many-requests", "Too many messages", e.getMessage())
                .retryAfter(e.retryAfter())
                .response();
    }

    @ServerExceptionMapper
    Response full(MailboxFullException e) {
        return new Problem(429, "too-many-requests", "The mailbox is full", e.getMessage())
                .retryAfter(MailboxFullException.RETRY_AFTER)
                .response();
    }

    @ServerExceptionMapper
    Response stranger(NotInCampaignException e) {
        return new Problem(422, "not-in-campaign", "The account has no such part in the campaign", e.getMessage())
                .response();
    }

    @ServerExceptionMapper
    Response notSelling(NotSellingException e) {
        return new Problem(409, "not-selling", "This instance sells nothing", e.getMessage()).response();
    }

    @ServerExceptionMapper
    Response rejected(InputsRejectedException e) {
        final Problem problem =
                new Problem(422, "inputs-rejected", "The model cannot be asked about this", e.getMessage());
        e.row().ifPresent(row -> problem.with("row", row));
        e.field().ifPresent(field -> problem.with("field", field));
        return problem.response();
    }

    @ServerExceptionMapper
    Response rejected(PassRejectedException e) {
        return new Problem(422, "pass-rejected", "The pass does not permit it", e.getMessage())
                .with("reason", e.reason().id())
                .response();
    }

    @ServerExceptionMapper
    Response conflict(CountConflictException e) {
        return new Problem(409, "count-conflict", "Not the next count of the pass", e.getMessage())
                .with("used", e.used())
                .response();
    }

    @ServerExceptionMapper
    Response over(ProofTermOverException e) {
        return new Problem(409, "proof-term-over", "It is not proved any more", e.getMessage()).response();
    }

    @ServerExceptionMapper
    Response waiting(ProofsWaitingException e) {
        return new Problem(429, "too-many-requests", "Too many proofs are waited for", e.getMessage())
                .retryAfter(ProofsWaitingException.RETRY_AFTER)
                .response();
    }

    @ServerExceptionMapper
    Response busy(PassBusyException e) {
        return new Problem(429, "too-many-requests", "Too many queries of a pass", e.getMessage())
                .retryAfter(PassBusyException.RETRY_AFTER)
                .response();
    }

    @ServerExceptionMapper
    Response busy(VerifierBusyException e) {
        return new Problem(503, "verifier-busy", "The verifier is busy", e.getMessage())
                .retryAfter(VerifierBusyException.RETRY_AFTER)
                .response();
    }

    @ServerExceptionMapper
    Response unavailable(ChainUnavailableException e) {
        LOG.warnf("request refused, chain unavailable: %s", e.getMessage());
        return new Problem(
                        503,
                        "chain-unavailable",
                        "The chain cannot be asked",
                        "the node does not answer; see the server's health")
                .retryAfter(CHAIN_RETRY)
                .response();
    }

    /** Unknown paths, methods and media types. */
    @ServerExceptionMapper
    Response http(WebApplicationException e) {
        final Response original = e.getResponse();
        if (e.getCause() instanceof BodyTooLargeException tooLarge) {
            return tooLarge(tooLarge);
        }
        if (e.getCause() instanceof JsonProcessingException json) {
            return malformed(json);
        }
        final int status = original.getStatus();
        final String type = switch (status) {
            case 400 -> "malformed-request";
            case 404 -> "not-found";
            case 405 -> "method-not-allowed";
            case 406 -> "not-acceptable";
            case 413 -> "too-large";
            case 415 -> "unsupported-media-type";
            default -> "http-" + status;
        };
        return new Problem(status, type, original.getStatusInfo().getReasonPhrase(), e.getMessage()).response();
    }

    @ServerExceptionMapper
    Response unexpected(RuntimeException e) {
        final UUID number = UUID.randomUUID();
        LOG.errorf(e, "request failed: error=%s", number);
        return new Problem(500, "internal-error", "The server failed", "look up " + number + " in the server's log")
                .response();
    }
}
