package org.zkml.backend.inference;

import java.math.BigInteger;
import org.zkml.prover.data.Schema;
import org.zkml.prover.fixedpoint.ActivationTable;
import org.zkml.prover.inference.InferenceModel;

/**
 * A model that this instance answers with. Secret.
 *
 * @param version rounds averaged into it
 * @param maxRows most rows of a query
 */
record SoldModel(BigInteger id, int version, Schema schema, InferenceModel model, int maxRows) {

    ActivationTable table() {
        return model.listed().table();
    }
}
