package org.zkml.api.v1;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.zkml.backend.chain.index.ChainEvent;

/** An event of the contracts, decoded. */
@Schema(name = "Event")
public record EventBody(
        @Schema(example = "ContributionVerified") String name,

        @Schema(example = "TrainingCampaigns") String contract,

        @Schema(description = "The contract's address") String address,
        long blockNumber,
        String blockHash,
        Instant blockTime,
        String transactionHash,

        @Schema(description = "Within the block") int logIndex,

        @Schema(
                type = SchemaType.OBJECT,
                description = "By their names: integers decimal, bytes and addresses 0x-hex, structs as objects",
                example = "{\"campaignId\": \"1\", \"round\": \"0\", \"provider\": \"0x...\"}")
        JsonNode arguments) {

    static EventBody of(ChainEvent event) {
        return new EventBody(
                event.name,
                event.contract,
                event.address,
                event.blockNumber,
                event.blockHash,
                event.time(),
                event.transactionHash,
                event.logIndex,
                event.arguments());
    }

    /** Its place in the list of all events. */
    String cursor() {
        return blockNumber + "." + logIndex;
    }
}
