package org.zkml.prover.msm;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.zkml.prover.commitment.Ceremony;
import org.zkml.prover.commitment.Progress;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.field.Fq;
import org.zkml.prover.field.Fr;
import org.zkml.prover.field.LaneField;

/**
 * Our side of {@code scripts/bench-peers.sh} where a warm JVM is measured, not a process: sums of multiples of points, and products in Fq. A peer and this
 * class wait for each other, so that both see the machine in the same state.
 *
 * <p>Arguments: a folder and the log of the largest number of points. Points and scalars are made and written there, for the peer to read. Then a line of
 * standard input names a case, such as {@code msm-full-2^18}, {@code msm-16bit-2^18}, {@code fq-scalar} or {@code fq-vector}, and a line of JSON answers it.
 */
public final class PeerBenchmark {

    private static final long SEED = 7;
    private static final double WARM_UP_SECONDS = 4;
    private static final double MEASURED_SECONDS = 1;
    private static final int MIN_RUNS = 3;
    private static final int PRODUCTS = 1024;
    private static final int ROUNDS = 256;

    private final int maxLog;
    private final Bases points;
    private final long[] full;
    private final int[] small;
    private final Set<String> warm = new HashSet<>();
    private final Map<Integer, Bases> firstPoints = new HashMap<>();

    private PeerBenchmark(Path folder, int maxLog) throws IOException {
        this.maxLog = maxLog;
        final long[] powers =
                Ceremony.development(maxLog, Progress.SILENT).setup().powers();
        final SplittableRandom random = new SplittableRandom(SEED);
        full = random.longs(Fr.LIMBS << maxLog).toArray();
        for (int i = Fr.LIMBS - 1; i < full.length; i += Fr.LIMBS) {
            full[i] >>>= 3; // below the modulus
        }
        small = random.ints(1L << maxLog, 0, 1 << 16).toArray();
        points = Bases.of(powers);
        write(folder, powers);
    }

    /** Points in Montgomery form, as they are; scalars as numbers of 32 and 2 bytes: all little-endian. */
    private void write(Path folder, long[] powers) throws IOException {
        final long[] canonical = new long[full.length];
        for (int i = 0; i < full.length; i += Fr.LIMBS) {
            Fr.toCanonical(canonical, i, full, i);
        }
        final ByteBuffer narrow = ByteBuffer.allocate(2 * small.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int value : small) {
            narrow.putShort((short) value);
        }
        Files.createDirectories(folder);
        Files.write(folder.resolve("points"), bytes(powers));
        Files.write(folder.resolve("full"), bytes(canonical));
        Files.write(folder.resolve("16bit"), narrow.array());
    }

    private static byte[] bytes(long[] values) {
        final ByteBuffer buffer =
                ByteBuffer.allocate(Long.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
        buffer.asLongBuffer().put(values);
        return buffer.array();
    }

    public static void main(String[] args) throws IOException {
        final PeerBenchmark benchmark = new PeerBenchmark(Path.of(args[0]), Integer.parseInt(args[1]));
        final BufferedReader cases = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String name = cases.readLine(); name != null; name = cases.readLine()) {
            System.out.println(benchmark.answer(name));
        }
    }

    private String answer(String name) {
        return switch (name) {
            case "fq-scalar" -> products(name, scalarProducts());
            case "fq-vector" -> products(name, vectorProducts());
            default -> sum(name);
        };
    }

    private String sum(String name) {
        final String[] parts = name.split("-(2\\^)?");
        final int log = parts.length == 3 ? Integer.parseInt(parts[2]) : -1;
        if (log < 1 || log > maxLog) {
            throw new IllegalArgumentException(name + ", with up to 2^" + maxLog + " points");
        }
        final Bases bases = firstPoints.computeIfAbsent(log, this::first);
        final int[] values = Arrays.copyOf(small, 1 << log);
        final Supplier<G1Affine> task = switch (parts[1]) {
            case "full" -> () -> Msm.sum(bases, full, 0, 1 << log).toAffine();
            case "16bit" -> () -> Msm.sum(bases, values).toAffine();
            default -> throw new IllegalArgumentException(name);
        };
        final G1Affine sum = task.get();
        final double seconds = seconds(name, () -> {
            if (!task.get().equals(sum)) {
                throw new IllegalStateException(name + ": two sums of the same points differ");
            }
        });
        return "{\"case\": \"%s\", \"seconds\": %.6f, \"sum\": \"%s\"}"
                .formatted(name, seconds, HexFormat.of().formatHex(sum.toBytes()));
    }

    private Bases first(int log) {
        final long[] limbs = new long[G1Affine.LIMBS << log];
        for (int i = 0; i < 1 << log; i++) {
            System.arraycopy(points.get(i).limbs(), 0, limbs, G1Affine.LIMBS * i, G1Affine.LIMBS);
        }
        return Bases.of(limbs);
    }

    /** One product's time, of many independent ones by one thread. */
    private String products(String name, Runnable task) {
        final double nanos = seconds(name, task) * 1e9 / ((double) PRODUCTS * ROUNDS);
        return "{\"case\": \"%s\", \"seconds\": %.4e, \"nanos\": %.2f}".formatted(name, nanos / 1e9, nanos);
    }

    private static Runnable scalarProducts() {
        final long[] x = new SplittableRandom(SEED)
                .longs(Fq.LIMBS * PRODUCTS)
                .map(l -> l >>> 3)
                .toArray();
        final long[] z = new long[x.length];
        return () -> {
            for (int round = 0; round < ROUNDS; round++) {
                for (int i = 0; i < x.length; i += Fq.LIMBS) {
                    Fq.mul(z, i, x, i, x, x.length - Fq.LIMBS - i);
                }
            }
        };
    }

    private static Runnable vectorProducts() {
        final double[] x = new double[LaneField.LIMBS * PRODUCTS];
        final SplittableRandom random = new SplittableRandom(SEED);
        Arrays.setAll(x, i -> random.nextLong(1L << 48)); // the top limb, too, is within its bounds
        final double[] z = new double[x.length];
        final int blocks = LaneField.blocks(PRODUCTS);
        final int last = LaneField.BLOCK * (blocks - 1);
        return () -> {
            for (int round = 0; round < ROUNDS; round++) {
                LaneField.FQ.mul(z, 0, LaneField.BLOCK, x, 0, LaneField.BLOCK, x, last, -LaneField.BLOCK, blocks);
            }
        };
    }

    /** The median of several runs; before the first ones of a case, the JVM is warmed up. */
    private double seconds(String name, Runnable task) {
        if (warm.add(name)) {
            runs(task, WARM_UP_SECONDS);
        }
        final double[] runs = runs(task, MEASURED_SECONDS);
        Arrays.sort(runs);
        return runs[runs.length / 2];
    }

    private static double[] runs(Runnable task, double least) {
        double[] runs = {};
        for (double total = 0; total < least || runs.length < MIN_RUNS; total += runs[runs.length - 1]) {
            final long start = System.nanoTime();
            task.run();
            runs = Arrays.copyOf(runs, runs.length + 1);
            runs[runs.length - 1] = (System.nanoTime() - start) / 1e9;
        }
        return runs;
    }
}
