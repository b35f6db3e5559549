package org.zkml.api.request;

import com.fasterxml.jackson.databind.JsonNode;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.zkml.backend.chain.Authorization;
import org.zkml.prover.relation.DatasetStatement;

/** A data set to be registered. */
@Schema(requiredProperties = {"statement", "proof", "authorization"})
public record DatasetRequest(
        @Schema(
                type = SchemaType.OBJECT,
                description =
                        "The document statement.json of relation DATASET; registry is the contract DatasetRegistry",
                example = """
                        {"relation": "DATASET", "domain": "0x...", "chainId": "31337", "registry": "...", "contributor": "...",
                         "schemaHash": "0x...", "ln": "10", "lk": "5", "b": "16", "n": "569", "feat": "31",
                         "C_X": {"x": "...", "y": "..."}, "C_Y": {"x": "...", "y": "..."}, "tau2": {}, "xi2": {}}""")
        JsonNode statement,

        @Schema(description = "The bytes of proof.bin", example = "0x1d5e...")
        String proof,

        AuthorizationBody authorization) {

    public DatasetStatement parseStatement() {
        return Statements.dataset(statement);
    }

    public byte[] parseProof() {
        return Fields.bytesUpTo("proof", proof, Statements.PROOF_BYTES);
    }

    public Authorization parseAuthorization() {
        return AuthorizationBody.parse(authorization);
    }
}
