package org.zkml.prover.pairing;

/** A value of the pairing, raised to the power d of {@link FinalExponentiation}: 1 exactly if the value is. Immutable. */
public final class PairingValue {

    private final long[] value;

    /** @param value in the cyclotomic subgroup; kept, not copied */
    PairingValue(long[] value) {
        this.value = value;
    }

    public boolean isOne() {
        return Fq12.isOne(value);
    }

    /** this / other. */
    public PairingValue dividedBy(PairingValue other) {
        final long[] quotient = new long[Fq12.LIMBS];
        Fq12.conjugate(quotient, other.value);
        Fq12.mul(quotient, value, quotient, new long[Fq12.SCRATCH]);
        return new PairingValue(quotient);
    }

    /** To be read only. */
    long[] limbs() {
        return value;
    }
}
