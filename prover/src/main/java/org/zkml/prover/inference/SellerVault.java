package org.zkml.prover.inference;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import org.zkml.prover.averaging.ModelOpening;
import org.zkml.prover.vault.Vault;

/** What a seller's instance needs, in an open vault of its own: the key that signs receipts, and for every model what opens it and its campaign's schema. */
public final class SellerVault {

    /** Bytes of the key, on secp256k1. */
    public static final int KEY_BYTES = 32;

    private static final String KEY = "seller/ethereum";
    private static final String MODELS = "models/";
    private static final String OPENING = "/opening";
    private static final String SCHEMA = "/schema";

    private final Vault vault;

    public SellerVault(Vault vault) {
        this.vault = vault;
    }

    public boolean hasKey() {
        return vault.contains(KEY);
    }

    /** A copy, the caller's to wipe. */
    public byte[] key() {
        return vault.get(KEY);
    }

    /** @throws IllegalArgumentException if it has another length than 32 bytes */
    public void putKey(byte[] key) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("a key of " + key.length + " bytes, not " + KEY_BYTES);
        }
        vault.put(KEY, key);
    }

    /** Numbers of the models. */
    public List<BigInteger> models() {
        return vault.names().stream()
                .filter(name -> name.startsWith(MODELS) && name.endsWith(OPENING))
                .map(name -> new BigInteger(name.substring(MODELS.length(), name.length() - OPENING.length())))
                .sorted()
                .toList();
    }

    /** @throws IllegalArgumentException if the entry is malformed */
    public ModelOpening opening(BigInteger modelId) {
        final byte[] bytes = vault.get(MODELS + modelId + OPENING);
        try {
            return ModelOpening.decode(bytes);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /** The exact bytes. */
    public byte[] schema(BigInteger modelId) {
        return vault.get(MODELS + modelId + SCHEMA);
    }

    /** Keeps a model, in place of one of its number. */
    public void put(BigInteger modelId, ModelOpening opening, byte[] schema) {
        final byte[] bytes = opening.encode();
        vault.put(MODELS + modelId + OPENING, bytes);
        Arrays.fill(bytes, (byte) 0);
        vault.put(MODELS + modelId + SCHEMA, schema);
    }
}
