package org.zkml.prover.relation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.zkml.prover.commitment.KnownSetup;
import org.zkml.prover.fixedpoint.ModelKind;
import org.zkml.prover.training.TrainingShape;

/** The proof by which the cost of a verification is stated: n1 = n2 = 20, 16,000 rows of 64 features, 64 full-batch steps, b = 16. */
final class LargeProof {

    static final String COMMAND = "mvn -pl prover test -Dtest=LargeProofWriter -Dzkml.write.fixtures=true";
    static final Path FOLDER = Path.of("../contracts/test/fixtures/train-n20");

    private static final int LOG_SIZE = 20;
    private static final ProofCase CASE = new ProofCase(
            "train-n20",
            setup -> TrainInstance.random(
                    new TrainingShape(0, 14, 6, 6, 64, 16), ModelKind.LOGISTIC, 16_000, 20, setup));

    private LargeProof() {}

    static void write() throws IOException {
        final KnownSetup setup = KnownSetup.of(LOG_SIZE);
        final Instance instance = CASE.make(setup);
        final byte[] proof = CASE.prove(instance, setup);
        Files.createDirectories(FOLDER);
        Files.writeString(
                FOLDER.resolve("statement.json"),
                new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(instance.statementJson())
                        + "\n");
        Files.write(FOLDER.resolve("proof.bin"), proof);
        Files.writeString(FOLDER.resolve("README.md"), """
                # TRAIN at n1 = n2 = 20

                16,000 rows of 64 features, 64 full-batch steps, logistic regression, b = 16. Made by
                `org.zkml.prover.relation.LargeProof`: data from `java.util.Random(20)`, blinders, pads and the setup (whose secrets are known)
                from keccak-256 of fixed labels (`SeededScalars`). Again, in about 3 GiB:

                ```
                %s
                ```
                """.formatted(COMMAND));
    }

    static JsonNode statement() throws IOException {
        return new ObjectMapper().readTree(FOLDER.resolve("statement.json").toFile());
    }

    static byte[] proof() throws IOException {
        return Files.readAllBytes(FOLDER.resolve("proof.bin"));
    }
}
