package org.zkml.prover.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.zkml.prover.cli.chain.CampaignOpener;
import org.zkml.prover.envelope.PublicKeys;

/**
 * A file by which an account agrees to aggregate a campaign, with the keys that shares are encrypted to.
 */
record AggregatorConsent(CampaignOpener.Aggregator aggregator, Authorization authorization) {

    private static final String FORMAT = "zkml-consent/1";

    static AggregatorConsent read(JsonFile json) {
        if (!json.text("format").equals(FORMAT)) {
            throw json.problem("format", "is \"" + json.text("format") + "\"", "this version reads \"" + FORMAT + "\"");
        }
        final CampaignOpener.Aggregator aggregator = new CampaignOpener.Aggregator(
                json.address("account"), json.hex("x25519Key", 32), json.hex("mlKemKey", 1184));
        try {
            new PublicKeys(aggregator.x25519Key(), aggregator.mlKemKey());
        } catch (IllegalArgumentException e) {
            throw new CommandException(
                    ExitCode.BAD_INPUT,
                    "nobody can encrypt to the keys of " + aggregator.account() + ": " + e.getMessage()
                            + "; have the consent made again with \"zkml campaign consent\"",
                    e);
        }
        return new AggregatorConsent(aggregator, Authorization.read(json.object("authorization")));
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
