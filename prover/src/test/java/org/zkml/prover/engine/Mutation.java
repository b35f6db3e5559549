package org.zkml.prover.engine;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.engine.ProofFields.Field;
import org.zkml.prover.field.Fq;
import org.zkml.prover.field.Fr;
import org.zkml.prover.field.Scalar;

/** What a tamperer does to one point or scalar of a proof, and what the verifier must say to it. */
public enum Mutation {
    POINT_REPLACED(true, Verdict.REJECTED) {
        @Override
        byte[] applyTo(byte[] value) {
            return G1Affine.fromBytes(value, 0).add(G1Affine.GENERATOR).toBytes();
        }
    },
    POINT_NEGATED(true, Verdict.REJECTED) {
        @Override
        byte[] applyTo(byte[] value) {
            return G1Affine.fromBytes(value, 0).negate().toBytes();
        }
    },
    POINT_SWAPPED(true, Verdict.REJECTED),
    POINT_INFINITY(true, Verdict.REJECTED) {
        @Override
        byte[] applyTo(byte[] value) {
            return G1Affine.INFINITY.toBytes();
        }
    },
    X_PLUS_Q(true, Verdict.MALFORMED) {
        @Override
        byte[] applyTo(byte[] value) {
            return addTo(value, 0, Fq.MODULUS);
        }
    },
    Y_PLUS_Q(true, Verdict.MALFORMED) {
        @Override
        byte[] applyTo(byte[] value) {
            return addTo(value, 1, Fq.MODULUS);
        }
    },
    OFF_THE_CURVE(true, Verdict.MALFORMED) {
        @Override
        byte[] applyTo(byte[] value) {
            return addTo(value, 1, BigInteger.ONE);
        }
    },
    SCALAR_REPLACED(false, Verdict.REJECTED) {
        @Override
        byte[] applyTo(byte[] value) {
            return Scalar.reduce(value).add(Scalar.ONE).toBytes();
        }
    },
    SCALAR_NEGATED(false, Verdict.REJECTED) {
        @Override
        byte[] applyTo(byte[] value) {
            return Scalar.reduce(value).negate().toBytes();
        }
    },
    SCALAR_SWAPPED(false, Verdict.REJECTED),
    SCALAR_ZERO(false, Verdict.REJECTED) {
        @Override
        byte[] applyTo(byte[] value) {
            return new byte[value.length];
        }
    },
    SCALAR_PLUS_R(false, Verdict.MALFORMED) {
        @Override
        byte[] applyTo(byte[] value) {
            return addTo(value, 0, Fr.MODULUS);
        }
    },
    SCALAR_ALL_ONES(false, Verdict.MALFORMED) {
        @Override
        byte[] applyTo(byte[] value) {
            final byte[] ones = new byte[value.length];
            Arrays.fill(ones, (byte) -1);
            return ones;
        }
    };

    /** The two ways in which a proof is refused. */
    public enum Verdict {
        /** {@link MalformedProofException} at the field. */
        MALFORMED,
        /** {@link Verification.Rejected} by the pairing equation. */
        REJECTED
    }

    private final boolean point;
    private final Verdict expected;

    Mutation(boolean point, Verdict expected) {
        this.point = point;
        this.expected = expected;
    }

    public Verdict expected() {
        return expected;
    }

    /** The mutations of such a field. */
    public static List<Mutation> of(Field field) {
        return Stream.of(values())
                .filter(mutation -> mutation.point == field.point())
                .toList();
    }

    byte[] applyTo(byte[] value) {
        throw new UnsupportedOperationException(name());
    }

    /** The field's neighbour: the next of its kind, the first after the last. */
    private static Field neighbour(Field field, List<Field> fields) {
        final List<Field> kind =
                fields.stream().filter(f -> f.point() == field.point()).toList();
        return kind.get((kind.indexOf(field) + 1) % kind.size());
    }

    /** The mutated proof. */
    public byte[] mutate(byte[] proof, Field field, List<Field> fields) {
        final byte[] mutant = proof.clone();
        if (this == POINT_SWAPPED || this == SCALAR_SWAPPED) {
            final Field other = neighbour(field, fields);
            System.arraycopy(proof, field.offset(), mutant, other.offset(), field.sizeBytes());
            System.arraycopy(proof, other.offset(), mutant, field.offset(), field.sizeBytes());
        } else {
            final byte[] value = Arrays.copyOfRange(proof, field.offset(), field.offset() + field.sizeBytes());
            System.arraycopy(applyTo(value), 0, mutant, field.offset(), field.sizeBytes());
        }
        return mutant;
    }

    /** Adds to a 32-byte word; the sum stays below 2^256. */
    private static byte[] addTo(byte[] value, int word, BigInteger summand) {
        final byte[] sum = value.clone();
        final BigInteger number = new BigInteger(1, Arrays.copyOfRange(value, 32 * word, 32 * (word + 1))).add(summand);
        final byte[] raw = number.toByteArray();
        final int length = Math.min(raw.length, 32);
        Arrays.fill(sum, 32 * word, 32 * (word + 1), (byte) 0);
        System.arraycopy(raw, raw.length - length, sum, 32 * (word + 1) - length, length);
        return sum;
    }
}
