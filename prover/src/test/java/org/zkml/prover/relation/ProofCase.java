package org.zkml.prover.relation;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.zkml.prover.commitment.KnownSetup;
import org.zkml.prover.engine.UncheckedProver;
import org.zkml.prover.engine.Witness.Blinded;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.fixedpoint.ModelKind;
import org.zkml.prover.fixedpoint.StepConstants;
import org.zkml.prover.relation.EvaluateInstance.Data;
import org.zkml.prover.relation.TrainInstance.Start;
import org.zkml.prover.training.TrainingShape;
import org.zkml.prover.vectors.SeededScalars;

/**
 * A statement to be proved, of some shape: the corners of every relation, and random shapes. The same run after run.
 *
 * @param name what is special about it, or its number
 */
public record ProofCase(String name, Function<KnownSetup, Instance> maker) {

    /** Random shapes a relation. */
    public static final int RANDOM_SHAPES = 20;

    /** Limb widths of the random shapes: all, the slow ones less often. */
    private static final int[] WIDTHS = {8, 10, 12, 14, 16, 8, 10, 12, 14, 8, 10, 12, 8, 10, 12, 8, 10, 8, 10, 8};

    /** log2 of the largest column of a random shape with narrow limbs. */
    private static final int LARGEST = 11;

    public Instance make(KnownSetup setup) {
        return maker.apply(setup);
    }

    /** The case's proof, always the same: its randomness comes from its name. */
    public byte[] prove(Instance instance, KnownSetup setup) {
        final String relation = instance.statementJson().get("relation").asText();
        return UncheckedProver.proveTruly(
                instance.relation(), instance.witness(), setup.committer(), new SeededScalars(relation + "/" + name));
    }

    @Override
    public String toString() {
        return name;
    }

    public static List<ProofCase> train() {
        final List<ProofCase> cases = new ArrayList<>();
        cases.add(train("one row, one feature, one step", 0, 0, 0, 0, 1, 8, ModelKind.LOGISTIC, 1));
        cases.add(train("one feature", 1, 2, 0, 3, 7, 8, ModelKind.LOGISTIC, 7));
        cases.add(train("one row a batch", 2, 0, 2, 3, 8, 8, ModelKind.LINEAR, 4));
        cases.add(train("one row", 0, 0, 3, 2, 4, 10, ModelKind.LOGISTIC, 1));
        cases.add(train("one step", 0, 4, 2, 0, 1, 8, ModelKind.LINEAR, 13));
        cases.add(train("one step of many slots", 1, 3, 2, 4, 1, 8, ModelKind.LOGISTIC, 11));
        cases.add(train("as many batches as steps", 3, 2, 1, 3, 8, 8, ModelKind.POISSON, 31));
        cases.add(train("several epochs, the last one broken off", 1, 3, 2, 3, 5, 8, ModelKind.LINEAR, 13));
        cases.add(train("a partly filled last batch", 2, 2, 2, 2, 3, 12, ModelKind.POISSON, 13));
        cases.add(train("more data than anything else", 3, 5, 4, 3, 8, 8, ModelKind.LOGISTIC, 200));
        cases.add(train("more steps than anything else", 0, 1, 1, 8, 200, 8, ModelKind.LOGISTIC, 2));
        cases.add(train("more rows than anything else", 0, 10, 0, 1, 2, 8, ModelKind.LINEAR, 1000));
        cases.add(train("largest table", 1, 2, 2, 2, 3, 16, ModelKind.LOGISTIC, 7));
        cases.add(new ProofCase("largest constants", ProofCase::largestConstants));
        final Random random = new Random(1);
        for (int i = 0; i < RANDOM_SHAPES; i++) {
            final int b = WIDTHS[i];
            final int lt = random.nextInt(5);
            final int lk = random.nextInt(5);
            final int lb = random.nextInt(lt + 1);
            final int li = random.nextInt(LARGEST - Math.max(lt, lk + lb) + 1);
            final int rows = (((1 << lb) - 1) << li) + 1 + random.nextInt(1 << li);
            final ModelKind kind = ModelKind.values()[random.nextInt(3)];
            cases.add(train("random " + i, lb, li, lk, lt, 1 + random.nextInt(1 << lt), b, kind, rows));
        }
        return cases;
    }

    private static ProofCase train(
            String name, int lb, int li, int lk, int lt, int steps, int b, ModelKind kind, int rows) {
        final TrainingShape shape = new TrainingShape(lb, li, lk, lt, steps, b);
        return new ProofCase(name, setup -> TrainInstance.random(shape, kind, rows, name.hashCode(), setup));
    }

    /** c = d = 2^64 - 1: only a model that does not move stays in range. */
    private static TrainInstance largestConstants(KnownSetup setup) {
        final TrainingShape shape = new TrainingShape(0, 1, 1, 1, 2, 8);
        final Start still = new Start(
                shape, ModelKind.LOGISTIC, new StepConstants(-1L, -1L), new short[4], new short[2], new long[2]);
        return TrainInstance.of(still, 1, setup);
    }

    public static List<ProofCase> dataset() {
        final List<ProofCase> cases = new ArrayList<>();
        cases.add(dataset("one row, one feature", 0, 0, 8, 1, 1));
        cases.add(dataset("one feature", 4, 0, 8, 11, 1));
        cases.add(dataset("one row", 0, 3, 8, 1, 7));
        cases.add(dataset("one row of many", 5, 2, 8, 1, 4));
        cases.add(dataset("one feature of many", 3, 4, 10, 8, 1));
        cases.add(dataset("full", 3, 2, 8, 8, 4));
        cases.add(dataset("neither rows nor features a power of two", 4, 3, 12, 13, 5));
        cases.add(dataset("more data than table", 7, 4, 8, 100, 13));
        cases.add(dataset("largest table", 4, 2, 16, 9, 3));
        final Random random = new Random(2);
        for (int i = 0; i < RANDOM_SHAPES; i++) {
            final int ln = random.nextInt(LARGEST + 1);
            final int lk = random.nextInt(Math.min(6, LARGEST - ln) + 1);
            final int n = 1 + random.nextInt(1 << ln);
            final int feat = 1 + random.nextInt(1 << lk);
            cases.add(dataset("random " + i, ln, lk, WIDTHS[i], n, feat));
        }
        return cases;
    }

    public static List<ProofCase> aggregate() {
        final List<ProofCase> cases = new ArrayList<>();
        cases.add(aggregate("one feature, weight 1", 0, 8, 1));
        cases.add(aggregate("one feature", 0, 8, 148));
        cases.add(aggregate("weight 1", 3, 8, 1));
        cases.add(aggregate("weight 2", 3, 8, 2));
        for (int b = 8; b <= 16; b += 2) {
            cases.add(aggregate("largest weight, b = " + b, 2, b, 1L << (2 * b)));
        }
        cases.add(aggregate("largest weight but one", 2, 8, (1 << 16) - 1));
        cases.add(aggregate("as many limbs as entries of the table", 5, 8, 77));
        cases.add(aggregate("more limbs than entries of the table", 7, 8, 1000));
        cases.add(aggregate("largest table", 5, 16, 100_003));
        cases.add(average("halves of an even weight", 8, 148, -3 * 148 - 74, -74, -75, -1, 0, 73, 74, 3 * 148 + 74));
        cases.add(average("halves of an odd weight", 8, 149, -3 * 149 - 75, -75, -74, -1, 0, 74, 75, 3 * 149 + 75));
        cases.add(average("negative sums", 10, 999, -1, -998, -999, -1_000_000_007));
        final Random random = new Random(3);
        for (int i = 0; i < RANDOM_SHAPES; i++) {
            final int lk = random.nextInt(LARGEST - Limbs.VARS + 1);
            final int bits = random.nextInt(1, 2 * WIDTHS[i] + 1);
            cases.add(aggregate("random " + i, lk, WIDTHS[i], random.nextLong(1, (1L << bits) + 1)));
        }
        return cases;
    }

    private static ProofCase aggregate(String name, int lk, int b, long weightTotal) {
        final AggregateInstance.Shape shape = new AggregateInstance.Shape(lk, b, weightTotal);
        return new ProofCase(name, setup -> AggregateInstance.random(shape, name.hashCode(), setup));
    }

    private static ProofCase average(String name, int b, long weightTotal, long... sums) {
        final AggregateInstance.Shape shape =
                new AggregateInstance.Shape(Integer.numberOfTrailingZeros(sums.length), b, weightTotal);
        final BigInteger[] integers =
                LongStream.of(sums).mapToObj(BigInteger::valueOf).toArray(BigInteger[]::new);
        return new ProofCase(name, setup -> AggregateInstance.of(shape, integers, name.hashCode(), setup));
    }

    private static ProofCase dataset(String name, int ln, int lk, int b, int n, int feat) {
        final DatasetInstance.Shape shape = new DatasetInstance.Shape(ln, lk, b, n, feat);
        return new ProofCase(name, setup -> DatasetInstance.random(shape, name.hashCode(), setup));
    }

    public static List<ProofCase> infer() {
        final List<ProofCase> cases = new ArrayList<>();
        cases.add(infer("one row, one feature", 0, 0, 8, ModelKind.LOGISTIC));
        cases.add(infer("one row", 0, 3, 8, ModelKind.LINEAR));
        cases.add(infer("one feature", 4, 0, 10, ModelKind.POISSON));
        cases.add(infer("two rows of two features", 1, 1, 8, ModelKind.LOGISTIC));
        cases.add(infer("as many entries as the table has", 5, 4, 8, ModelKind.LOGISTIC));
        cases.add(infer("more entries than table", 7, 4, 8, ModelKind.LINEAR));
        cases.add(infer("more limbs than anything else", 0, 8, 8, ModelKind.LOGISTIC));
        cases.add(infer("more rows than anything else", 10, 0, 8, ModelKind.POISSON));
        for (int b = 8; b <= 14; b += 2) {
            cases.add(infer("the range's ends, b = " + b, 3, 2, b, ModelKind.LOGISTIC));
        }
        cases.add(infer("largest table", 2, 5, 16, ModelKind.LOGISTIC));
        cases.add(new ProofCase("logits at the range's ends", ProofCase::extremeLogits));
        cases.add(new ProofCase("the zero model", ProofCase::zeroModel));
        final Random random = new Random(4);
        for (int i = 0; i < RANDOM_SHAPES; i++) {
            final int lk = random.nextInt(6);
            final int lq = random.nextInt(LARGEST - Math.max(lk, 2) + 1);
            cases.add(infer("random " + i, lq, lk, WIDTHS[i], ModelKind.values()[random.nextInt(3)]));
        }
        return cases;
    }

    private static ProofCase infer(String name, int lq, int lk, int b, ModelKind kind) {
        final InferInstance.Shape shape = new InferInstance.Shape(lq, lk, b, kind);
        return new ProofCase(name, setup -> InferInstance.random(shape, name.hashCode(), setup));
    }

    /** The greatest logit that can be proved, 127 * 257, the least, -128 * 257, and halves between two indices of the table. */
    private static InferInstance extremeLogits(KnownSetup setup) {
        final InferInstance.Shape shape = new InferInstance.Shape(3, 1, 8, ModelKind.LINEAR);
        final int[] x = {127, 127, -128, -128, 127, -128, -128, 127, 1, 0, -1, 0, 3, 0, 0, 0};
        return InferInstance.of(shape, x, new long[] {128 << 8, 129 << 8}, 6, setup);
    }

    /** As a campaign's first model: committed without blinder, at infinity. */
    private static InferInstance zeroModel(KnownSetup setup) {
        final InferInstance.Shape shape = new InferInstance.Shape(2, 2, 8, ModelKind.LOGISTIC);
        final InferInstance blinded = InferInstance.of(
                shape, new int[] {16, 1, -2, 3, 16, 127, -128, 0, 16, 5, 5, 5, 0, 0, 0, 0}, new long[4], 7, setup);
        final Blinded zero = new Blinded(blinded.w().polynomial(), Scalar.ZERO);
        return new InferInstance(
                InferInstance.statement(shape, 7, blinded.x(), zero, blinded.p(), setup),
                blinded.x(),
                zero,
                blinded.p(),
                blinded.table());
    }

    public static List<ProofCase> evaluate() {
        final List<ProofCase> cases = new ArrayList<>();
        for (ModelKind kind : List.of(ModelKind.LOGISTIC, ModelKind.LINEAR)) {
            final String form = kind == ModelKind.LOGISTIC ? "" : ", regression";
            cases.add(evaluate("one row, one feature" + form, 0, 0, 8, 1, kind));
            cases.add(evaluate("one row" + form, 0, 3, 10, 1, kind));
            cases.add(evaluate("one row of many" + form, 4, 2, 8, 1, kind));
            cases.add(evaluate("one feature" + form, 4, 0, 8, 11, kind));
            cases.add(evaluate("full" + form, 3, 2, 8, 8, kind));
            cases.add(evaluate("all but one row" + form, 3, 2, 8, 7, kind));
            cases.add(evaluate("more data than table" + form, 7, 4, 8, 100, kind));
            cases.add(evaluate("more rows than anything else" + form, 10, 0, 8, 1000, kind));
            cases.add(evaluate("more limbs than anything else" + form, 1, 8, 8, 2, kind));
            cases.add(evaluate("largest table" + form, 4, 3, 16, 13, kind));
        }
        cases.add(allRight("no hit", false, 13));
        cases.add(allRight("all hits", true, 13));
        cases.add(allRight("all hits, full", true, 16));
        cases.add(new ProofCase("the zero model", ProofCase::baseRate));
        addRandom(cases, "random ", new Random(5), ModelKind.LOGISTIC);
        addRandom(cases, "random regression ", new Random(6), ModelKind.LINEAR, ModelKind.POISSON);
        return cases;
    }

    private static void addRandom(List<ProofCase> cases, String name, Random random, ModelKind... kinds) {
        for (int i = 0; i < RANDOM_SHAPES; i++) {
            final int lk = random.nextInt(6);
            final int ln = random.nextInt(LARGEST - Math.max(lk, 2) + 1);
            final int n = 1 + random.nextInt(1 << ln);
            cases.add(evaluate(name + i, ln, lk, WIDTHS[i], n, kinds[random.nextInt(kinds.length)]));
        }
    }

    private static ProofCase evaluate(String name, int ln, int lk, int b, int n, ModelKind kind) {
        final EvaluateInstance.Shape shape = new EvaluateInstance.Shape(ln, lk, b, n, kind);
        return new ProofCase(name, setup -> EvaluateInstance.random(shape, name.hashCode(), setup));
    }

    private static ProofCase allRight(String name, boolean right, int n) {
        final EvaluateInstance.Shape shape = new EvaluateInstance.Shape(4, 2, 8, n, ModelKind.LOGISTIC);
        return new ProofCase(
                name, setup -> EvaluateInstance.of(shape, Data.random(shape, n).allRight(shape, right), n, setup));
    }

    /** The zero model, committed at infinity, says class 1 of every row: its hits are the rows of class 1. */
    private static EvaluateInstance baseRate(KnownSetup setup) {
        final EvaluateInstance.Shape shape = new EvaluateInstance.Shape(4, 2, 8, 13, ModelKind.LOGISTIC);
        final Data random = Data.random(shape, 8);
        final Data data = new Data(random.x(), random.y(), new long[4]);
        final EvaluateInstance blinded = EvaluateInstance.of(shape, data, 8, setup);
        final Blinded zero = new Blinded(blinded.w().polynomial(), Scalar.ZERO);
        return new EvaluateInstance(
                EvaluateInstance.statement(shape, data.score(shape), 8, blinded.x(), blinded.y(), zero, setup),
                blinded.x(),
                blinded.y(),
                zero,
                blinded.table());
    }
}
