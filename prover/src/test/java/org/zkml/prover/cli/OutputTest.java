package org.zkml.prover.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Progress bars and curves. */
class OutputTest {

    private static final Terminal.Person SOMEBODY = new Terminal.Person() {
        @Override
        public char[] askSecret(String question) {
            return new char[0];
        }

        @Override
        public String ask(String question) {
            return "";
        }
    };

    @TempDir
    private Path folder;

    @Test
    void showsProgressOnlyToSomebody() {
        final Cli.Run watched = Cli.run(Map.of(), SOMEBODY, "setup", "dev", "--power", 8, folder.resolve("1.srs"));
        assertTrue(watched.err().contains("\r[#"), watched.err());
        assertTrue(watched.err().contains("] making powers"), watched.err());
        final Cli.Run alone = Cli.run(Map.of(), null, "setup", "dev", "--power", 8, folder.resolve("2.srs"));
        assertFalse(alone.err().contains("\r"), alone.err());
    }

    @Test
    void showsNothingThatATerminalObeys() {
        assertEquals("a?[2Jb?c?d\n\te", Terminal.printable("a\u001b[2Jb\u009bc\u202ed\n\te"));
        final Cli.Run run = Cli.run("verify", folder.resolve("\u001b]0;title\u0007"));
        assertFalse(run.err().contains("\u001b"), run.err());
    }

    @Test
    void writesPredictionsWithoutAnExponent() {
        assertEquals("0.00006103515625", AnsweredRows.plain(0x1p-14));
        assertEquals("-12.5", AnsweredRows.plain(-12.5));
        assertEquals("0", AnsweredRows.plain(0));
    }

    @Test
    void drawsALossThatFalls() {
        final List<String> lines = AsciiCurve.lines(new double[] {1, 0.5, 0});
        assertEquals("    1.0000 |*", lines.getFirst());
        assertEquals("    0.0000 |  *", lines.get(7));
        assertEquals("           +--- loss by step", lines.get(8));
    }

    @Test
    void drawsALossThatStandsStillOrIsNoNumber() {
        assertEquals("    2.0000 |**", AsciiCurve.lines(new double[] {2, 2}).get(7));
        assertEquals(
                "    3.0000 |* *",
                AsciiCurve.lines(new double[] {3, 1, Double.POSITIVE_INFINITY}).getFirst());
        assertEquals(
                64,
                AsciiCurve.lines(new double[1000])
                        .getLast()
                        .chars()
                        .filter(c -> c == '-')
                        .count());
    }
}
