package org.zkml.prover.cli;

import java.math.BigInteger;
import picocli.CommandLine.Option;

/** A campaign on chain. */
final class CampaignOption {

    @Option(
            names = {"-c", "--campaign"},
            required = true,
            paramLabel = "ID",
            description = "The campaign's number.")
    private BigInteger id;

    BigInteger id() {
        return id;
    }
}
