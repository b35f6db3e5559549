package org.zkml.prover.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import org.zkml.prover.fixedpoint.ModelKind;
import org.zkml.prover.training.Metrics;

/** How good predictions are, in words and as JSON. */
final class Scores {

    private Scores() {}

    /** Adds rows, loss and score to the result, and what else there is to say of a classification. */
    static String of(ModelKind kind, double[] predictions, double[] targets, ObjectNode result) {
        final double score = Metrics.score(kind, predictions, targets);
        result.put("rows", targets.length)
                .put("metric", TrainCommand.scoreName(kind))
                .put("loss", Metrics.loss(kind, predictions, targets))
                .put("score", score);
        final String text = TrainCommand.scoreName(kind) + " " + six(score);
        if (kind != ModelKind.LOGISTIC) {
            return text;
        }
        final double auc = Metrics.auc(predictions, targets);
        final double largest = Metrics.largestClass(targets);
        result.put("auc", auc).put("largestClass", largest);
        return text + ", AUC " + six(auc) + ", largest class " + six(largest);
    }

    private static String six(double value) {
        return String.format(Locale.ROOT, "%.6f", value);
    }
}
