package org.zkml.prover.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.zkml.prover.fixedpoint.ActivationTable;
import org.zkml.prover.fixedpoint.Fraction;
import org.zkml.prover.fixedpoint.ModelKind;
import org.zkml.prover.fixedpoint.StepConstants;
import org.zkml.prover.training.FloatTrainer;
import org.zkml.prover.training.IntegerModel;
import org.zkml.prover.training.IntegerTrainer;
import org.zkml.prover.training.LearningCurve;
import org.zkml.prover.training.Metrics;
import org.zkml.prover.training.RealDataset;
import org.zkml.prover.training.TrainingShape;
import org.zkml.prover.training.TrainingTrace;

/** The data sets of data/ with the schemas of data/schemas/ and the splits of data/splits/. */
class RealDataTest {
    private static final Path DATA = Path.of("..", "data");

    @ParameterizedTest
    @CsvSource({"wdbc,569,31,5,10", "german_credit,1000,62,6,10", "randhie,20190,10,4,15"})
    void encodesWholeDataSets(String name, int rows, int feat, int lk, int ln) {
        EncodedDataset data = new DatasetEncoder(schema(name)).encode(table(name), 0);
        assertEquals(rows, data.n());
        assertEquals(feat, data.feat());
        assertEquals(lk, data.lk());
        assertEquals(ln, data.ln());
    }

    @Test
    void schemasAreThoseProposedForTheTrainingParts() {
        checkProposal("wdbc", "malignant", Set.of(), Map.of());
        checkProposal("german_credit", "bad", Set.of(), Map.of());
        checkProposal("randhie", "mdvis", Set.of("any_visit"), Map.of("mdvis", Transform.LOG1P));
    }

    /** The training part learns, the held-out part judges. */
    @ParameterizedTest
    @CsvSource({
        "wdbc,0,16,1/2,0",
        "wdbc,0,20,2,0",
        "wdbc,1,32,1/2,1/1000",
        "german_credit,0,16,1,0",
        "german_credit,0,50,1/2,1/1000",
        "randhie,0,8,1/2,0",
        "randhie,2,32,1/4,0"
    })
    void integerTrainingIsAsGoodAsFloatTraining(String name, int lb, int steps, String rate, String l2) {
        Schema schema = schema(name);
        CsvTable table = table(name);
        Split split = split(name);
        DatasetEncoder encoder = new DatasetEncoder(schema);
        ModelKind kind = schema.model();

        EncodedDataset train = encoder.encode(table, lb, split::isTraining);
        int lt = Integer.SIZE - Integer.numberOfLeadingZeros(steps - 1);
        TrainingShape shape = new TrainingShape(lb, train.ln() - lb, train.lk(), lt, steps, 16);
        StepConstants constants =
                StepConstants.of(Fraction.parse(rate), Fraction.parse(l2), shape.batchRows(train.n()), kind, 16);
        ActivationTable activation = ActivationTable.of(kind, 16);
        TrainingTrace trace = new IntegerTrainer(shape, activation, constants)
                .train(train.x(), train.y(), new long[shape.features()]);
        assertFalse(LearningCurve.of(trace, activation, train.x(), train.realTargets())
                .diverged());

        FloatTrainer trainer = new FloatTrainer(kind, Fraction.parse(rate), Fraction.parse(l2));
        RealDataset realTrain = encoder.encodeReal(table, split::isTraining);
        double[][] models = trainer.train(shape, realTrain, new double[realTrain.feat()]);

        EncodedDataset heldOut = encoder.encode(table, 0, split::isHeldOut);
        RealDataset realHeldOut = encoder.encodeReal(table, split::isHeldOut);
        double[] predictions = new IntegerModel(activation, trace.weightsOut()).predictAll(heldOut.x(), heldOut.n());
        double[] expected = trainer.predict(realHeldOut, models[steps]);
        double[] targets = realHeldOut.y();
        double score = Metrics.score(kind, predictions, heldOut.realTargets());
        assertEquals(Metrics.score(kind, expected, targets), score, 0.01);
        if (kind == ModelKind.LOGISTIC) {
            assertEquals(Metrics.auc(expected, targets), Metrics.auc(predictions, targets), 0.01);
            assertTrue(score > Metrics.largestClass(targets), name + ": accuracy " + score);
        } else {
            assertTrue(score > 0.05, name + ": R2 " + score + " where the mean has 0");
        }
    }

    private static void checkProposal(
            String name, String target, Set<String> excluded, Map<String, Transform> transforms) {
        DataProfile profile = DataProfile.of(table(name), split(name)::isTraining);
        Schema schema = schema(name);
        String document = new String(schema.bytes(), StandardCharsets.UTF_8);
        String description = document.replaceFirst("(?s).*\"description\" : \"([^\"]*)\".*", "$1");
        byte[] proposal = SchemaProposal.propose(
                profile, new SchemaProposal.Request(name, description, target, null, 16, excluded, transforms));
        assertEquals(new String(proposal, StandardCharsets.UTF_8), document);
    }

    private static Schema schema(String name) {
        return Schema.load(DATA.resolve("schemas").resolve(name + ".json"));
    }

    private static CsvTable table(String name) {
        return CsvTable.open(DATA.resolve(name + ".csv"));
    }

    private static Split split(String name) {
        return Split.read(DATA.resolve("splits").resolve("split_" + name + ".txt"));
    }
}
