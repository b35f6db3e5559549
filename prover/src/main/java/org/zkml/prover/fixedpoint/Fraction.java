package org.zkml.prover.fixedpoint;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.regex.Pattern;

/**
 * A non-negative rational number in lowest terms: hyper-parameters are exact, so that the contract and the prover round the same number.
 */
public record Fraction(BigInteger num, BigInteger den) {
    public static final Fraction ZERO = new Fraction(BigInteger.ZERO, BigInteger.ONE);

    private static final Pattern QUOTIENT = Pattern.compile("[0-9]{1,40}/[0-9]{1,40}");
    private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,40}(\\.[0-9]{1,40})?");

    public Fraction {
        if (den.signum() <= 0 || num.signum() < 0) {
            throw new IllegalArgumentException("fraction " + num + "/" + den
                    + ": the numerator must not be negative, the denominator must be positive");
        }
        BigInteger gcd = num.gcd(den);
        num = num.divide(gcd);
        den = den.divide(gcd);
    }

    public static Fraction of(long num, long den) {
        return new Fraction(BigInteger.valueOf(num), BigInteger.valueOf(den));
    }

    /**
     * Reads {@code "1/2"}, {@code "0.5"} or {@code "3"}.
     *
     * @throws IllegalArgumentException on anything else
     */
    public static Fraction parse(String text) {
        if (QUOTIENT.matcher(text).matches()) {
            int slash = text.indexOf('/');
            return new Fraction(new BigInteger(text.substring(0, slash)), new BigInteger(text.substring(slash + 1)));
        }
        if (DECIMAL.matcher(text).matches()) {
            BigDecimal decimal = new BigDecimal(text);
            return new Fraction(decimal.unscaledValue(), BigInteger.TEN.pow(decimal.scale()));
        }
        throw new IllegalArgumentException("\"" + text
                + "\" is not a number of zero or more: write it as 1/2, 0.5 or 3, without sign and exponent");
    }

    public Fraction times(Fraction other) {
        return new Fraction(num.multiply(other.num), den.multiply(other.den));
    }

    /** {@code floor(this * 2^bits + 1/2)}. */
    public BigInteger scaledByPowerOfTwo(int bits) {
        BigInteger doubled = num.shiftLeft(bits + 1).add(den);
        return doubled.divide(den.shiftLeft(1));
    }

    /** The nearest double. */
    public double toDouble() {
        return new BigDecimal(num)
                .divide(new BigDecimal(den), MathContext.DECIMAL128)
                .doubleValue();
    }

    @Override
    public String toString() {
        return den.equals(BigInteger.ONE) ? num.toString() : num + "/" + den;
    }
}
