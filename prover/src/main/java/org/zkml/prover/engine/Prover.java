package org.zkml.prover.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.zkml.prover.commitment.Committer;
import org.zkml.prover.commitment.Setup.VerifierKey;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.engine.ColumnSpec.Kind;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.pad.Pad;
import org.zkml.prover.pad.PadPolynomials;
import org.zkml.prover.poly.MultilinearPolynomial;
import org.zkml.prover.sumcheck.FirstSumcheck;
import org.zkml.prover.sumcheck.SecondSumcheck;
import org.zkml.prover.sumcheck.SumGroup;
import org.zkml.prover.transcript.Transcript;

/**
 * The prover of docs/proof-system.md, section 4, for any relation. Each attempt draws all randomness afresh; a proof is verified before
 * it is let out.
 */
public final class Prover {

    private final Committer committer;
    private final ProverRandomness randomness;
    private final ProverProgress progress;

    private Prover(Committer committer, ProverRandomness randomness, ProverProgress progress) {
        this.committer = committer;
        this.randomness = randomness;
        this.progress = progress;
    }

    /**
     * Proves a relation.
     *
     * @throws IllegalArgumentException if the statement's shape is beyond pad or setup, or the statement is about another setup
     * @throws IllegalStateException if the witness does not satisfy the relation
     */
    public static byte[] prove(Relation relation, Witness witness, Committer committer, ProverProgress progress) {
        return prove(relation, witness, committer, ProverRandomness.secure(), progress);
    }

    static byte[] prove(
            Relation relation,
            Witness witness,
            Committer committer,
            ProverRandomness randomness,
            ProverProgress progress) {
        final byte[] proof = proveUnverified(relation, witness, committer, randomness, progress);
        progress.phase("self-verification");
        requireValid(relation, committer.setup().verifierKey(), proof);
        progress.phase("done");
        return proof;
    }

    /** The proof, false if the witness does not satisfy the relation: not to be let out. */
    static byte[] proveUnverified(
            Relation relation,
            Witness witness,
            Committer committer,
            ProverRandomness randomness,
            ProverProgress progress) {
        final Structure structure = relation.structure();
        structure.requireSupported();
        final int needed = Math.max(1 << structure.n2(), Pad.ORDER + 1);
        if (committer.setup().size() < needed) {
            throw new IllegalArgumentException("the setup has 2^"
                    + committer.setup().logSize() + " powers, " + needed + " are needed: make or import a larger one");
        }
        if (!committer.setup().verifierKey().equals(relation.verifierKey())) {
            throw new IllegalArgumentException("the statement is about another setup than the prover's");
        }
        final Prover prover = new Prover(committer, randomness, progress);
        byte[] proof = null;
        while (proof == null) {
            proof = prover.attempt(relation, witness);
        }
        return proof;
    }

    private static void requireValid(Relation relation, VerifierKey key, byte[] proof) {
        try {
            final Verification verdict = Verifier.verify(relation, key, proof);
            if (verdict instanceof Verification.Rejected rejected) {
                throw new IllegalStateException("the proof does not verify (" + rejected.stage()
                        + "): the witness does not satisfy the relation");
            }
        } catch (MalformedProofException e) {
            throw new IllegalStateException("the prover wrote a malformed proof", e);
        }
    }

    /** One run of the protocol, or null if a challenge asks for a fresh start. */
    private byte[] attempt(Relation relation, Witness witness) {
        final Structure structure = relation.structure();
        final Transcript transcript = new Transcript(relation.encodeStatement());
        final ProofWriter out = new ProofWriter(transcript);
        final Challenges challenges = new Challenges();

        progress.phase("columns");
        final PadPolynomials pads = drawPads();
        final CommittedPolynomial padA = CommittedPolynomial.of(pads.a(), randomness.draw("A"));
        final CommittedPolynomial padB = CommittedPolynomial.of(pads.b(), randomness.draw("B"));
        final CommittedPolynomial padC = CommittedPolynomial.of(pads.c(), randomness.draw("C"));
        for (CommittedPolynomial pad : List.of(padA, padB, padC)) {
            out.point(pad.commit(committer));
        }
        final Witness.Blinded[] columns =
                new Witness.Blinded[structure.columns().size()];
        final G1Affine[] commitments = new G1Affine[columns.length];
        placeStatementColumns(relation, witness, columns, commitments);
        commitColumns(structure, Kind.FIRST_PHASE, witness.firstPhase(), columns, commitments, out);
        out.absorb();
        challenges.setFirst(transcript.challenges(structure.firstChallenges()));
        progress.phase("lookups");
        commitColumns(structure, Kind.SECOND_PHASE, witness.secondPhase(challenges), columns, commitments, out);
        out.absorb();
        challenges.setPoints(
                structure.points().stream().map(transcript::challenges).toArray(Scalar[][]::new));

        final Scalar[] sent = new Scalar[structure.hiddenMessages()];
        final Messages messages = new Messages(pads, sent, out);
        progress.phase("first sum-check");
        runFirstSumcheck(relation, witness, challenges, messages, transcript);
        final Scalar lambda = transcript.challenge();

        progress.phase("second sum-check");
        final List<LinearClaim> claims = relation.linearClaims(challenges);
        final SecondSumcheck second = JoinedClaims.secondSumcheck(structure, claims, lambda, columns);
        final Scalar[] u = new Scalar[structure.n2()];
        for (int k = structure.n2() - 1, round = 0; k >= 0; k--, round++) {
            final Scalar[] message = second.round(k);
            messages.send(structure.secondSumcheckSlot(round, 0), message[0]);
            messages.send(structure.secondSumcheckSlot(round, 1), message[1]);
            out.absorb();
            u[k] = transcript.challenge();
            second.bind(k, u[k]);
        }

        progress.phase("opening");
        final Opening opening = new Opening(relation, columns, commitments, committer, randomness);
        return opening.prove(
                new Opening.Pads(pads, padA, padB, padC),
                ColumnWeights.at(structure, claims, lambda, u),
                u,
                eta -> EquationBuilder.build(relation, challenges, claims, lambda, u, eta, sent),
                out,
                transcript);
    }

    /** Sends hidden messages: each true value plus the pad of its slot. */
    private record Messages(PadPolynomials pads, Scalar[] sent, ProofWriter out) {
        void send(int slot, Scalar value) {
            sent[slot] = value.add(pads.slot(slot));
            out.scalar(sent[slot]);
        }
    }

    private PadPolynomials drawPads() {
        final Scalar[] slots = new Scalar[Pad.SLOTS];
        for (int j = 0; j < Pad.ORDER; j++) {
            slots[2 * j] = randomness.draw("a_" + j);
            slots[2 * j + 1] = randomness.draw("b_" + j);
        }
        return new PadPolynomials(slots, randomness.draw("a_star"));
    }

    private static void placeStatementColumns(
            Relation relation, Witness witness, Witness.Blinded[] columns, G1Affine[] commitments) {
        final Structure structure = relation.structure();
        int next = 0;
        for (int j = 0; j < columns.length; j++) {
            final Kind kind = structure.columns().get(j).kind();
            if (kind == Kind.EXTERNAL || kind == Kind.FIXED) {
                columns[j] =
                        requireSize(structure, j, witness.statementColumns().get(next));
                commitments[j] = relation.statementCommitments().get(next++);
            }
        }
    }

    private void commitColumns(
            Structure structure,
            Kind kind,
            List<MultilinearPolynomial> polynomials,
            Witness.Blinded[] columns,
            G1Affine[] commitments,
            ProofWriter out) {
        final List<Integer> indices = structure.columnsOf(kind);
        for (int i = 0; i < indices.size(); i++) {
            final int j = indices.get(i);
            final Scalar blinder = randomness.draw(structure.columns().get(j).name());
            columns[j] = requireSize(structure, j, new Witness.Blinded(polynomials.get(i), blinder));
            commitments[j] = committer.commit(polynomials.get(i), blinder);
            out.point(commitments[j]);
        }
    }

    private static Witness.Blinded requireSize(Structure structure, int column, Witness.Blinded blinded) {
        final ColumnSpec spec = structure.columns().get(column);
        if (blinded.polynomial().numVars() != spec.numVars()) {
            throw new IllegalArgumentException("column " + spec.name() + " has "
                    + blinded.polynomial().numVars() + " variables, the statement says " + spec.numVars());
        }
        return blinded;
    }

    private void runFirstSumcheck(
            Relation relation, Witness witness, Challenges challenges, Messages messages, Transcript transcript) {
        final Structure structure = relation.structure();
        final Scalar[] hidden = witness.hiddenSums(challenges);
        for (int i = 0; i < hidden.length; i++) {
            messages.send(structure.hiddenSlot(i), hidden[i]);
        }
        messages.out().absorb();
        challenges.setGamma(transcript.challenge());
        final List<SumGroup> groups = new ArrayList<>(witness.sums(challenges));
        final FirstSumcheck sumcheck = new FirstSumcheck(groups, trueClaims(relation, hidden), challenges.gamma());
        final Scalar[] r = new Scalar[structure.n1()];
        for (int k = structure.n1() - 1, round = 0; k >= 0; k--, round++) {
            final Scalar[] message = sumcheck.round(k);
            for (int place = 0; place < 4; place++) {
                messages.send(structure.firstSumcheckSlot(round, place), message[place]);
            }
            messages.out().absorb();
            r[k] = transcript.challenge();
            sumcheck.bind(k, r[k]);
        }
        challenges.setRounds(r);
        final Scalar[] values = witness.values(groups);
        for (int i = 0; i < values.length; i++) {
            messages.send(i, values[i]);
        }
        final Scalar[] clear = witness.clearValues(challenges);
        for (Scalar value : clear) {
            messages.out().scalar(value);
        }
        challenges.setClear(clear);
        messages.out().absorb();
    }

    /** The sums' claims with the hidden sums filled in. */
    private static Scalar[] trueClaims(Relation relation, Scalar[] hidden) {
        final Structure structure = relation.structure();
        final Scalar[] claims = new Scalar[structure.sums().size()];
        Arrays.setAll(claims, j -> {
            final Form form = relation.sumClaim(j);
            Scalar claim = form.constant();
            for (Form.Linear term : form.linear()) {
                claim = claim.add(term.coefficient().mul(hidden[term.slot() - structure.hiddenSlot(0)]));
            }
            return claim;
        });
        return claims;
    }
}
