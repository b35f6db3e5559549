package org.zkml.prover.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Function;
import org.zkml.prover.engine.MalformedProofException;
import org.zkml.prover.engine.Verifier;
import org.zkml.prover.relation.DatasetStatement;
import org.zkml.prover.relation.StatementJson;
import org.zkml.prover.relation.TrainRelation;
import org.zkml.prover.relation.TrainStatement;

/** A proof on disk: {@code proof.bin}, the bytes of docs/proof-system.md, section 3, and {@code statement.json}, which is there only with its proof. */
record ProofFiles(Path folder) {

    /** A proof is some kilobytes. */
    private static final long MAX_PROOF_BYTES = 1 << 20;

    Path proof() {
        return folder.resolve("proof.bin");
    }

    Path statement() {
        return folder.resolve("statement.json");
    }

    /** Where the proof was taken away, the statement alone is nothing. */
    boolean exist() {
        return Files.exists(statement()) && Files.exists(proof());
    }

    void write(ObjectNode statement, byte[] proof) {
        try {
            Files.deleteIfExists(statement());
        } catch (IOException e) {
            throw new CommandException(ExitCode.IO, statement() + ": cannot be replaced (" + e + ")", e);
        }
        AtomicFile.write(proof(), proof);
        JsonFile.write(statement(), statement);
    }

    DatasetStatement readDataset() {
        return statement(statement(), json -> StatementJson.readDataset(json.node()));
    }

    TrainStatement readTrain() {
        return statement(statement(), json -> StatementJson.readTrain(json.node()));
    }

    byte[] readProof() {
        return readProof(proof());
    }

    /** Whether the proof in the file is one of this statement. */
    boolean provesTrain(TrainStatement statement) {
        try {
            return Verifier.verify(new TrainRelation(statement), statement.key(), readProof())
                    .accepted();
        } catch (MalformedProofException e) {
            return false;
        }
    }

    /** The statement in a file. */
    static <T> T statement(Path path, Function<JsonFile, T> reader) {
        try {
            return reader.apply(JsonFile.read(path));
        } catch (IllegalArgumentException e) {
            throw new CommandException(
                    ExitCode.BAD_INPUT,
                    path + ": no statement of a proof: " + e.getMessage() + "; correct the file",
                    e);
        }
    }

    static byte[] readProof(Path path) {
        try {
            if (Files.size(path) > MAX_PROOF_BYTES) {
                throw new CommandException(
                        ExitCode.BAD_INPUT,
                        path + ": the file has " + Files.size(path) + " bytes, no proof has; check the path");
            }
            return Files.readAllBytes(path);
        } catch (NoSuchFileException e) {
            throw new CommandException(ExitCode.BAD_INPUT, path + ": there is no such file; check the path", e);
        } catch (IOException e) {
            throw new CommandException(ExitCode.IO, path + ": cannot be read (" + e + ")", e);
        }
    }
}
