package org.zkml.prover.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.zkml.prover.data.CsvTable;
import org.zkml.prover.data.DatasetEncoder;
import org.zkml.prover.data.EncodedDataset;
import org.zkml.prover.data.Schema;
import org.zkml.prover.data.Split;
import org.zkml.prover.fixedpoint.ActivationTable;
import org.zkml.prover.fixedpoint.Fraction;
import org.zkml.prover.fixedpoint.ModelKind;
import org.zkml.prover.fixedpoint.RoundedAverage;
import org.zkml.prover.fixedpoint.StepConstants;

/** What the demo claims of its model, in the integers that are proved: three parts of wdbc.csv, three rounds of 16 full-batch steps at rate 2. */
class FederatedTrainingTest {
    private static final Path DATA = Path.of("../data");
    private static final int SITES = 3;
    private static final int ROUNDS = 3;
    private static final int STEPS = 16;
    private static final double POINT = 0.01;

    private final Schema schema = Schema.load(DATA.resolve("schemas/wdbc.json"));
    private final Split split = Split.read(DATA.resolve("splits/split_wdbc.txt"));
    private final ActivationTable table = ActivationTable.of(ModelKind.LOGISTIC, 16);
    private final EncodedDataset heldOut = rows(split::isHeldOut);

    @Test
    void federatedIsWithinAPercentagePointOfPooled() {
        int[] training =
                IntStream.range(0, split.rows()).filter(split::isTraining).toArray();
        List<EncodedDataset> parts = new ArrayList<>();
        for (int site = 0; site < SITES; site++) {
            int own = site;
            parts.add(rows(row -> {
                int place = Arrays.binarySearch(training, row);
                return place >= 0 && place % SITES == own;
            }));
        }
        assertEquals(training.length, parts.stream().mapToInt(EncodedDataset::n).sum());

        long[] federated = new long[1 << schema.lk()];
        for (int round = 0; round < ROUNDS; round++) {
            federated = average(parts, federated);
        }
        long[] pooled = train(rows(split::isTraining), new long[1 << schema.lk()], ROUNDS * STEPS);

        assertNear("accuracy", accuracy(pooled), accuracy(federated));
        assertNear("AUC", auc(pooled), auc(federated));
        assertTrue(accuracy(federated) > 0.95, "nothing was learnt: accuracy " + accuracy(federated));
    }

    /** The next round's model: the sites' models, weighted by their rows. */
    private long[] average(List<EncodedDataset> parts, long[] model) {
        BigInteger[] sums = new BigInteger[model.length];
        Arrays.fill(sums, BigInteger.ZERO);
        long total = 0;
        for (EncodedDataset part : parts) {
            long[] local = train(part, model, STEPS);
            for (int k = 0; k < sums.length; k++) {
                sums[k] = sums[k].add(BigInteger.valueOf(local[k]).multiply(BigInteger.valueOf(part.n())));
            }
            total += part.n();
        }
        return RoundedAverage.of(schema.format(), sums, total).averages();
    }

    private long[] train(EncodedDataset data, long[] model, int steps) {
        int lt = 32 - Integer.numberOfLeadingZeros(steps - 1);
        TrainingShape shape = new TrainingShape(
                0, data.ln(), data.lk(), lt, steps, schema.format().b());
        StepConstants constants =
                StepConstants.of(Fraction.of(2, 1), Fraction.ZERO, data.n(), schema.model(), shape.b());
        return new IntegerTrainer(shape, table, constants)
                .train(data.x(), data.y(), model)
                .weightsOut();
    }

    private EncodedDataset rows(IntPredicate chosen) {
        return new DatasetEncoder(schema).encode(CsvTable.open(DATA.resolve("wdbc.csv")), 0, chosen);
    }

    private double accuracy(long[] model) {
        return Metrics.accuracy(predictions(model), heldOut.realTargets());
    }

    private double auc(long[] model) {
        return Metrics.auc(predictions(model), heldOut.realTargets());
    }

    private double[] predictions(long[] model) {
        return new IntegerModel(table, model).predictAll(heldOut.x(), heldOut.n());
    }

    private static void assertNear(String what, double pooled, double federated) {
        assertEquals(pooled, federated, POINT, what + " of the federated model against the pooled one");
    }
}
