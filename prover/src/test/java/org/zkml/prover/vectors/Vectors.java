package org.zkml.prover.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.HexFormat;
import org.zkml.prover.commitment.Setup;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.field.Fr;
import org.zkml.prover.field.FrVector;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.poly.MultilinearPolynomial;

/** The test vectors of the independent implementation, in the test resources. */
public final class Vectors {

    private Vectors() {}

    /** A vector file, such as {@code train_proof.json}. */
    public static JsonNode read(String name) {
        try (InputStream in = Vectors.class.getResourceAsStream("/vectors/" + name)) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static BigInteger number(JsonNode node) {
        return new BigInteger(node.asText());
    }

    public static Scalar scalar(JsonNode node) {
        return Scalar.of(number(node));
    }

    public static byte[] bytes(JsonNode node) {
        final String text = node.asText();
        return HexFormat.of().parseHex(text.startsWith("0x") ? text.substring(2) : text);
    }

    public static G1Affine point(JsonNode node) {
        return G1Affine.of(number(node.get("x")), number(node.get("y")));
    }

    /** The toy setup of a vector file. */
    public static Setup setup(JsonNode srs) {
        return UnsafeTestSetup.of(srs.get("K").asInt(), scalar(srs.get("tau")), scalar(srs.get("xi")));
    }

    /** A table of field elements as small integers where all of them are. */
    public static MultilinearPolynomial polynomial(JsonNode table) {
        final int[] small = new int[table.size()];
        final long[] full = new long[Fr.LIMBS * small.length];
        boolean allSmall = true;
        for (int i = 0; i < small.length; i++) {
            final BigInteger value = number(table.get(i));
            Scalar.of(value).put(full, i);
            final BigInteger signed =
                    value.compareTo(Fr.MODULUS.shiftRight(1)) > 0 ? value.subtract(Fr.MODULUS) : value;
            allSmall &= signed.bitLength() <= 31;
            small[i] = signed.intValue();
        }
        return allSmall ? MultilinearPolynomial.ofSmall(small) : MultilinearPolynomial.of(FrVector.of(full));
    }
}
