package org.zkml.prover.cli.chain;

import java.util.List;
import org.zkml.prover.cli.Address;
import org.zkml.prover.cli.Authorization;
import org.zkml.prover.cli.CampaignTerms;
import org.zkml.prover.curve.G1Affine;

/**
 * What opens a campaign.
 *
 * @param aggregators the owner first
 * @param consents of the others, in order
 * @param testSets ids of data sets for independent metrics
 */
public record CampaignOpener(
        CampaignTerms terms,
        G1Affine firstModel,
        List<Aggregator> aggregators,
        List<Authorization> consents,
        List<byte[]> testSets) {

    /** An aggregator with the keys that shares are encrypted to. */
    @SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
    public record Aggregator(Address account, byte[] x25519Key, byte[] mlKemKey) {}
}
