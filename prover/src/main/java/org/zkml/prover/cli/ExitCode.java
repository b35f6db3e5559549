package org.zkml.prover.cli;

/** How a command ended; the list is part of docs/command-line.md. */
public enum ExitCode {
    DONE(0),
    /** The proof is false, or its bytes are no proof of that statement. */
    PROOF_FALSE(1),
    /** Unknown command or option, missing argument, or a confirmation that was not given. */
    USAGE(2),
    /** A file given as input cannot be used: data, schema, setup, statement, campaign; or training on it leaves the provable range. */
    BAD_INPUT(3),
    /** The chain or the server refused, or what they say contradicts what was computed here. */
    REFUSED(4),
    /** A file cannot be read or written, or the chain or the server cannot be reached. */
    IO(5),
    /** The vault does not open: passphrase missing or wrong, or the file damaged. */
    VAULT(6),
    /** Something of value is there already, or something that has to be done before is not. */
    CONFLICT(7),
    /** A mistake of this program. */
    INTERNAL(10);

    private final int value;

    ExitCode(int value) {
        this.value = value;
    }

    /** The process's exit code. */
    public int value() {
        return value;
    }
}
