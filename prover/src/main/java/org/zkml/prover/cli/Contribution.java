package org.zkml.prover.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.relation.TrainStatement;

/**
 * What contributes a trained model.
 *
 * @param shares commitments to the shares of all aggregators but the last
 * @param report what the provider says of it without proof, or null
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
public record Contribution(
        TrainStatement statement,
        byte[] datasetId,
        List<G1Affine> shares,
        byte[] proof,
        Authorization authorization,
        ObjectNode report) {}
