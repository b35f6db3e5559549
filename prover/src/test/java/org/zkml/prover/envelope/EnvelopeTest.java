package org.zkml.prover.envelope;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EnvelopeTest {

    private static final SecretKeys BOB = TestKeys.secret("bob");
    private static final SecretKeys EVE = TestKeys.secret("eve");
    private static final PublicKeys TO_BOB = BOB.publicKeys();
    private static final MessageContext CONTEXT = TestKeys.SHARE;
    private static final byte[] PAYLOAD = TestKeys.hash("payload");

    /** Every point whose X25519 with any key is zero: u = 0, 1, two of order 8, p - 1, and p, p + 1 in their other spelling (cr.yp.to/ecdh.html, "How do I validate"). */
    private static final List<String> LOW_ORDER = List.of(
            "0000000000000000000000000000000000000000000000000000000000000000",
            "0100000000000000000000000000000000000000000000000000000000000000",
            "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
            "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f");

    @Test
    void opensWhatItSealed() {
        for (int size : new int[] {0, 1, 15, 16, 17, 1056, 32_800}) {
            final byte[] payload = Arrays.copyOf(PAYLOAD, size);
            final byte[] envelope = Envelope.seal(payload, TO_BOB, CONTEXT);
            assertEquals(Envelope.sizeBytes(size), envelope.length);
            assertArrayEquals(payload, Envelope.open(envelope, BOB, CONTEXT));
        }
    }

    @Test
    void hasTheSizesOfTheSpecification() {
        assertEquals(1137, Envelope.sizeBytes(0));
        assertEquals(32, MessageKind.RECEIPT.payloadBytes(5));
        assertEquals(4098, MessageKind.CLOSING.payloadBytes(5));
        for (MessageKind kind : List.of(MessageKind.SHARE, MessageKind.PARTIAL_SUM, MessageKind.MODEL)) {
            assertEquals(32 * 33, kind.payloadBytes(5));
            assertEquals(64, kind.payloadBytes(0));
        }
        assertThrows(IllegalArgumentException.class, () -> MessageKind.SHARE.payloadBytes(41));
        assertThrows(IllegalArgumentException.class, () -> MessageKind.RECEIPT.payloadBytes(-1));
        assertEquals(
                5,
                Stream.of(MessageKind.values())
                        .map(MessageKind::code)
                        .distinct()
                        .count());
    }

    @Test
    void refusesEveryByteChanged() {
        final byte[] envelope = Envelope.seal(PAYLOAD, TO_BOB, CONTEXT);
        for (int i = 0; i < envelope.length; i++) {
            final byte[] changed = envelope.clone();
            changed[i] ^= (byte) (1 << i % 8);
            final int at = i;
            assertThrows(EnvelopeException.class, () -> Envelope.open(changed, BOB, CONTEXT), () -> "byte " + at);
        }
    }

    /** X25519 itself leaves out the highest bit of a point: it is in the key's derivation all the same. */
    @Test
    void refusesAnotherSpellingOfTheEphemeralKey() {
        final byte[] envelope = Envelope.seal(PAYLOAD, TO_BOB, CONTEXT);
        envelope[32] ^= (byte) 0x80;
        assertThrows(EnvelopeException.class, () -> Envelope.open(envelope, BOB, CONTEXT));
    }

    @Test
    void refusesEveryOtherLength() {
        final byte[] envelope = Envelope.seal(PAYLOAD, TO_BOB, CONTEXT);
        for (int length = 0; length < envelope.length; length++) {
            final byte[] cut = Arrays.copyOf(envelope, length);
            assertThrows(EnvelopeException.class, () -> Envelope.open(cut, BOB, CONTEXT));
        }
        assertThrows(
                EnvelopeException.class,
                () -> Envelope.open(Arrays.copyOf(envelope, envelope.length + 1), BOB, CONTEXT));
    }

    @Test
    void opensForNobodyWhoHasOnlyOneOfTheKeys() {
        final byte[] envelope = Envelope.seal(PAYLOAD, TO_BOB, CONTEXT);
        for (SecretKeys keys : List.of(
                EVE, new SecretKeys(BOB.x25519(), EVE.mlKemSeed()), new SecretKeys(EVE.x25519(), BOB.mlKemSeed()))) {
            assertThrows(EnvelopeException.class, () -> Envelope.open(envelope, keys, CONTEXT));
        }
    }

    @Test
    void opensInNoOtherContext() {
        final byte[] envelope = Envelope.seal(PAYLOAD, TO_BOB, CONTEXT);
        final List<MessageContext> others = others();
        assertEquals(others.size(), others.stream().distinct().count());
        assertFalse(others.contains(CONTEXT));
        others.forEach(other ->
                assertThrows(EnvelopeException.class, () -> Envelope.open(envelope, BOB, other), other::toString));
    }

    private static List<MessageContext> others() {
        final RoundId round = CONTEXT.round();
        final BigInteger one = BigInteger.ONE;
        final Stream<MessageContext> rounds = Stream.of(
                        new RoundId(round.chainId().add(one), round.contract(), round.campaignId(), round.round()),
                        new RoundId(round.chainId(), round.contract().add(one), round.campaignId(), round.round()),
                        new RoundId(
                                round.chainId(),
                                round.contract(),
                                round.campaignId().add(one),
                                round.round()),
                        new RoundId(round.chainId(), round.contract(), round.campaignId(), round.round() + 1))
                .map(other -> new MessageContext(other, CONTEXT.kind(), CONTEXT.sender(), CONTEXT.recipient()));
        final Stream<MessageContext> kinds = Stream.of(MessageKind.values())
                .filter(kind -> kind != CONTEXT.kind())
                .map(kind -> new MessageContext(round, kind, CONTEXT.sender(), CONTEXT.recipient()));
        final Stream<MessageContext> accounts = Stream.of(
                new MessageContext(round, CONTEXT.kind(), CONTEXT.recipient(), CONTEXT.sender()),
                new MessageContext(round, CONTEXT.kind(), CONTEXT.sender().add(one), CONTEXT.recipient()),
                new MessageContext(
                        round,
                        CONTEXT.kind(),
                        CONTEXT.sender(),
                        CONTEXT.recipient().add(one)));
        return Stream.of(rounds, kinds, accounts).flatMap(all -> all).toList();
    }

    @Test
    void tellsTheSameWhateverIsWrong() {
        final byte[] envelope = Envelope.seal(PAYLOAD, TO_BOB, CONTEXT);
        final List<byte[]> wrong = IntStream.of(0, 1, 40, envelope.length - 1)
                .mapToObj(at -> {
                    final byte[] changed = envelope.clone();
                    changed[at] ^= 1;
                    return changed;
                })
                .toList();
        final List<String> messages = wrong.stream()
                .map(bytes -> assertThrows(EnvelopeException.class, () -> Envelope.open(bytes, BOB, CONTEXT))
                        .getMessage())
                .distinct()
                .toList();
        assertEquals(1, messages.size());
        assertTrue(messages.getFirst().contains("share from 0x00000000000000000000000000000000000a11ce"));
    }

    @Test
    void refusesPointsOfLowOrder() {
        for (String point : LOW_ORDER) {
            final byte[] bytes = HexFormat.of().parseHex(point);
            final String message = assertThrows(
                            IllegalArgumentException.class, () -> new PublicKeys(bytes, TO_BOB.mlKem()), point)
                    .getMessage();
            assertTrue(message.contains(point + " is a point of low order"), message);
            final byte[] otherSpelling = bytes.clone();
            otherSpelling[31] ^= (byte) 0x80;
            assertThrows(IllegalArgumentException.class, () -> new PublicKeys(otherSpelling, TO_BOB.mlKem()), point);
            final byte[] envelope = Envelope.seal(PAYLOAD, TO_BOB, CONTEXT);
            System.arraycopy(bytes, 0, envelope, 1, bytes.length);
            assertThrows(EnvelopeException.class, () -> Envelope.open(envelope, BOB, CONTEXT), point);
        }
    }

    @Test
    void refusesPublicKeysThatAreNone() {
        final byte[] mlKem = TO_BOB.mlKem();
        assertThrows(IllegalArgumentException.class, () -> new PublicKeys(new byte[31], mlKem));
        assertThrows(IllegalArgumentException.class, () -> new PublicKeys(new byte[32], new byte[1183]));
        for (int i = 0; i < 1152; i += 3) {
            final int at = i;
            final byte[] low = mlKem.clone();
            low[i] = 0x01; // 3329 = 0xd01
            low[i + 1] = (byte) (low[i + 1] & 0xf0 | 0x0d);
            assertThrows(IllegalArgumentException.class, () -> new PublicKeys(TO_BOB.x25519(), low), () -> "" + at);
            final byte[] high = mlKem.clone();
            high[i + 1] = (byte) (high[i + 1] & 0x0f | 0x10);
            high[i + 2] = (byte) 0xd0;
            assertThrows(IllegalArgumentException.class, () -> new PublicKeys(TO_BOB.x25519(), high), () -> "" + at);
        }
        final byte[] greatest = mlKem.clone();
        greatest[0] = 0x00; // 3328
        greatest[1] = (byte) (greatest[1] & 0xf0 | 0x0d);
        assertEquals(greatest, new PublicKeys(TO_BOB.x25519(), greatest).mlKem());
    }

    @Test
    void refusesSecretKeysOfOtherSizes() {
        assertThrows(IllegalArgumentException.class, () -> new SecretKeys(new byte[33], new byte[64]));
        assertThrows(IllegalArgumentException.class, () -> new SecretKeys(new byte[32], new byte[63]));
    }

    @Test
    void knowsItsOwnKeys() {
        assertTrue(BOB.open(TO_BOB));
        assertFalse(BOB.open(EVE.publicKeys()));
        assertFalse(BOB.open(new PublicKeys(TO_BOB.x25519(), EVE.publicKeys().mlKem())));
        assertFalse(BOB.open(new PublicKeys(EVE.publicKeys().x25519(), TO_BOB.mlKem())));
    }

    @Test
    void sharesNoByteOfKeysOrPayloadBetweenTwoEnvelopes() {
        final byte[] first = Envelope.seal(PAYLOAD, TO_BOB, CONTEXT);
        final byte[] second = Envelope.seal(PAYLOAD, TO_BOB, CONTEXT);
        for (int from : new int[] {1, 33, 33 + 1088, first.length - 16}) {
            assertNotEquals(
                    HexFormat.of().formatHex(first, from, from + 16),
                    HexFormat.of().formatHex(second, from, from + 16));
        }
    }

    @Test
    void refusesContextsThatCannotBe() {
        final RoundId round = TestKeys.ROUND;
        final BigInteger address = BigInteger.ONE.shiftLeft(160);
        assertThrows(
                IllegalArgumentException.class,
                () -> new MessageContext(round, MessageKind.SHARE, address, BigInteger.ONE));
        assertThrows(
                IllegalArgumentException.class,
                () -> new MessageContext(round, MessageKind.SHARE, BigInteger.ONE, BigInteger.valueOf(-1)));
        assertThrows(
                IllegalArgumentException.class, () -> new RoundId(round.chainId(), address, round.campaignId(), 0));
        assertThrows(
                IllegalArgumentException.class,
                () -> new RoundId(round.chainId(), round.contract(), round.campaignId(), 65_536));
        assertThrows(
                IllegalArgumentException.class,
                () -> new RoundId(BigInteger.ONE.shiftLeft(256), round.contract(), round.campaignId(), 0));
    }
}
