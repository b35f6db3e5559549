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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every test that docs/testing.md names exists. */
class TestingPageTest {

    private static final Path PAGE = Path.of("../docs/testing.md");
    private static final Pattern NAME = Pattern.compile("`([A-Z]\\w+)(?:\\.(\\w+))?`|`(\\w+\\.test\\.js)`");

    @Test
    void namesNothingThatIsNotThere() throws IOException {
        final Map<String, String> java = sources(
                ".java",
                Path.of("src/test/java"),
                Path.of("../backend/src/test/java"),
                Path.of("../frontend-api/src/test/java"));
        final Map<String, String> contracts = sources(".test.js", Path.of("../contracts/test"));
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

    private static Map<String, String> sources(String ending, Path... folders) throws IOException {
        final Map<String, String> sources = new HashMap<>();
        for (Path folder : folders) {
            try (Stream<Path> files = Files.walk(folder)) {
                files.filter(file -> file.toString().endsWith(ending))
                        .forEach(file -> sources.merge(file.getFileName().toString(), read(file), String::concat));
            }
        }
        return sources;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
