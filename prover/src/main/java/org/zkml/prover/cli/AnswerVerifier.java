package org.zkml.prover.cli;

import java.math.BigInteger;
import java.util.Arrays;
import org.zkml.prover.cli.chain.AnswersContract;
import org.zkml.prover.cli.chain.CampaignsContract;
import org.zkml.prover.cli.chain.Chain;
import org.zkml.prover.cli.chain.MarketCheck;
import org.zkml.prover.cli.chain.ParametersContract;
import org.zkml.prover.cli.chain.SessionKey;
import org.zkml.prover.commitment.Committer;
import org.zkml.prover.commitment.Progress;
import org.zkml.prover.commitment.SetupFile;
import org.zkml.prover.engine.MalformedProofException;
import org.zkml.prover.fixedpoint.ActivationTable;
import org.zkml.prover.inference.Answer;
import org.zkml.prover.inference.AnswerCheck;
import org.zkml.prover.inference.AnswerReceipt;
import org.zkml.prover.inference.AnswerVerdict;
import org.zkml.prover.inference.AnswerVerdict.Wrong;
import org.zkml.prover.inference.ListedModel;
import org.zkml.prover.inference.QueryBatch;
import org.zkml.prover.inference.QueryContext;
import org.zkml.prover.relation.InferRelation;

/**
 * Checks answers for their buyer: against the rows, the chain and the setup. Nothing is believed that the seller says; from the chain come the pass, its seller and the model's
 * commitment.
 */
final class AnswerVerifier {

    /** Least time in which a buyer can get a proof that it was promised. */
    private static final long SHORTEST_TERM_SECONDS = 3_600;

    /** After a pass's term: its grace of three days less one (docs/marketplace.md). */
    private static final long LATEST_PROOF_SECONDS = 2 * 86_400;

    private final Deployment deployment;
    private final AnswersContract answers;
    private final Pass pass;
    private final Listing model;
    private final ActivationTable table;
    private final AnswerCheck check;

    private AnswerVerifier(
            Deployment deployment,
            AnswersContract answers,
            Pass pass,
            Listing model,
            ActivationTable table,
            AnswerCheck check) {
        this.deployment = deployment;
        this.answers = answers;
        this.pass = pass;
        this.model = model;
        this.table = table;
        this.check = check;
    }

    /**
     * @param model the pass's
     * @param largestLq log2 of the most rows of an answer, those that fill up among them
     */
    static AnswerVerifier open(
            Chain chain, Deployment deployment, SetupFile setup, Pass pass, Listing model, int largestLq) {
        MarketCheck.require(chain, deployment, setup.verifierKey());
        final CampaignTerms terms = new CampaignsContract(chain, deployment.trainingCampaigns())
                .campaign(pass.modelId())
                .terms();
        final ActivationTable table = ActivationTable.of(terms.kind(), terms.b());
        final int variables = InferRelation.variables(largestLq, terms.lk(), terms.b());
        final int deployed = new ParametersContract(chain, deployment.protocolParameters()).setupLog2();
        if (variables > deployed) {
            throw new CommandException(
                    ExitCode.REFUSED,
                    "a proof about 2^" + largestLq + " rows has tables of 2^" + variables
                            + " values, and the contracts verify none beyond 2^" + deployed
                            + "; ask about fewer rows at once, with a smaller --batch");
        }
        final Committer committer = SetupOption.committer(setup, variables, chain.chainId(), Progress.SILENT);
        return new AnswerVerifier(
                deployment,
                new AnswersContract(chain, deployment.inferenceMarket()),
                pass,
                model,
                table,
                new AnswerCheck(
                        new ListedModel(table, terms.lk(), Math.toIntExact(terms.feat()), model.commitment()),
                        committer));
    }

    /** Log2 of the most rows of an answer that the chain's verifier takes a proof about; -1 if it takes none. A setup's file may have more powers than the deployment that it is of. */
    static int deployedLq(Chain chain, Deployment deployment, CampaignTerms terms) {
        final int deployed = new ParametersContract(chain, deployment.protocolParameters()).setupLog2();
        int lq = -1;
        while (InferRelation.variables(lq + 1, terms.lk(), terms.b()) <= deployed) {
            lq++;
        }
        return lq;
    }

    /** Whether the pass's seller has signed a receipt for this query, whatever else it says. */
    boolean isSigned(AnswerFile file) {
        final AnswerReceipt receipt = file.response().receipt();
        return receipt.queryId().equals(new BigInteger(1, file.queryId()))
                && SessionKey.isBy(
                        pass.seller(),
                        file.messages().receipt(receipt),
                        file.response().receiptSignature());
    }

    /** Whether the receipt's term leaves time to get the proof, if it did not come with the answer. A receipt does not say when it was signed: a short rest of its term is nothing against the seller. */
    boolean isTimely(AnswerFile file) {
        final BigInteger earliest = BigInteger.valueOf(System.currentTimeMillis() / 1000 + SHORTEST_TERM_SECONDS);
        return file.hasProof() || file.response().receipt().proofDeadline().compareTo(earliest) >= 0;
    }

    /** That the receipt's term ends before the pass can be closed: what is proved later cannot be redeemed. */
    void requireRedeemable(AnswerFile file) {
        final BigInteger deadline = file.response().receipt().proofDeadline();
        final BigInteger latest = BigInteger.valueOf(pass.termEnd() + LATEST_PROOF_SECONDS);
        if (deadline.compareTo(latest) > 0) {
            throw refused(
                    file,
                    "the receipt owes the proof until " + deadline + ", which should be at most " + latest
                            + ", two days after the pass's term");
        }
    }

    /** Everything but the proof: that the seller has signed for this answer to this query, and that its commitments are of these rows and predictions. */
    void requireReceipt(AnswerFile file) {
        requireOwn(file);
        final AnswerReceipt receipt = file.response().receipt();
        final Answer answer = file.response().answer();
        final AnswerReceipt expected = new AnswerReceipt(
                pass.modelId(),
                pass.id(),
                file.query().count(),
                new BigInteger(1, file.queryId()),
                model.version(),
                file.batch().lq(),
                receipt.rows(),
                receipt.predictions(),
                receipt.proofDeadline());
        if (!receipt.equals(expected)) {
            throw refused(file, "the receipt is " + receipt + ", it should be " + expected);
        }
        if (!SessionKey.isBy(
                pass.seller(), file.messages().receipt(receipt), file.response().receiptSignature())) {
            throw refused(file, "the receipt is not signed by the pass's seller, " + pass.seller());
        }
        require(file, check.checkCommitments(file.batch(), answer));
        if (!Arrays.equals(file.response().values(), answer.realPredictions(table))) {
            throw refused(file, "the predictions as numbers are not those of the table's values");
        }
    }

    /** Receipt and proof: here, and by the chain's verifier. */
    void requireProved(AnswerFile file) {
        requireReceipt(file);
        final Answer answer = file.response().answer();
        final QueryBatch batch = file.batch();
        final QueryContext context = file.messages()
                .context(pass.seller().toBigInteger(), pass.modelId(), new BigInteger(1, file.queryId()));
        StatementCheck.requireInfer(
                check.statement(context, answer).encode(),
                answers.inferStatement(file.response().receipt()));
        final byte[] proof = file.response().proof();
        try {
            require(file, check.check(context, batch, answer, proof));
        } catch (MalformedProofException e) {
            throw new CommandException(ExitCode.PROOF_FALSE, place(file) + e.getMessage(), e);
        }
        answers.verifyAnswer(file.response().receipt(), proof);
    }

    private void requireOwn(AnswerFile file) {
        if (!file.chainId().equals(deployment.chainId())
                || !file.market().equals(deployment.inferenceMarket())
                || !file.query().modelId().equals(pass.modelId())) {
            throw refused(
                    file,
                    "it is about model " + file.query().modelId() + " of the market " + file.market() + " on chain "
                            + file.chainId() + ", the pass is for model " + pass.modelId() + " of "
                            + deployment.inferenceMarket() + " on chain " + deployment.chainId());
        }
        if (!SessionKey.isBy(pass.sessionKey(), file.queryId(), file.signature())) {
            throw refused(file, "the query is not signed by the pass's session key, " + pass.sessionKey());
        }
    }

    private static void require(AnswerFile file, AnswerVerdict verdict) {
        if (verdict instanceof Wrong(AnswerVerdict.Part part, String expected)) {
            throw refused(file, "wrong " + part + ": expected " + expected);
        }
    }

    private static CommandException refused(AnswerFile file, String problem) {
        return new CommandException(
                ExitCode.PROOF_FALSE,
                place(file) + problem + "; do not use it, and do not sign further queries to this seller");
    }

    private static String place(AnswerFile file) {
        return "answer to count " + file.query().count() + " of pass "
                + file.query().passId() + ": ";
    }
}
