package org.zkml.api.v1;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.zkml.backend.chain.Authorization;
import org.zkml.backend.chain.Hex;
import org.zkml.backend.market.TestProvider.Contribution;
import org.zkml.backend.market.TestProvider.Joining;
import org.zkml.backend.market.TestProvider.Registration;
import org.zkml.prover.relation.StatementJson;

/** Bodies of requests, as providers' tools write them. */
public final class Requests {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Requests() {}

    public static ObjectNode of(Registration registration) {
        final ObjectNode body = MAPPER.createObjectNode().put("proof", Hex.of(registration.proof()));
        body.set("statement", StatementJson.write(registration.statement()));
        body.set("authorization", of(registration.authorization()));
        return body;
    }

    public static ObjectNode of(String provider, Joining joining) {
        final ObjectNode body = MAPPER.createObjectNode()
                .put("provider", provider)
                .put("datasetId", Hex.of(joining.request().datasetId()))
                .put("rowCap", joining.request().rowCap().longValueExact())
                .put("x25519Key", Hex.of(joining.request().x25519Key()))
                .put("mlKemKey", Hex.of(joining.request().mlKemKey()));
        final var membership = body.putArray("membership");
        joining.request().membership().forEach(sibling -> membership.add(Hex.of(sibling)));
        body.set("authorization", of(joining.authorization()));
        return body;
    }

    public static ObjectNode of(Contribution contribution) {
        final ObjectNode body = MAPPER.createObjectNode()
                .put("datasetId", Hex.of(contribution.datasetId()))
                .put("proof", Hex.of(contribution.proof()));
        body.set("statement", StatementJson.write(contribution.statement()));
        final var shares = body.putArray("shares");
        contribution
                .shares()
                .forEach(share -> shares.addObject()
                        .put("x", share.x().toString())
                        .put("y", share.y().toString()));
        body.set("authorization", of(contribution.authorization()));
        body.putObject("report")
                .put("proofMillis", 1234)
                .put("metric", "accuracy")
                .put("score", 0.75);
        return body;
    }

    public static ObjectNode of(Authorization authorization) {
        return MAPPER.createObjectNode()
                .put("nonce", authorization.nonce().toString())
                .put("deadline", authorization.deadline().toString())
                .put("signature", Hex.of(authorization.signature()));
    }
}
