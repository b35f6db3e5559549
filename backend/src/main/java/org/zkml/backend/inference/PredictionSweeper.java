package org.zkml.backend.inference;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jboss.logging.Logger;
import org.zkml.backend.chain.Ticker;

/**
 * Forgets rows, answers and blinders of receipts whose term is over, proved or not; what redeeming needs is kept. Before that, in the last quarter of the term, or
 * as much earlier as all that is not proved takes, everything is proved that nobody asked a proof of: else a buyer that never asks would keep the seller from redeeming.
 */
@ApplicationScoped
public class PredictionSweeper {

    private static final Logger LOG = Logger.getLogger(PredictionSweeper.class);

    /** For each: twice what one takes, since proofs fail, and instances are down. */
    private static final Duration PROVING = Duration.ofSeconds(2);

    private final ProofQueue queue;
    private final SellerConfig config;
    private final Clock clock = Clock.systemUTC();
    private Ticker ticker;

    PredictionSweeper(ProofQueue queue, SellerConfig config) {
        this.queue = queue;
        this.config = config;
    }

    void start(@Observes StartupEvent started) {
        if (config.vault().isPresent() && config.sweepEvery().isPositive()) {
            ticker = Ticker.start("predictions", config.sweepEvery(), () -> sweep(clock.instant()));
        }
    }

    void stop(@Observes ShutdownEvent stopping) {
        if (ticker != null) {
            ticker.close();
        }
    }

    /** @return how many answers were forgotten whose term was over at a time */
    public long sweep(Instant now) {
        final Duration lastQuarter = config.proofTerm().dividedBy(4);
        final Duration needed = PROVING.multipliedBy(queue.unproved());
        final long asked =
                queue.askForProofsEndingBefore(now.plus(lastQuarter.compareTo(needed) > 0 ? lastQuarter : needed));
        if (asked > 0) {
            LOG.infof("old answers to be proved: count=%d", asked);
        }
        final Map<BigInteger, Integer> lapsed = queue.lapse(now);
        if (!lapsed.isEmpty()) {
            LOG.errorf(
                    "answers not proved within their term, by pass: %s; they, and later counts of their passes, cannot be redeemed,"
                            + " and these passes are answered and proved no more",
                    lapsed);
        }
        final long forgotten = forget(now);
        if (forgotten > 0) {
            LOG.infof("old answers forgotten: count=%d", forgotten);
        }
        return forgotten;
    }

    private static long forget(Instant now) {
        return QuarkusTransaction.requiringNew()
                .call(() -> Prediction.update(
                        "salt = null, inputs = null, answer = null, blinderX = null, blinderP = null, proof = null"
                                + " where proofDeadline < ?1 and answer is not null and proofState in (?2, ?3)",
                        now.getEpochSecond(),
                        ProofState.PROVED,
                        ProofState.LAPSED));
    }
}
