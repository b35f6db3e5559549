package org.zkml.backend.inference;

import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import org.jboss.logging.Logger;
import org.zkml.backend.chain.Hex;
import org.zkml.prover.engine.ProverProgress;

/** Proves answers with the vault's models. */
@ApplicationScoped
class AnswerProver {

    private static final Logger LOG = Logger.getLogger(AnswerProver.class);

    private final SoldModels models;

    AnswerProver(SoldModels models) {
        this.models = models;
    }

    /** @throws IllegalStateException if the model is not sold any more */
    byte[] prove(Prediction prediction) {
        final Instant begin = Instant.now();
        final SoldModel sold = models.find(prediction.modelId).orElseThrow(() -> {
            LOG.errorf("answer not proved, its model is not in the vault: model=%s", prediction.modelId);
            return new IllegalStateException("model " + prediction.modelId + " is not sold here");
        });
        final byte[] proof = sold.model()
                .prove(
                        models.messages()
                                .context(
                                        new BigInteger(1, Hex.parse(models.key().address())),
                                        prediction.modelId,
                                        new BigInteger(1, Hex.parse(prediction.queryId))),
                        prediction.batch(),
                        prediction.answer(),
                        ProverProgress.SILENT);
        LOG.infof(
                "answer proved: pass=%s count=%d rows=%d millis=%d",
                prediction.passId,
                prediction.asked,
                prediction.rowCount,
                Duration.between(begin, Instant.now()).toMillis());
        return proof;
    }
}
