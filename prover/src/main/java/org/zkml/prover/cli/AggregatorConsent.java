package org.zkml.prover.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.zkml.prover.cli.chain.CampaignOpener;

/**
 * A file by which an account agrees to aggregate a campaign, with the keys that shares are encrypted to.
 */
record AggregatorConsent(CampaignOpener.Aggregator aggregator, Authorization authorization) {

    private static final String FORMAT = "zkml-consent/1";

    static AggregatorConsent read(JsonFile json) {
        if (!json.text("format").equals(FORMAT)) {
            throw json.problem("format", "is \"" + json.text("format") + "\"", "this version reads \"" + FORMAT + "\"");
        }
        return new AggregatorConsent(
                new CampaignOpener.Aggregator(
                        json.address("account"), json.hex("x25519Key", 32), json.hex("mlKemKey", 1184)),
                Authorization.read(json.object("authorization")));
    }

    ObjectNode write() {
        final ObjectNode json = Console.object()
                .put("format", FORMAT)
                .put("account", aggregator.account().toString())
                .put("x25519Key", Hex.of(aggregator.x25519Key()))
                .put("mlKemKey", Hex.of(aggregator.mlKemKey()));
        json.set("authorization", authorization.write());
        return json;
    }

    /** An account with its public keys. */
    static CampaignOpener.Aggregator of(Identity identity) {
        return new CampaignOpener.Aggregator(identity.address(), identity.x25519PublicKey(), identity.mlKemPublicKey());
    }
}
