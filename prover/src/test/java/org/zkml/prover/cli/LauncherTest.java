package org.zkml.prover.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code zkml}, in a folder of its own whose build fails: exit code 1 is for proofs alone. */
class LauncherTest {

    private static final Path ROOT = Path.of("..");

    @TempDir
    private Path folder;

    private Path jar;

    @BeforeEach
    void copyLauncher() throws IOException {
        Files.createDirectories(folder.resolve("scripts/lib"));
        jar = Files.createDirectories(folder.resolve("prover/target")).resolve("zkml.jar");
        Files.copy(ROOT.resolve("zkml"), folder.resolve("zkml"));
        Files.copy(ROOT.resolve("scripts/lib/java.sh"), folder.resolve("scripts/lib/java.sh"));
        final Path build = folder.resolve("scripts/build-cli.sh");
        Files.writeString(build, "#!/usr/bin/env bash\necho cannot build\nexit 1\n");
        assertTrue(build.toFile().setExecutable(true));
    }

    private Cli.Run launch(Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        final Path out = folder.resolve("out");
        final Path err = folder.resolve("err");
        final ProcessBuilder builder = new ProcessBuilder("bash", "zkml").directory(folder.toFile());
        builder.command().addAll(java.util.List.of(arguments));
        builder.environment().keySet().removeIf(name -> name.startsWith("ZKML_"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        final Process process =
                builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        assertTrue(process.waitFor(120, TimeUnit.SECONDS));
        return new Cli.Run(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    @Test
    void tellsOptionsThatJavaRefuses() throws IOException, InterruptedException {
        final Cli.Run run = launch(Map.of("ZKML_HEAP", "much"), "verify");
        assertEquals(10, run.exitCode());
        assertTrue(run.err().contains("Invalid maximum heap size: -Xmxmuch"), run.err());
        assertTrue(run.err().contains("check ZKML_HEAP"), run.err());
        assertEquals(10, launch(Map.of("ZKML_JAVA_OPTS", "-XX:+NoSuchOption")).exitCode());
    }

    @Test
    void writesJsonWhenAskedTo() throws IOException, InterruptedException {
        final Cli.Run run = launch(Map.of("ZKML_HEAP", "0.5g"), "verify", "--json");
        assertEquals(
                10, new ObjectMapper().readTree(run.out()).at("/error/exitCode").asInt());
    }

    @Test
    void buildsAJarThatIsMissingOrCutOff() throws IOException, InterruptedException {
        final Cli.Run missing = launch(Map.of());
        assertEquals(10, missing.exitCode());
        assertTrue(missing.err().contains("cannot build"), missing.err());
        Files.write(jar, "PK, the beginning of an archive".getBytes(StandardCharsets.US_ASCII));
        final Cli.Run cut = launch(Map.of());
        assertEquals(10, cut.exitCode());
        assertTrue(cut.err().contains("cannot build"), cut.err());
    }
}
