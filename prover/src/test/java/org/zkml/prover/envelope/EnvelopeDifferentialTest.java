package org.zkml.prover.envelope;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.XECPrivateKeySpec;
import java.security.spec.XECPublicKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.KEM;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.params.MLKEMParameters;
import org.bouncycastle.crypto.params.MLKEMPrivateKeyParameters;
import org.junit.jupiter.api.Test;
import org.zkml.prover.hash.Keccak256;

/** Envelopes opened and sealed by another implementation, written from docs/secure-averaging.md on the JDK's own X25519, ML-KEM and HMAC. */
class EnvelopeDifferentialTest {

    private static final long SEED = 20_261_128;

    @Test
    void theOtherImplementationOpensEnvelopes() throws GeneralSecurityException {
        final Random random = new Random(SEED);
        for (int i = 0; i < 20; i++) {
            final SecretKeys keys = TestKeys.secret("recipient " + i);
            final byte[] payload = new byte[random.nextInt(2000)];
            random.nextBytes(payload);
            final MessageContext context = context(random);
            assertArrayEquals(payload, open(Envelope.seal(payload, keys.publicKeys(), context), keys, context));
        }
    }

    private static MessageContext context(Random random) {
        return new MessageContext(
                new RoundId(
                        new BigInteger(256, random),
                        new BigInteger(160, random),
                        new BigInteger(256, random),
                        random.nextInt(65_536)),
                MessageKind.values()[random.nextInt(MessageKind.values().length)],
                new BigInteger(160, random),
                new BigInteger(160, random));
    }

    private static byte[] open(byte[] envelope, SecretKeys keys, MessageContext context)
            throws GeneralSecurityException {
        final byte[] header = Arrays.copyOf(envelope, 1121);
        final byte[] words = words(context);
        final byte[] okm = hkdf(
                concat(kemSecret(keys, Arrays.copyOfRange(envelope, 33, 1121)), dhSecret(keys, header)),
                concat(
                        "zkml/envelope/1".getBytes(StandardCharsets.US_ASCII),
                        header,
                        keys.publicKeys().x25519(),
                        keys.publicKeys().mlKem(),
                        words));
        final Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(okm, 0, 32, "AES"), new GCMParameterSpec(128, okm, 32, 12));
        cipher.updateAAD(header);
        cipher.updateAAD(words);
        return cipher.doFinal(envelope, 1121, envelope.length - 1121);
    }

    private static byte[] words(MessageContext context) {
        final RoundId round = context.round();
        return concat(
                Keccak256.hash("zkml/envelope/1".getBytes(StandardCharsets.US_ASCII)),
                word(round.chainId()),
                word(round.contract()),
                word(round.campaignId()),
                word(BigInteger.valueOf(round.round())),
                word(BigInteger.valueOf(context.kind().code())),
                word(context.sender()),
                word(context.recipient()));
    }

    private static byte[] kemSecret(SecretKeys keys, byte[] ciphertext) throws GeneralSecurityException {
        final byte[] expanded =
                new MLKEMPrivateKeyParameters(MLKEMParameters.ml_kem_768, keys.mlKemSeed()).getEncoded();
        final byte[] prefix = HexFormat.of().parseHex("30820978020100300b060960864801650304040204820964" + "04820960");
        final PrivateKey key =
                KeyFactory.getInstance("ML-KEM").generatePrivate(new PKCS8EncodedKeySpec(concat(prefix, expanded)));
        return KEM.getInstance("ML-KEM")
                .newDecapsulator(key)
                .decapsulate(ciphertext)
                .getEncoded();
    }

    private static byte[] dhSecret(SecretKeys keys, byte[] header) throws GeneralSecurityException {
        final KeyFactory factory = KeyFactory.getInstance("X25519");
        final byte[] point = Arrays.copyOfRange(header, 1, 33);
        for (int i = 0; i < 16; i++) {
            final byte swapped = point[i];
            point[i] = point[31 - i];
            point[31 - i] = swapped;
        }
        final KeyAgreement agreement = KeyAgreement.getInstance("X25519");
        agreement.init(factory.generatePrivate(new XECPrivateKeySpec(NamedParameterSpec.X25519, keys.x25519())));
        agreement.doPhase(
                factory.generatePublic(new XECPublicKeySpec(NamedParameterSpec.X25519, new BigInteger(1, point))),
                true);
        return agreement.generateSecret();
    }

    /** RFC 5869, sections 2.2 and 2.3, without a salt; 44 bytes. */
    private static byte[] hkdf(byte[] secret, byte[] info) throws GeneralSecurityException {
        final byte[] prk = hmac(new byte[32], secret);
        final byte[] first = hmac(prk, concat(info, new byte[] {1}));
        return Arrays.copyOf(concat(first, hmac(prk, concat(first, info, new byte[] {2}))), 44);
    }

    private static byte[] hmac(byte[] key, byte[] message) throws GeneralSecurityException {
        final Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(message);
    }

    private static byte[] word(BigInteger value) {
        final byte[] raw = value.toByteArray();
        final byte[] padded = concat(new byte[32], raw);
        return Arrays.copyOfRange(padded, padded.length - 32, padded.length);
    }

    private static byte[] concat(byte[]... parts) {
        final ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
