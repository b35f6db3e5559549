package org.zkml.backend.inference;

import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.zkml.backend.chain.Chain;
import org.zkml.backend.chain.Deployment;
import org.zkml.backend.chain.InferenceContracts;
import org.zkml.backend.chain.InferenceContracts.SoldPass;
import org.zkml.prover.inference.Query;

/**
 * What the chain says of passes, believed for some seconds: a pass is closed only days after its term, or when all of it is redeemed, and everything else about it is fixed. That
 * there is no such pass is believed for a second: it may be bought any moment, and whoever asks for it costs the node a call.
 */
@ApplicationScoped
class SoldPasses {

    private static final int MOST = 10_000;
    private static final Duration UNKNOWN_KEPT = Duration.ofSeconds(1);

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

    /**
     * @param pass null if there is none
     * @param at {@link System#nanoTime}
     */
    private record Known(SoldPass pass, long at) {}

    SoldPasses(SellerConfig config, Chain chain, InferenceContracts contracts) {
        this.config = config;
        this.chain = chain;
        this.contracts = contracts;
    }

    /** @throws PassRejectedException if there is none */
    SoldPass get(BigInteger id) {
        final Deployment deployment = chain.deployment();
        Known now = known.get(id);
        if (now == null || System.nanoTime() - now.at() >= kept(now).toNanos()) {
            now = new Known(contracts.pass(deployment, id).orElse(null), System.nanoTime());
            known.put(id, now);
        }
        if (now.pass() == null) {
            throw PassRejectedException.unknown(id, deployment.chainId(), deployment.inference());
        }
        return now.pass();
    }

    private Duration kept(Known kept) {
        final Duration cache = config.passCache();
        return kept.pass() == null && cache.compareTo(UNKNOWN_KEPT) > 0 ? UNKNOWN_KEPT : cache;
    }

    /** @throws PassRejectedException if the pass, or the query's deadline, does not permit that this seller answers it now */
    void requirePermitted(SoldPass pass, Query query, String seller) {
        final long now = now(pass);
        if (!pass.modelId().equals(query.modelId())) {
            throw PassRejectedException.otherModel(pass, query.modelId());
        }
        if (!pass.seller().equals(seller)) {
            throw PassRejectedException.otherSeller(pass, seller);
        }
        if (pass.closed()) {
            throw PassRejectedException.closed(pass);
        }
        if (now > pass.termEnd()) {
            throw PassRejectedException.expired(pass, now);
        }
        if (query.deadline().compareTo(BigInteger.valueOf(now)) < 0) {
            throw PassRejectedException.deadlineOver(query.deadline(), now);
        }
        if (query.count() > pass.queries()) {
            throw PassRejectedException.usedUp(pass, query.count());
        }
    }

    /** Unix time, by this machine's clock or the chain's, whichever is ahead. */
    private long now(SoldPass pass) {
        return Math.max(clock.instant().getEpochSecond(), pass.chainTime());
    }
}
