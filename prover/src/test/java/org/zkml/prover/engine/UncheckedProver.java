package org.zkml.prover.engine;

import java.util.function.Function;
import org.zkml.prover.commitment.Committer;
import org.zkml.prover.field.Scalar;

/** The prover with chosen randomness: what only tests may do. */
public final class UncheckedProver {

    private UncheckedProver() {}

    /** A proof that may be false: it is let out without self-verification. */
    public static byte[] prove(
            Relation relation, Witness witness, Committer committer, Function<String, Scalar> randomness) {
        return Prover.proveUnverified(relation, witness, committer, randomness::apply, ProverProgress.SILENT);
    }

    /** A proof that verifies. */
    public static byte[] proveTruly(
            Relation relation, Witness witness, Committer committer, Function<String, Scalar> randomness) {
        return Prover.prove(relation, witness, committer, randomness::apply, ProverProgress.SILENT);
    }
}
