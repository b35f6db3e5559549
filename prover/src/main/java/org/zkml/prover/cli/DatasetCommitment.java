package org.zkml.prover.cli;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import org.zkml.prover.commitment.Committer;
import org.zkml.prover.data.EncodedDataset;
import org.zkml.prover.engine.Prover;
import org.zkml.prover.engine.ProverProgress;
import org.zkml.prover.relation.DatasetRelation;
import org.zkml.prover.relation.DatasetStatement;
import org.zkml.prover.relation.DatasetWitness;

/** A data set under fresh blinders, with the statement of its registration. */
record DatasetCommitment(DatasetStatement statement, DatasetOpening opening) {

    /** Phases of committing, {@link #prove} and keeping the result in their order. */
    static final List<String> PHASES = List.of(
            "reading powers",
            "commitments",
            "columns",
            "lookups",
            "first sum-check",
            "second sum-check",
            "opening",
            "self-verification",
            "writing");

    /** log2 of the largest table of the proof: n2 of docs/proof-system.md. */
    static int variables(EncodedDataset encoded) {
        return Math.max(encoded.lk() + encoded.ln(), encoded.schema().format().b());
    }

    static DatasetCommitment of(Address account, Deployment deployment, EncodedDataset encoded, Committer committer) {
        final DatasetOpening opening = DatasetOpening.of(encoded);
        final DatasetStatement statement = new DatasetStatement(
                deployment.chainId(),
                deployment.datasetRegistry().toBigInteger(),
                account.toBigInteger(),
                new BigInteger(1, encoded.schema().hash()),
                encoded.ln(),
                encoded.lk(),
                encoded.schema().format().b(),
                encoded.n(),
                encoded.feat(),
                opening.commitX(committer),
                opening.commitY(committer),
                committer.setup().verifierKey());
        return new DatasetCommitment(statement, opening);
    }

    /** The proof of the statement; it has been verified. */
    byte[] prove(Committer committer, ProverProgress progress) {
        return Prover.prove(
                new DatasetRelation(statement),
                new DatasetWitness(statement, opening.features(), opening.targets()),
                committer,
                progress);
    }

    /** Whether it commits to exactly these rows, by this schema. */
    boolean isOf(EncodedDataset encoded) {
        return statement.schemaHash().equals(new BigInteger(1, encoded.schema().hash()))
                && Arrays.equals(opening.x(), encoded.x())
                && Arrays.equals(opening.y(), encoded.y())
                && opening.n() == encoded.n();
    }
}
