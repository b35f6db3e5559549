package org.zkml.prover.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/** A JSON object with a name for messages; every way of not being what is asked for is a {@link CommandException} that names the place. */
public final class JsonFile {

    /** Larger documents are refused, and not written. */
    static final long MAX_BYTES = 16 << 20;

    private static final Pattern DECIMAL = Pattern.compile("0|[1-9][0-9]{0,77}");

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private final String source;
    private final JsonNode node;

    private JsonFile(String source, JsonNode node) {
        this.source = source;
        this.node = node;
        if (!node.isObject()) {
            throw problem("", "is no JSON object", "check what the document should hold");
        }
    }

    /** An object that is in memory. */
    static JsonFile of(String source, ObjectNode object) {
        return new JsonFile(source, object);
    }

    /** Reads a file. */
    public static JsonFile read(Path path) {
        try {
            if (Files.isDirectory(path) || Files.size(path) > MAX_BYTES) {
                throw new CommandException(
                        ExitCode.BAD_INPUT,
                        path + ": a folder or a file above 16 MiB, no JSON document; check the path");
            }
            return parse(path.toString(), Files.readAllBytes(path));
        } catch (NoSuchFileException e) {
            throw new CommandException(ExitCode.BAD_INPUT, path + ": there is no such file; check the path", e);
        } catch (IOException e) {
            throw new CommandException(ExitCode.IO, path + ": cannot be read (" + e + "); check its permissions", e);
        }
    }

    /** Parses a document. */
    public static JsonFile parse(String source, byte[] bytes) {
        try {
            return new JsonFile(source, JSON.readTree(bytes));
        } catch (JsonProcessingException e) {
            final String place =
                    e.getLocation() == null ? "" : ", line " + e.getLocation().getLineNr();
            throw new CommandException(
                    ExitCode.BAD_INPUT, source + place + ": not JSON (" + e.getOriginalMessage() + ")", e);
        } catch (IOException e) {
            throw new CommandException(ExitCode.BAD_INPUT, source + ": not JSON (" + e.getMessage() + ")", e);
        }
    }

    /** Writes an object, whole or not at all. */
    static void write(Path path, ObjectNode object) {
        AtomicFile.write(path, readable(path, object));
    }

    /** As {@link #write}, but takes the place of no other file. */
    static void create(Path path, ObjectNode object) {
        AtomicFile.create(path, readable(path, object));
    }

    private static byte[] readable(Path path, ObjectNode object) {
        final byte[] bytes = pretty(object);
        if (bytes.length > MAX_BYTES) {
            throw new CommandException(
                    ExitCode.IO,
                    path + ": would have " + bytes.length + " bytes, more than the " + MAX_BYTES
                            + " that can be read again; nothing was written");
        }
        return bytes;
    }

    /** A document as bytes, indented. */
    static byte[] pretty(ObjectNode object) {
        try {
            return (JSON.writeValueAsString(object) + "\n").getBytes(java.nio.charset.StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of values was not written", e);
        }
    }

    /** The whole object. */
    public JsonNode node() {
        return node;
    }

    public String source() {
        return source;
    }

    public boolean has(String field) {
        return node.hasNonNull(field);
    }

    /** A text that is not empty. */
    public String text(String field) {
        final JsonNode value = node.path(field);
        if (!value.isTextual() || value.asText().isBlank()) {
            throw problem(field, "is " + describe(value), "write a text, \"...\"");
        }
        return value.asText();
    }

    public String textOr(String field, String otherwise) {
        return has(field) ? text(field) : otherwise;
    }

    /** An integer of this range. */
    public long integer(String field, long lowest, long highest) {
        final JsonNode value = node.path(field);
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw problem(field, "is " + describe(value), "write an integer without quotation marks");
        }
        if (value.asLong() < lowest || value.asLong() > highest) {
            throw problem(field, "is " + value.asLong(), "write an integer from " + lowest + " to " + highest);
        }
        return value.asLong();
    }

    public boolean flagOr(String field, boolean otherwise) {
        if (!has(field)) {
            return otherwise;
        }
        if (!node.get(field).isBoolean()) {
            throw problem(field, "is " + describe(node.get(field)), "write true or false");
        }
        return node.get(field).asBoolean();
    }

    /** A non-negative integer below 2^256, as a decimal text. */
    public BigInteger decimal(String field) {
        final String text = text(field);
        if (!DECIMAL.matcher(text).matches() || new BigInteger(text).bitLength() > 256) {
            throw problem(field, "is \"" + text + "\"", "write a decimal number as a text");
        }
        return new BigInteger(text);
    }

    /** So many bytes, in hexadecimal. */
    public byte[] hex(String field, int bytes) {
        final String text = text(field);
        if (text.length() != 2 + 2 * bytes || !text.matches("0x[0-9a-fA-F]*")) {
            throw problem(field, "is \"" + text + "\"", "write 0x and " + 2 * bytes + " hexadecimal digits");
        }
        return HexFormat.of().parseHex(text.substring(2));
    }

    /** An account or a contract. */
    public Address address(String field) {
        return Address.of(hex(field, Address.BYTES));
    }

    public JsonFile object(String field) {
        if (!node.path(field).isObject()) {
            throw problem(field, "is " + describe(node.path(field)), "write an object, {...}");
        }
        return new JsonFile(source + ", " + field, node.get(field));
    }

    /** The objects of a list, each read by {@code reader}. */
    public <T> List<T> objects(String field, Function<JsonFile, T> reader) {
        if (!node.path(field).isArray()) {
            throw problem(field, "is " + describe(node.path(field)), "write a list, [...]");
        }
        final int[] index = new int[1];
        return StreamSupport.stream(node.get(field).spliterator(), false)
                .map(item -> reader.apply(new JsonFile(source + ", " + field + "[" + index[0]++ + "]", item)))
                .toList();
    }

    /** A field by a parser that throws IllegalArgumentException on what it cannot use. */
    public <T> T parsed(String field, Function<String, T> parser) {
        try {
            return parser.apply(text(field));
        } catch (IllegalArgumentException e) {
            throw problem(field, "cannot be used: " + e.getMessage(), "correct it");
        }
    }

    /** A mistake in a field. */
    public CommandException problem(String field, String problem, String cure) {
        return new CommandException(
                ExitCode.BAD_INPUT, source + (field.isEmpty() ? "" : ", " + field) + ": " + problem + "; " + cure);
    }

    private static String describe(JsonNode value) {
        return value.isMissingNode() ? "missing" : value.toString();
    }
}
