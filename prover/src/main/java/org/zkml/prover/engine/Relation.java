package org.zkml.prover.engine;

import java.util.List;
import org.zkml.prover.commitment.Setup.VerifierKey;
import org.zkml.prover.curve.G1Affine;

/**
 * A relation as columns, sums, linear claims and equations (docs/proof-system.md, section 4), bound to one statement. Prover and
 * verifier read the same description; every method is a pure function of the statement and the challenges so far.
 */
public interface Relation {

    /** The statement's encoding, domain first. */
    byte[] encodeStatement();

    /** Commitments of the external and fixed columns, in the order of {@link Structure#columns}. */
    List<G1Affine> statementCommitments();

    /** The setup that the statement names. */
    VerifierKey verifierKey();

    Structure structure();

    /** What sum {@code sum} claims to be: 0, or a hidden sum. */
    Form sumClaim(int sum);

    /** The summand of sum {@code sum} at the first sum-check's point, in the values. */
    Form sumAtPoint(int sum, Challenges challenges);

    /** The relation's own equations, each a form that must be zero. */
    List<Form> equations();

    /** The linear claims, in the order of their powers of lambda. */
    List<LinearClaim> linearClaims(Challenges challenges);
}
