package org.zkml.prover.engine;

/** What a proof's transcript says, for tests of other packages. */
public final class Transcripts {

    private Transcripts() {}

    /** The challenges that a proof was given. */
    public static Challenges challenges(Relation relation, byte[] proof) throws MalformedProofException {
        return new ReceivedProof(relation, proof).challenges;
    }
}
