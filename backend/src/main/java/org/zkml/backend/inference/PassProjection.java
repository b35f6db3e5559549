package org.zkml.backend.inference;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigInteger;
import org.zkml.backend.chain.index.ChainEvent;
import org.zkml.backend.chain.index.ChainPosition;
import org.zkml.backend.chain.index.EventScope;
import org.zkml.backend.chain.index.Projection;

/** Makes passes and their redemptions of InferenceMarket's events. */
@ApplicationScoped
public class PassProjection implements Projection {

    @Override
    public void apply(ChainEvent event) {
        switch (event.name) {
            case "PassPurchased" -> purchase(event);
            case "PassRedeemed" -> redeem(event);
            case "PassClosed" -> close(event);
            default -> {}
        }
    }

    private static Pass pass(ChainEvent event) {
        final BigInteger id = integer(event.arguments(), "passId");
        return Pass.of(id)
                .orElseThrow(
                        () -> new IllegalStateException(event.name + " of pass " + id + ", which was never bought"));
    }

    private static void purchase(ChainEvent event) {
        final JsonNode arguments = event.arguments();
        final Pass pass = new Pass();
        pass.id = integer(arguments, "passId");
        pass.modelId = integer(arguments, "modelId");
        pass.buyer = arguments.get("buyer").asText();
        pass.sessionKey = arguments.get("sessionKey").asText();
        pass.seller = arguments.get("seller").asText();
        pass.queries = arguments.get("queries").asLong();
        pass.redeemed = 0;
        pass.termEnd = arguments.get("termEnd").asLong();
        pass.price = integer(arguments, "price");
        pass.feeBasisPoints = arguments.get("feeBasisPoints").asInt();
        pass.position = ChainPosition.of(event);
        pass.purchasedAt = event.time();
        pass.persist();
    }

    private static void redeem(ChainEvent event) {
        final JsonNode arguments = event.arguments();
        final PassRedemption redemption = new PassRedemption();
        redemption.blockNumber = event.blockNumber;
        redemption.logIndex = event.logIndex;
        redemption.passId = integer(arguments, "passId");
        redemption.modelId = integer(arguments, "modelId");
        redemption.redeemed = arguments.get("count").asLong();
        redemption.released = integer(arguments, "released");
        redemption.fee = integer(arguments, "fee");
        redemption.ownerAmount = integer(arguments, "ownerAmount");
        redemption.contributorsAmount = integer(arguments, "contributorsAmount");
        redemption.transactionHash = event.transactionHash;
        redemption.redeemedAt = event.time();
        redemption.persist();
        pass(event).redeemed = redemption.redeemed;
    }

    private static void close(ChainEvent event) {
        final Pass pass = pass(event);
        pass.refund = integer(event.arguments(), "refund");
        pass.closedBy = event.transactionHash;
    }

    private static BigInteger integer(JsonNode arguments, String name) {
        return new BigInteger(arguments.get(name).asText());
    }

    @Override
    public void forget(String scope) {
        if (EventScope.model(scope) != null) {
            final BigInteger id = new BigInteger(EventScope.model(scope));
            PassRedemption.delete("modelId", id);
            Pass.delete("modelId", id);
        }
    }

    @Override
    public void forgetAll() {
        PassRedemption.deleteAll();
        Pass.deleteAll();
    }
}
