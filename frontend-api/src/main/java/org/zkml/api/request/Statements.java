package org.zkml.api.request;

import com.fasterxml.jackson.databind.JsonNode;
import org.zkml.api.problem.MalformedRequestException;
import org.zkml.prover.relation.DatasetStatement;
import org.zkml.prover.relation.StatementJson;
import org.zkml.prover.relation.TrainStatement;

/** Statements as {@code statement.json} has them. */
final class Statements {

    /** More than any shape's proof that fits the pad; the exact length follows from the statement. */
    static final int PROOF_BYTES = 16 * 1024;

    private Statements() {}

    static DatasetStatement dataset(JsonNode json) {
        requireRelation(json, "DATASET");
        try {
            return StatementJson.readDataset(json);
        } catch (IllegalArgumentException e) {
            throw new MalformedRequestException("statement", e.getMessage());
        }
    }

    static TrainStatement train(JsonNode json) {
        requireRelation(json, "TRAIN");
        try {
            return StatementJson.readTrain(json);
        } catch (IllegalArgumentException e) {
            throw new MalformedRequestException("statement", e.getMessage());
        }
    }

    private static void requireRelation(JsonNode json, String relation) {
        final String found = Fields.required("statement", json).path("relation").asText("");
        if (!found.equals(relation)) {
            throw new MalformedRequestException("statement.relation", "\"" + found + "\" is not " + relation);
        }
    }
}
