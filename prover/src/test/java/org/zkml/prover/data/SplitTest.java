package org.zkml.prover.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SplitTest {
    @TempDir
    Path folder;

    @Test
    void readsOneCharacterARow() throws IOException {
        Split split = Split.read(Files.writeString(folder.resolve("split.txt"), "0110\n"));
        assertEquals(4, split.rows());
        assertTrue(split.isTraining(0));
        assertFalse(split.isHeldOut(0));
        assertTrue(split.isHeldOut(2));
        DataException failure = assertThrows(DataException.class, () -> split.isTraining(4));
        assertTrue(failure.getMessage().contains("the split has 4 rows"), failure.getMessage());
    }

    @Test
    void refusesOtherCharacters() throws IOException {
        Path file = Files.writeString(folder.resolve("split.txt"), "01\n10");
        DataException failure = assertThrows(DataException.class, () -> Split.read(file));
        assertTrue(failure.getMessage().contains("character 3 is \"\\n\""), failure.getMessage());
        assertThrows(DataException.class, () -> Split.read(folder.resolve("none")));
    }
}
