package org.zkml.prover.commitment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The container of iden3's tools: type (4 letters), version (4), number of sections (4), then each section's id (4), length (8) and content; integers
 * are little-endian.
 */
final class Iden3File {

    static final String CURE = "Download the file again and compare its published hash";

    private static final int MAX_SECTIONS = 256;
    private static final int HEAD_BYTES = 12;

    /** Content of a section, in bytes from the start of the file. */
    record Section(long offset, long length) {}

    private final FileChannel file;
    private final Path path;
    private final Map<Integer, Section> sections = new HashMap<>();

    private Iden3File(FileChannel file, Path path) {
        this.file = file;
        this.path = path;
    }

    /** Reads the table of sections; every one must lie within the file. */
    static Iden3File open(FileChannel file, Path path, String type, int version) throws IOException {
        final Iden3File container = new Iden3File(file, path);
        final ByteBuffer head = container.read(0, HEAD_BYTES);
        final byte[] letters = new byte[4];
        head.get(letters);
        if (!type.equals(new String(letters, StandardCharsets.ISO_8859_1))) {
            throw new MalformedSetupException(
                    path, 0, "this is not a ." + type + " file", "Give a file made by snarkjs");
        }
        final int found = head.getInt();
        if (found != version) {
            throw new MalformedSetupException(
                    path, 4, "version " + found + " of the format, " + version + " is known", CURE);
        }
        final int count = head.getInt();
        if (count < 0 || count > MAX_SECTIONS) {
            throw new MalformedSetupException(path, 8, Integer.toUnsignedString(count) + " sections", CURE);
        }
        container.readSections(count);
        return container;
    }

    private void readSections(int count) throws IOException {
        long at = HEAD_BYTES;
        for (int i = 0; i < count; i++) {
            final ByteBuffer head = read(at, HEAD_BYTES);
            final int id = head.getInt();
            final long length = head.getLong();
            final long start = at + HEAD_BYTES;
            if (length < 0 || length > file.size() - start) {
                throw new MalformedSetupException(
                        path,
                        at,
                        "section " + id + " has " + Long.toUnsignedString(length) + " bytes, but the file only "
                                + (file.size() - start) + " more",
                        CURE);
            }
            if (sections.put(id, new Section(start, length)) != null) {
                throw new MalformedSetupException(path, at, "section " + id + " occurs twice", CURE);
            }
            at = start + length;
        }
    }

    /** @throws MalformedSetupException if there is no such section, or one of another length */
    Section section(int id, String content, long length) throws MalformedSetupException {
        final Section section = section(id, content);
        if (section.length != length) {
            throw new MalformedSetupException(
                    path,
                    section.offset,
                    "section " + id + " (" + content + ") has " + section.length + " bytes and should have " + length,
                    CURE);
        }
        return section;
    }

    Section section(int id, String content) throws MalformedSetupException {
        final Section section = sections.get(id);
        if (section == null) {
            throw new MalformedSetupException(path, 8, "section " + id + " (" + content + ") is missing", CURE);
        }
        return section;
    }

    /** The bytes at an offset of the file, for reading little-endian integers. */
    ByteBuffer read(long offset, int length) throws IOException {
        final ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (file.read(buffer, offset + buffer.position()) < 0) {
                throw new MalformedSetupException(path, offset + buffer.position(), "the file ends here", CURE);
            }
        }
        return buffer.flip();
    }
}
