package org.zkml.prover.commitment;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.zkml.prover.commitment.SetupContribution.Beacon;
import org.zkml.prover.commitment.SetupContribution.Participant;
import org.zkml.prover.commitment.SetupHistory.Origin;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.field.Fr;
import org.zkml.prover.field.Scalar;

/**
 * A history as bytes: origin (1), length of the source (2), source, number of contributions (4), and each contribution: kind (1: participant, 2: beacon), length of the name (1), name,
 * [tau]_1, [xi]_1; then for a participant nonce and response for tau, nonce and response for xi, for a beacon logIterations (1), length (1), value. Big-endian.
 */
final class HistoryCodec {

    private static final int MAX_SOURCE_BYTES = 0xffff;

    private HistoryCodec() {}

    static byte[] encode(SetupHistory history) {
        final byte[] source = history.source().getBytes(StandardCharsets.UTF_8);
        if (source.length > MAX_SOURCE_BYTES) {
            throw new IllegalArgumentException("a source of " + source.length + " bytes: at most " + MAX_SOURCE_BYTES);
        }
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(ByteBuffer.allocate(3)
                .put((byte) history.origin().ordinal())
                .putShort((short) source.length)
                .array());
        out.writeBytes(source);
        out.writeBytes(
                ByteBuffer.allocate(4).putInt(history.contributions().size()).array());
        history.contributions().forEach(link -> out.writeBytes(link.encoded()));
        return out.toByteArray();
    }

    /**
     * @throws IllegalArgumentException if the bytes are no history; the buffer's position is then near the fault
     */
    static SetupHistory decode(ByteBuffer in) {
        try {
            final int origin = in.get();
            if (origin < 0 || origin >= Origin.values().length) {
                throw new IllegalArgumentException("unknown origin " + origin);
            }
            final String source = text(in, in.getShort() & 0xffff);
            final int count = in.getInt();
            if (count < 0) {
                throw new IllegalArgumentException("a negative number of contributions");
            }
            final List<SetupContribution> links = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                links.add(contribution(in));
            }
            if (in.hasRemaining()) {
                throw new IllegalArgumentException(in.remaining() + " bytes after the last contribution");
            }
            return new SetupHistory(Origin.values()[origin], source, links);
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("the history ends too early", e);
        }
    }

    private static SetupContribution contribution(ByteBuffer in) {
        final int kind = in.get();
        final String name = text(in, in.get() & 0xff);
        final G1Affine tau1 = point(in);
        final G1Affine xi1 = point(in);
        return switch (kind) {
            case 1 ->
                new Participant(
                        name,
                        tau1,
                        xi1,
                        new KnowledgeProof(point(in), scalar(in)),
                        new KnowledgeProof(point(in), scalar(in)));
            case 2 -> {
                final int logIterations = in.get();
                yield new Beacon(name, tau1, xi1, bytes(in, in.get() & 0xff), logIterations);
            }
            default -> throw new IllegalArgumentException("unknown kind " + kind + " of contribution");
        };
    }

    private static String text(ByteBuffer in, int length) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes(in, length)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("a text is not UTF-8", e);
        }
    }

    private static G1Affine point(ByteBuffer in) {
        return G1Affine.fromBytes(bytes(in, G1Affine.BYTES), 0);
    }

    private static Scalar scalar(ByteBuffer in) {
        final long[] limbs = new long[Fr.LIMBS];
        if (!Fr.fromBytes(limbs, 0, bytes(in, Fr.BYTES), 0)) {
            throw new IllegalArgumentException("a response is not below r");
        }
        return Scalar.get(limbs, 0);
    }

    private static byte[] bytes(ByteBuffer in, int length) {
        final byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }
}
