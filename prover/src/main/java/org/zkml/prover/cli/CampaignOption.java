package org.zkml.prover.cli;

import java.math.BigInteger;
import picocli.CommandLine.Option;

/** A campaign on chain, and the data set that takes part in it. */
final class CampaignOption {

    @Option(
            names = {"-c", "--campaign"},
            required = true,
            paramLabel = "ID",
            description = "The campaign's number.")
    private BigInteger id;

    @Option(
            names = "--name",
            defaultValue = "data",
            description = "The data set's name in the workspace (default: ${DEFAULT-VALUE}).")
    private String dataset;

    BigInteger id() {
        return id;
    }

    String dataset() {
        return dataset;
    }
}
