package org.zkml.prover.envelope;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.bouncycastle.util.Arrays;
import org.zkml.prover.hash.Keccak256;

/** Keys and contexts that depend on a label alone. */
public final class TestKeys {

    public static final RoundId ROUND =
            new RoundId(BigInteger.valueOf(31_337), new BigInteger("ab".repeat(20), 16), BigInteger.TWO, 5);
    public static final MessageContext SHARE =
            new MessageContext(ROUND, MessageKind.SHARE, BigInteger.valueOf(0xa11ce), BigInteger.valueOf(0xb0b));

    private TestKeys() {}

    public static SecretKeys secret(String label) {
        return new SecretKeys(hash(label + "/x"), Arrays.concatenate(hash(label + "/d"), hash(label + "/z")));
    }

    static byte[] hash(String label) {
        return Keccak256.hash(label.getBytes(StandardCharsets.UTF_8));
    }
}
