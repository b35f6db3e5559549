package org.zkml.backend.inference;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.panache.common.Page;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigInteger;
import java.util.List;
import org.zkml.backend.chain.SaleDeployment;

/**
 * What can be redeemed: of every pass the highest count up to which all answers are proved. What is not proved is not redeemed. Left out is what the chain, as far as it was read, has
 * redeemed or closed already, or knows as another pass; whose pass it was may not have been kept, then the chain decides.
 */
@ApplicationScoped
public class Redemptions {

    private final SaleDeployment deployment;

    Redemptions(SaleDeployment deployment) {
        this.deployment = deployment;
    }

    /**
     * Passes in the order of their numbers, above one.
     *
     * @throws org.zkml.backend.chain.NotDeployedException if there is no InferenceMarket
     */
    public List<Prediction> after(BigInteger passId, int limit) {
        final String market = deployment.requireInference();
        return QuarkusTransaction.requiringNew()
                .call(() -> Prediction.<Prediction>find(
                                "select p from PassUse u join Prediction p on p.passId = u.passId and p.asked = u.redeemable"
                                        + " left join Pass c on c.id = u.passId where u.passId > ?1 and u.market in (?2, '') and (c.id is null"
                                        + " or c.closedBy is null and c.redeemed < u.redeemable and u.sessionKey in (c.sessionKey, ''))"
                                        + " order by u.passId",
                                passId,
                                market)
                        .page(Page.ofSize(limit))
                        .list());
    }
}
