package org.zkml.prover.vault;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.TreeMap;

/** A vault's contents as bytes: {@code count (4)}, then for every entry, sorted by name, {@code length of name (2), name (ASCII), length of value (4), value}. */
final class Entries {
    private Entries() {}

    static long sizeBytes(TreeMap<String, byte[]> entries) {
        return Integer.BYTES
                + entries.entrySet().stream()
                        .mapToLong(entry ->
                                Short.BYTES + entry.getKey().length() + Integer.BYTES + (long) entry.getValue().length)
                        .sum();
    }

    /** To be wiped by the caller. */
    static byte[] encode(TreeMap<String, byte[]> entries) {
        ByteBuffer out =
                ByteBuffer.allocate(Math.toIntExact(sizeBytes(entries))).putInt(entries.size());
        entries.forEach((name, value) -> out.putShort((short) name.length())
                .put(name.getBytes(StandardCharsets.US_ASCII))
                .putInt(value.length)
                .put(value));
        return out.array();
    }

    /** Nothing if the bytes are not exactly an encoding. */
    static Optional<TreeMap<String, byte[]>> decode(byte[] bytes) {
        TreeMap<String, byte[]> entries = new TreeMap<>();
        try {
            ByteBuffer in = ByteBuffer.wrap(bytes);
            int count = in.getInt();
            String last = "";
            for (int i = 0; i < count; i++) {
                String name = new String(take(in, in.getShort()), StandardCharsets.US_ASCII);
                if (name.compareTo(last) <= 0) {
                    return Optional.empty();
                }
                entries.put(name, take(in, in.getInt()));
                last = name;
            }
            return count < 0 || in.hasRemaining() ? Optional.empty() : Optional.of(entries);
        } catch (BufferUnderflowException e) {
            entries.values().forEach(value -> Arrays.fill(value, (byte) 0));
            return Optional.empty();
        }
    }

    private static byte[] take(ByteBuffer in, int length) {
        if (length < 0 || length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }
}
