package org.zkml.prover.commitment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Making, contributing to, verifying, writing and reading setups. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 1)
@Measurement(iterations = 3)
public class SetupBenchmark {

    @Param({"14", "17"})
    private int logSize;

    private Ceremony ceremony;
    private Path folder;

    @Setup(Level.Trial)
    public void prepare() throws IOException {
        ceremony = Ceremony.start(logSize).contribute("first", new byte[0], Progress.SILENT);
        folder = Files.createTempDirectory("zkml-setup-benchmark");
        SetupFile.write(folder.resolve("read.srs"), ceremony, Progress.SILENT);
    }

    @TearDown(Level.Trial)
    public void cleanUp() throws IOException {
        Files.deleteIfExists(folder.resolve("read.srs"));
        Files.deleteIfExists(folder.resolve("written.srs"));
        Files.delete(folder);
    }

    @Benchmark
    public Ceremony development() {
        return Ceremony.development(logSize, Progress.SILENT);
    }

    /** Without the verification of the ceremony before. */
    @Benchmark
    public long[] laterContribution() {
        try (ContributionSecrets factors = ContributionSecrets.draw(new byte[0])) {
            return PowersUpdate.of(ceremony.setup().powers(), factors.tau(), Progress.SILENT);
        }
    }

    @Benchmark
    public SetupVerdict verify() {
        return ceremony.verify(Progress.SILENT);
    }

    @Benchmark
    public void write() throws IOException {
        SetupFile.write(folder.resolve("written.srs"), ceremony, Progress.SILENT);
    }

    @Benchmark
    public Ceremony read() throws IOException {
        return SetupFile.open(folder.resolve("read.srs")).readAll(Progress.SILENT);
    }
}
