package org.zkml.prover.cli;

import java.math.BigInteger;
import org.zkml.prover.averaging.ModelOpening;
import org.zkml.prover.averaging.NextModel;
import org.zkml.prover.commitment.Committer;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.engine.Prover;
import org.zkml.prover.engine.ProverProgress;
import org.zkml.prover.envelope.RoundId;
import org.zkml.prover.relation.AggregateRelation;
import org.zkml.prover.relation.AggregateStatement;
import org.zkml.prover.relation.AggregateWitness;
import org.zkml.prover.relation.StatementJson;

/** The proof that closes a round. */
final class Averages {

    private static final int LIMB_VARIABLES = 3; // eight limbs a weight (docs/proof-system.md, section 7a)

    private final CampaignSession session;

    Averages(CampaignSession session) {
        this.session = session;
    }

    /** log2 of the largest table of the proof: n2 of docs/proof-system.md. */
    static int variables(CampaignTerms terms) {
        return Math.max(terms.lk() + LIMB_VARIABLES, terms.b());
    }

    /** Proves that the model is the average, and keeps the proof in the round's folder; the statement must be the contract's own. */
    byte[] prove(Campaign campaign, RoundId round, long weightTotal, G1Affine sum, NextModel next) {
        final Committer committer = session.committer();
        final ModelOpening model = next.model();
        final AggregateStatement statement = new AggregateStatement(
                round.chainId(),
                round.contract(),
                campaign.owner().toBigInteger(),
                round.campaignId(),
                BigInteger.valueOf(round.round()),
                campaign.terms().lk(),
                campaign.terms().b(),
                weightTotal,
                sum,
                model.commit(committer),
                committer.setup().verifierKey());
        StatementCheck.requireAggregate(
                statement.encode(), session.rounds().aggregateStatement(round, statement.next()));
        final byte[] proof = Prover.prove(
                new AggregateRelation(statement),
                new AggregateWitness(statement, next.sum().blinded(), model.blinded()),
                committer,
                ProverProgress.SILENT);
        final ProofFiles files = new ProofFiles(session.workspace()
                .roundFolder(round.campaignId(), round.round())
                .resolve("average"));
        files.write(StatementJson.write(statement), proof);
        return proof;
    }
}
