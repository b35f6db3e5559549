package org.zkml.prover.hash;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class Keccak256VectorTest {
    @Test
    void hashesTheSharedVectors() throws IOException {
        JsonNode cases;
        try (InputStream in = getClass().getResourceAsStream("/vectors/keccak.json")) {
            cases = new ObjectMapper().readTree(in).get("keccak256");
        }
        assertFalse(cases.isEmpty());
        for (JsonNode vector : cases) {
            byte[] input = bytes(vector.get("in").asText());
            assertEquals(vector.get("out").asText(), "0x" + HexFormat.of().formatHex(Keccak256.hash(input)));
        }
    }

    @Test
    void hashesPartsLikeTheirConcatenation() {
        byte[] whole = new byte[300];
        for (int i = 0; i < whole.length; i++) {
            whole[i] = (byte) i;
        }
        byte[] expected = Keccak256.hash(whole);
        for (int cut : new int[] {0, 1, 135, 136, 137, 272, 300}) {
            byte[] head = Arrays.copyOf(whole, cut);
            byte[] tail = Arrays.copyOfRange(whole, cut, whole.length);
            assertArrayEquals(expected, Keccak256.hash(head, tail));
        }
    }

    @Test
    void startsAfreshAfterADigest() {
        Keccak256 keccak = new Keccak256();
        byte[] bytes = {1, 2, 3, 4};
        byte[] first = keccak.update(bytes, 1, 2).finish();
        assertArrayEquals(Keccak256.hash(new byte[] {2, 3}), first);
        assertArrayEquals(first, keccak.update(bytes, 1, 2).finish());
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex, 2, hex.length());
    }
}
