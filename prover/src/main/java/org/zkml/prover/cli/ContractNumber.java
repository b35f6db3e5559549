package org.zkml.prover.cli;

import java.math.BigInteger;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Numbers that the contracts give to campaigns, models and passes: from 1, of 256 bits. */
final class ContractNumber implements ITypeConverter<BigInteger> {

    private static final int BITS = 256;

    @Override
    public BigInteger convert(String text) {
        if (text.matches("[0-9]{1,78}")) {
            final BigInteger number = new BigInteger(text);
            if (number.signum() > 0 && number.bitLength() <= BITS) {
                return number;
            }
        }
        throw new TypeConversionException("'" + text + "' is no whole number from 1 to 2^256 - 1");
    }
}
