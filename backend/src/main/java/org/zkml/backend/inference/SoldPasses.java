package org.zkml.backend.inference;

import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigInteger;
import java.time.Clock;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.zkml.backend.chain.Chain;
import org.zkml.backend.chain.Deployment;
import org.zkml.backend.chain.InferenceContracts;
import org.zkml.backend.chain.InferenceContracts.SoldPass;

/**
 * What the chain says of passes, believed for some seconds: a pass is closed only days after its term, or when all of it is redeemed, and everything else about it is fixed. That
 * there is no such pass is not remembered.
 */
@ApplicationScoped
class SoldPasses {

    private static final int MOST = 10_000;

    private final SellerConfig config;
    private final Chain chain;
    private final InferenceContracts contracts;
    private final Clock clock = Clock.systemUTC();
    private final Map<BigInteger, Known> known = Collections.synchronizedMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<BigInteger, Known> eldest) {
            return size() > MOST;
        }
    });

    /** @param at {@link System#nanoTime} */
    private record Known(SoldPass pass, long at) {}

    SoldPasses(SellerConfig config, Chain chain, InferenceContracts contracts) {
        this.config = config;
        this.chain = chain;
        this.contracts = contracts;
    }

    /** @throws PassRejectedException if there is none */
    SoldPass get(BigInteger id) {
        final Known kept = known.get(id);
        if (kept != null && System.nanoTime() - kept.at() < config.passCache().toNanos()) {
            return kept.pass();
        }
        final Deployment deployment = chain.deployment();
        final SoldPass pass = contracts
                .pass(deployment, id)
                .orElseThrow(() -> PassRejectedException.unknown(id, deployment.chainId(), deployment.inference()));
        known.put(id, new Known(pass, System.nanoTime()));
        return pass;
    }

    /** Unix time, by this machine's clock or the chain's, whichever is ahead. */
    long now(SoldPass pass) {
        return Math.max(clock.instant().getEpochSecond(), pass.chainTime());
    }
}
