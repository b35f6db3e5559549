package org.zkml.backend.inference;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.panache.common.Page;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigInteger;
import java.util.List;

/** What can be redeemed: of every pass the highest count up to which all answers are proved. What is not proved is not redeemed. */
@ApplicationScoped
public class Redemptions {

    /** Passes in the order of their numbers, above one. */
    public List<Prediction> after(BigInteger passId, int limit) {
        return QuarkusTransaction.requiringNew()
                .call(() -> Prediction.<Prediction>find(
                                "from Prediction p where p.passId > ?1 and p.asked = (select max(q.asked) from Prediction q"
                                        + " where q.passId = p.passId and q.proofState = ?2 and not exists (select 1 from Prediction r"
                                        + " where r.passId = q.passId and r.asked < q.asked and r.proofState <> ?2))"
                                        + " order by p.passId",
                                passId,
                                ProofState.PROVED)
                        .page(Page.ofSize(limit))
                        .list());
    }
}
