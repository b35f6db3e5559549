package org.zkml.prover.cli;

import java.math.BigInteger;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which campaign a process goes along with, and how. */
final class RoundsOption {

    private static final long SAFE_CONFIRMATIONS = 64; // two epochs of Ethereum

    /** For commands that need no other. */
    static final Long DEFAULT = null;

    @Mixin
    private CampaignOption campaignOption;

    @Option(names = "--once", description = "Do what is due now, and end.")
    private boolean once;

    @Option(
            names = "--every",
            defaultValue = "2000",
            paramLabel = "MILLIS",
            description = "How often to look what is due (default: every ${DEFAULT-VALUE} milliseconds).")
    private long everyMillis;

    @Option(
            names = "--confirmations",
            paramLabel = "BLOCKS",
            description =
                    "How deep below the head a block counts as final (default: 64, on the development chain 31337: 0).")
    private Long confirmations;

    BigInteger id() {
        return campaignOption.id();
    }

    boolean once() {
        return once;
    }

    long everyMillis() {
        if (everyMillis < 1) {
            throw new CommandException(ExitCode.USAGE, "--every " + everyMillis + ": must be 1 millisecond or more");
        }
        return everyMillis;
    }

    /** What was asked for, or null. */
    Long confirmations() {
        if (confirmations != null && confirmations < 0) {
            throw new CommandException(
                    ExitCode.USAGE, "--confirmations " + confirmations + ": must be 0 blocks or more");
        }
        return confirmations;
    }

    /** How deep below the head a block counts as final, if nothing else was asked for. */
    static long confirmations(Long asked, BigInteger chainId) {
        if (asked != null) {
            return asked;
        }
        return chainId.equals(Deployment.DEVELOPMENT_CHAIN) ? 0 : SAFE_CONFIRMATIONS;
    }
}
