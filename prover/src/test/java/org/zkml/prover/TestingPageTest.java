package org.zkml.prover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every test that docs/testing.md names exists. */
class TestingPageTest {

    private static final Path PAGE = Path.of("../docs/testing.md");
    private static final Pattern NAME = Pattern.compile("`([A-Z]\\w+)(?:\\.(\\w+))?`|`(\\w+\\.test\\.js)`");

    @Test
    void namesNothingThatIsNotThere() throws IOException {
        final Map<String, String> java = new HashMap<>();
        for (String module : List.of("prover", "backend", "frontend-api")) {
            java.putAll(sources(Path.of("..", module, "src/test/java"), ".java"));
        }
        final Map<String, String> contracts = sources(Path.of("../contracts/test"), ".test.js");
        final TreeSet<String> missing = new TreeSet<>();
        final List<String[]> names = names();
        assertFalse(names.isEmpty());
        for (String[] name : names) {
            final boolean found = name[2] != null
                    ? contracts.containsKey(name[2])
                    : java.containsKey(name[0] + ".java")
                            && (name[1] == null || java.get(name[0] + ".java").contains(" " + name[1] + "("));
            if (!found) {
                missing.add(String.join(
                        " ", Stream.of(name).filter(part -> part != null).toList()));
            }
        }
        assertEquals(new TreeSet<>(), missing);
    }

    /** Class, method or null, or the name of a contract test. Single capital letters and symbols of the text are no classes. */
    private static List<String[]> names() throws IOException {
        return NAME.matcher(Files.readString(PAGE))
                .results()
                .filter(match -> match.group(3) != null || match.group(1).matches("\\w*[a-z]\\w*[A-Z]\\w*"))
                .map(match -> new String[] {match.group(1), match.group(2), match.group(3)})
                .toList();
    }

    private static Map<String, String> sources(Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .collect(Collectors.toMap(
                            file -> file.getFileName().toString(),
                            TestingPageTest::read,
                            (a, b) -> a + b,
                            HashMap::new));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
