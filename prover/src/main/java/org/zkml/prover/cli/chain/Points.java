package org.zkml.prover.cli.chain;

import org.zkml.prover.cli.chain.contract.InferenceMarket;
import org.zkml.prover.cli.chain.contract.ProtocolParameters;
import org.zkml.prover.cli.chain.contract.TrainingCampaigns;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.curve.G2Affine;

/** Points in the forms of the wrappers. */
final class Points {

    private Points() {}

    static TrainingCampaigns.G1Point campaigns(G1Affine point) {
        return new TrainingCampaigns.G1Point(point.x(), point.y());
    }

    static G1Affine read(TrainingCampaigns.G1Point point) {
        return G1Affine.of(point.x, point.y);
    }

    static InferenceMarket.G1Point inference(G1Affine point) {
        return new InferenceMarket.G1Point(point.x(), point.y());
    }

    static G1Affine read(InferenceMarket.G1Point point) {
        return G1Affine.of(point.x, point.y);
    }

    static ProtocolParameters.G1Point parameters(G1Affine point) {
        return new ProtocolParameters.G1Point(point.x(), point.y());
    }

    static ProtocolParameters.G2Point parameters(G2Affine point) {
        return new ProtocolParameters.G2Point(point.xIm(), point.xRe(), point.yIm(), point.yRe());
    }

    static G2Affine read(ProtocolParameters.G2Point point) {
        return G2Affine.of(point.xRe, point.xIm, point.yRe, point.yIm);
    }
}
