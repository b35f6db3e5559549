package org.zkml.prover.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.zkml.prover.data.Schema;

/** Files of a campaign that is small enough for unit tests: 12 rows, 2 features, limbs of 8 bits. */
final class SmallCampaign {

    static final String CSV = """
            age,dose,ill
            40,1.0,0
            42,1.5,0
            45,0.5,0
            47,2.0,0
            50,1.0,0
            52,2.5,1
            55,3.0,1
            57,1.5,0
            60,3.5,1
            62,3.0,1
            65,4.0,1
            67,3.5,1
            """;

    static final String SCHEMA = """
            {
              "format": "zkml-schema/1",
              "name": "small",
              "model": "logistic",
              "limbBits": 8,
              "target": {"column": "ill", "kind": "binary", "negative": "0", "positive": "1"},
              "features": [
                {"column": "age", "kind": "numeric", "mean": 53, "scale": 9},
                {"column": "dose", "kind": "numeric", "mean": 2, "scale": 1}
              ]
            }
            """;

    private final Path folder;

    SmallCampaign(Path folder) throws IOException {
        this.folder = folder;
        Files.writeString(csv(), CSV);
        Files.writeString(schema(), SCHEMA);
        Files.writeString(deployment(), deploymentOn(31337));
        Files.writeString(task(), task("1", 4));
    }

    Path csv() {
        return folder.resolve("rows.csv");
    }

    Path schema() {
        return folder.resolve("schema.json");
    }

    Path deployment() {
        return folder.resolve("deployment.json");
    }

    Path task() {
        return folder.resolve("task.json");
    }

    Path setup() {
        return folder.resolve("dev.srs");
    }

    Path workspace() {
        return folder.resolve("workspace");
    }

    /** Makes setup and workspace, and commits to the rows. */
    SmallCampaign committed() {
        Cli.run("setup", "dev", "--power", 9, setup()).requireDone();
        Cli.run("init", "-w", workspace()).requireDone();
        Cli.run("connect", "-w", workspace(), "--deployment", deployment(), "--setup", setup())
                .requireDone();
        Cli.run("commit", csv(), "--schema", schema(), "-w", workspace()).requireDone();
        return this;
    }

    static String deploymentOn(long chainId) {
        final StringBuilder contracts = new StringBuilder();
        int i = 1;
        for (String name : new String[] {
            "protocolParameters",
            "datasetVerifier",
            "trainingVerifier",
            "aggregationVerifier",
            "inferenceVerifier",
            "evaluationVerifier",
            "datasetRegistry",
            "trainingCampaigns",
            "rewardToken",
            "inferenceMarket",
            "modelMetrics"
        }) {
            contracts.append(i == 1 ? "" : ",").append("\"%s\": \"0x%040x\"".formatted(name, i++));
        }
        return "{\"format\": \"zkml-deployment/1\", \"chainId\": \"%d\", \"block\": 0, \"contracts\": {%s}}"
                .formatted(chainId, contracts);
    }

    static String task(String rate, int steps) {
        return """
                {"format": "zkml-task/1", "campaignId": "7", "round": 0, "schemaHash": "%s", "kind": "logistic",
                 "b": 8, "lk": 2, "lb": 0, "lt": 2, "steps": %d, "rate": "%s", "decay": "1/100"}
                """.formatted(
                        Schema.parse(SCHEMA.getBytes(java.nio.charset.StandardCharsets.UTF_8), "small")
                                .hashHex(),
                        steps,
                        rate);
    }
}
