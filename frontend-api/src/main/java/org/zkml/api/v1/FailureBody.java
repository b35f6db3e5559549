package org.zkml.api.v1;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.zkml.backend.chain.relay.Relayed;

/** Why a relayed message failed. */
@Schema(name = "Failure", description = "The contract's typed error, null unless the message failed")
public record FailureBody(
        @Schema(example = "NotPresentRound") String error,

        @Schema(example = "NotPresentRound(1, 0, 1)") String detail) {

    static FailureBody of(Relayed relayed) {
        return relayed.failure() == null
                ? null
                : new FailureBody(relayed.failure().error(), relayed.failure().detail());
    }
}
