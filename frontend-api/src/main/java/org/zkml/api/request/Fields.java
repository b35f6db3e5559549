package org.zkml.api.request;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.ws.rs.core.UriInfo;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import org.zkml.api.problem.MalformedRequestException;
import org.zkml.backend.chain.Hex;
import org.zkml.backend.chain.index.ChainEvent;
import org.zkml.prover.curve.G1Affine;

/** Reads one field at a time, and names it when it is malformed. */
public final class Fields {

    private static final int SHOWN_CHARS = 80;
    private static final int SMALL_HIGHEST = (1 << 16) - 1;

    private Fields() {}

    /** @throws MalformedRequestException if it is null */
    public static <T> T required(String field, T value) {
        if (value == null) {
            throw new MalformedRequestException(field, "is missing");
        }
        return value;
    }

    /** Bytes of exactly this length. */
    public static byte[] bytes(String field, String text, int length) {
        final byte[] bytes = bytesUpTo(field, text, length);
        if (bytes.length != length) {
            throw new MalformedRequestException(field, "has " + bytes.length + " bytes, " + length + " are wanted");
        }
        return bytes;
    }

    /** Bytes of at most this length. */
    public static byte[] bytesUpTo(String field, String text, int limit) {
        required(field, text);
        if (text.length() > 2 * limit + 2) {
            throw new MalformedRequestException(field, "is longer than " + limit + " bytes");
        }
        try {
            return Hex.parse(text);
        } catch (IllegalArgumentException e) {
            throw new MalformedRequestException(
                    field, "\"" + shown(text) + "\" is not 0x and an even number of hex digits");
        }
    }

    /** An address, in lower case. */
    public static String address(String field, String text) {
        bytes(field, text, 20);
        return text.toLowerCase(Locale.ROOT);
    }

    /** A hash, in lower case. */
    public static String hash(String field, String text) {
        bytes(field, text, 32);
        return text.toLowerCase(Locale.ROOT);
    }

    /** A decimal number of at most this many bits, in its one spelling. */
    public static BigInteger decimal(String field, String text, int bits) {
        required(field, text);
        if (!text.matches("0|[1-9][0-9]{0,77}")) {
            throw new MalformedRequestException(field, "\"" + shown(text) + "\" is not a decimal number");
        }
        final BigInteger value = new BigInteger(text);
        if (value.bitLength() > bits) {
            throw new MalformedRequestException(field, text + " has more than " + bits + " bits");
        }
        return value;
    }

    /** A point of G1: an object of two decimal coordinates, and nothing else. */
    public static G1Affine point(String field, JsonNode json) {
        required(field, json);
        final BigInteger x = coordinate(field + ".x", json.get("x"));
        final BigInteger y = coordinate(field + ".y", json.get("y"));
        if (json.size() != 2) {
            throw new MalformedRequestException(field, "has other members than x and y");
        }
        try {
            return G1Affine.of(x, y);
        } catch (IllegalArgumentException e) {
            throw new MalformedRequestException(field, e.getMessage());
        }
    }

    private static BigInteger coordinate(String field, JsonNode json) {
        required(field, json);
        if (!json.isTextual()) {
            throw new MalformedRequestException(field, "is not a string with a decimal number");
        }
        return decimal(field, json.textValue(), 256);
    }

    /** That the query names nothing but these parameters, each once: one that is misspelled would be no restriction at all. */
    public static void parameters(UriInfo uri, String... known) {
        uri.getQueryParameters().forEach((name, values) -> {
            if (!List.of(known).contains(name)) {
                throw new MalformedRequestException(
                        shown(name), "is no parameter here; there are " + String.join(", ", known));
            }
            if (values.size() > 1) {
                throw new MalformedRequestException(name, "is there " + values.size() + " times, give it once");
            }
        });
    }

    /** A number from 0 to 2^16 - 1, as rounds and places of aggregators are. */
    public static int small(String field, Integer value) {
        required(field, value);
        if (value < 0 || value > SMALL_HIGHEST) {
            throw new MalformedRequestException(field, value + " is not from 0 to " + SMALL_HIGHEST);
        }
        return value;
    }

    /** A place of the chain, block and log index as in {@code 17.2}; null for none. */
    public static ChainEvent.Key place(String field, String cursor) {
        if (cursor == null) {
            return null;
        }
        if (!cursor.matches("[0-9]{1,18}\\.[0-9]{1,9}")) {
            throw new MalformedRequestException(field, "\"" + shown(cursor) + "\" is no cursor of a page before");
        }
        final int dot = cursor.indexOf('.');
        return new ChainEvent.Key(
                Long.parseLong(cursor.substring(0, dot)), Integer.parseInt(cursor.substring(dot + 1)));
    }

    /** A page's size, 1 to 200. */
    public static int limit(String limit) {
        if (limit == null) {
            return 50;
        }
        final BigInteger wanted = decimal("limit", limit, 256);
        if (wanted.signum() == 0 || wanted.compareTo(BigInteger.valueOf(200)) > 0) {
            throw new MalformedRequestException("limit", wanted + " is not from 1 to 200");
        }
        return wanted.intValue();
    }

    static String shown(String text) {
        return text.length() <= SHOWN_CHARS ? text : text.substring(0, SHOWN_CHARS) + "...";
    }
}
