package org.zkml.prover.cli.chain;

import org.zkml.prover.cli.Address;
import org.zkml.prover.cli.Hex;

/** EVM code that calls a contract and returns one word: 1 if the contract answers with 32 bytes at least, of which the first 32 are as expected, else 0. */
final class ForeignCall {

    /** Bytes of the code before the call's data. */
    private static final int CODE_BYTES = 95;
    /** Where in memory the answer goes: behind all data. */
    private static final int ANSWER_AT = 0x010000;

    private ForeignCall() {}

    /**
     * The code, to be run as that of a contract's creation.
     *
     * @param data at most 65535 bytes, 0x-hex
     * @param expected 32 bytes, 0x-hex
     */
    static String code(Address contract, String data, String expected) {
        final int bytes = data.length() / 2 - 1;
        if (bytes > 0xffff) {
            throw new IllegalArgumentException(bytes + " bytes of a call: must be 65535 or fewer");
        }
        final String length = "61%04x".formatted(bytes);
        final String answerAt = "62%06x".formatted(ANSWER_AT);
        final String code = length + "60%02x".formatted(CODE_BYTES) + "6000" + "39" // CODECOPY: data to memory 0
                + "6020" + answerAt + length + "6000" + "73"
                + Hex.of(contract.toBytes()).substring(2)
                + "5a" + "fa" // STATICCALL with all gas but a 64th: success
                + "601f" + "3d" + "11" // RETURNDATASIZE > 31
                + "02" // both
                + answerAt + "51" + "7f" + expected.substring(2) + "14" + "02" // and the word is the expected one
                + "6000" + "52" + "6020" + "6000" + "f3"; // RETURN
        return "0x" + code + data.substring(2);
    }
}
