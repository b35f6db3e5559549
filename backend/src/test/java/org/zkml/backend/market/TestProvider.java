package org.zkml.backend.market;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.List;
import java.util.Random;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.Keys;
import org.zkml.backend.campaign.AllowList;
import org.zkml.backend.chain.Authorization;
import org.zkml.backend.chain.Hex;
import org.zkml.backend.chain.SeatRequest;
import org.zkml.backend.chain.TypedMessages;
import org.zkml.prover.averaging.ModelOpening;
import org.zkml.prover.averaging.ModelShares;
import org.zkml.prover.averaging.VectorOpening;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.engine.Prover;
import org.zkml.prover.engine.Witness.Blinded;
import org.zkml.prover.envelope.PublicKeys;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.fixedpoint.ActivationTable;
import org.zkml.prover.fixedpoint.FixedPoint;
import org.zkml.prover.fixedpoint.Fraction;
import org.zkml.prover.fixedpoint.ModelKind;
import org.zkml.prover.fixedpoint.StepConstants;
import org.zkml.prover.hash.Keccak256;
import org.zkml.prover.poly.MultilinearPolynomial;
import org.zkml.prover.relation.DatasetRelation;
import org.zkml.prover.relation.DatasetStatement;
import org.zkml.prover.relation.DatasetWitness;
import org.zkml.prover.relation.EvaluateRelation;
import org.zkml.prover.relation.EvaluateStatement;
import org.zkml.prover.relation.EvaluateWitness;
import org.zkml.prover.relation.TrainRelation;
import org.zkml.prover.relation.TrainStatement;
import org.zkml.prover.relation.TrainWitness;
import org.zkml.prover.training.ExactScore;
import org.zkml.prover.training.IntegerTrainer;
import org.zkml.prover.training.ModelTrace;
import org.zkml.prover.training.TrainingShape;
import org.zkml.prover.training.TrainingTrace;

/** A provider with an account without funds, a small table of its own, and real proofs about it. */
public final class TestProvider {

    private static final int LN = 4;

    private final TestMarket market;
    private final Credentials account;
    private final int rows;
    private final short[] x = new short[1 << (LN + TestMarket.LK)];
    private final short[] y = new short[1 << LN];
    private final Blinded blindedX;
    private final Blinded blindedY;
    private final G1Affine commitmentX;
    private final G1Affine commitmentY;

    TestProvider(TestMarket market, int rows) {
        this.market = market;
        this.rows = rows;
        try {
            account = Credentials.create(Keys.createEcKeyPair(new SecureRandom()));
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        final Random random = new Random(account.getAddress().hashCode());
        final FixedPoint format = new FixedPoint(TestMarket.B);
        for (int row = 0; row < rows; row++) {
            x[row << TestMarket.LK] = format.one();
            for (int k = 1; k < TestMarket.FEAT; k++) {
                x[k + (row << TestMarket.LK)] = (short) (random.nextInt(40) - 20);
            }
            y[row] = (short) (random.nextBoolean() ? 1 << ModelKind.LOGISTIC.fp(TestMarket.B) : 0);
        }
        blindedX = new Blinded(MultilinearPolynomial.ofSmall(x), blinder());
        blindedY = new Blinded(MultilinearPolynomial.ofSmall(y), blinder());
        commitmentX = market.committer().commit(blindedX.polynomial(), blindedX.blinder());
        commitmentY = market.committer().commit(blindedY.polynomial(), blindedY.blinder());
    }

    private static Scalar blinder() {
        return Scalar.of(new BigInteger(250, new SecureRandom()));
    }

    public String address() {
        return account.getAddress();
    }

    public int rows() {
        return rows;
    }

    /** Rows of class 1. */
    public int positives() {
        int positives = 0;
        for (short target : y) {
            positives += target == 0 ? 0 : 1;
        }
        return positives;
    }

    AllowList.Entry entry() {
        return new AllowList.Entry(address(), TestMarket.ROW_CAP);
    }

    public byte[] datasetId() {
        return Keccak256.hash(Hex.word(integer(address())), commitmentX.toBytes(), commitmentY.toBytes());
    }

    /** A data set's registration, ready to be sent. */
    public record Registration(DatasetStatement statement, byte[] proof, Authorization authorization) {}

    public Registration registration() {
        final DatasetStatement statement = new DatasetStatement(
                market.deployment().chainId(),
                integer(market.deployment().registry()),
                integer(address()),
                new BigInteger(1, Keccak256.hash(TestMarket.SCHEMA)),
                LN,
                TestMarket.LK,
                TestMarket.B,
                rows,
                TestMarket.FEAT,
                commitmentX,
                commitmentY,
                market.deployment().verifierKey());
        final byte[] proof = Prover.prove(
                new DatasetRelation(statement),
                new DatasetWitness(statement, blindedX, blindedY),
                market.committer(),
                phase -> {});
        return new Registration(statement, proof, authorize(statement, proof, Consent.DEADLINE));
    }

    public Authorization authorize(DatasetStatement statement, byte[] proof, BigInteger deadline) {
        final Authorization unsigned = new Authorization(Consent.nonce(), deadline, new byte[0]);
        return signed(unsigned, TypedMessages.register(market.deployment(), statement, proof, unsigned));
    }

    /** A seat, ready to be taken. */
    public record Joining(SeatRequest request, Authorization authorization) {}

    public Joining joining(BigInteger campaignId, AllowList allowList) {
        final PublicKeys keys = TestMarket.keys(address()).publicKeys();
        final SeatRequest request = new SeatRequest(
                campaignId,
                datasetId(),
                BigInteger.valueOf(TestMarket.ROW_CAP),
                keys.x25519(),
                keys.mlKem(),
                allowList.path(entry()));
        final Authorization unsigned = new Authorization(Consent.nonce(), Consent.DEADLINE, new byte[0]);
        return new Joining(request, signed(unsigned, TypedMessages.join(market.deployment(), request, unsigned)));
    }

    /**
     * A contribution, ready to be sent.
     *
     * @param openings the shares of both aggregators
     */
    public record Contribution(
            TrainStatement statement,
            byte[] datasetId,
            List<G1Affine> shares,
            byte[] proof,
            Authorization authorization,
            List<VectorOpening> openings) {}

    /** Trains on its data from the zero model, and proves it; different blinders at every call. */
    public Contribution contribution(BigInteger campaignId) {
        return contribution(campaignId, 0, ModelOpening.zero(TestMarket.LK));
    }

    /** Trains on its data from the round's model. */
    Contribution contribution(BigInteger campaignId, int round, ModelOpening model) {
        final TrainingShape shape = new TrainingShape(
                TestMarket.LB, LN - TestMarket.LB, TestMarket.LK, TestMarket.LT, TestMarket.STEPS, TestMarket.B);
        final ActivationTable table = ActivationTable.of(ModelKind.LOGISTIC, TestMarket.B);
        final StepConstants constants = StepConstants.of(
                Fraction.of(1, 2), Fraction.of(1, 100), shape.batchRows(rows), ModelKind.LOGISTIC, TestMarket.B);
        final TrainingTrace trace = new IntegerTrainer(shape, table, constants).train(x, y, model.weights());
        final Blinded in = model.blinded();
        final Blinded out = new Blinded(MultilinearPolynomial.ofLongs(trace.weightsOut()), blinder());
        final TrainStatement statement = new TrainStatement(
                market.deployment().chainId(),
                integer(market.deployment().campaigns()),
                integer(address()),
                campaignId,
                BigInteger.valueOf(round),
                new TrainStatement.Shape(shape.lb(), shape.li(), shape.lk(), shape.lt(), shape.steps(), shape.b()),
                table.fp(),
                BigInteger.valueOf(constants.c()),
                BigInteger.valueOf(constants.d()),
                market.committer().commit(TrainWitness.fixedTable(table.values(), TestMarket.B), Scalar.ZERO),
                commitmentX,
                commitmentY,
                model.commit(market.committer()),
                market.committer().commit(out.polynomial(), out.blinder()),
                market.deployment().verifierKey());
        final byte[] proof = Prover.prove(
                new TrainRelation(statement),
                new TrainWitness(
                        statement,
                        new TrainWitness.Inputs(blindedX, blindedY, in, out),
                        new TrainWitness.Columns(
                                MultilinearPolynomial.ofSmall(trace.zi()),
                                MultilinearPolynomial.ofSmall(trace.rem()),
                                MultilinearPolynomial.ofSmall(trace.p()),
                                MultilinearPolynomial.ofSmall(trace.aux())),
                        table.values()),
                market.committer(),
                phase -> {});
        final ModelShares split = ModelShares.draw(2, TestMarket.LK);
        final List<G1Affine> shares = split.commit(market.committer());
        return new Contribution(
                statement,
                datasetId(),
                shares,
                proof,
                authorize(statement, shares, proof),
                split.of(new ModelOpening(trace.weightsOut(), out.blinder())));
    }

    public Authorization authorize(TrainStatement statement, List<G1Affine> shares, byte[] proof) {
        final Authorization unsigned = new Authorization(Consent.nonce(), Consent.DEADLINE, new byte[0]);
        return signed(
                unsigned,
                TypedMessages.contribute(market.deployment(), statement, datasetId(), shares, proof, unsigned));
    }

    /**
     * How good a model is on its data, proved in the name of somebody who knows both.
     *
     * @param hits rows whose class is predicted rightly
     */
    public record Metric(long hits, BigInteger squaredErrorSum, byte[] proof) {}

    /**
     * Proves a model's score on its data.
     *
     * @param campaignId with modelRound the statement's words: 0 both for the base rate
     */
    Metric metric(BigInteger campaignId, int modelRound, ModelOpening model, String prover) {
        final ActivationTable table = ActivationTable.of(ModelKind.LOGISTIC, TestMarket.B);
        final FixedPoint format = new FixedPoint(TestMarket.B);
        final int[] features = blindedX.polynomial().smallValues();
        final int[] targets = blindedY.polynomial().smallValues();
        final ExactScore score =
                ExactScore.of(ModelTrace.of(format, table.values(), model.weights(), features), targets, rows, format);
        final EvaluateStatement statement = new EvaluateStatement(
                market.deployment().chainId(),
                integer(market.deployment().metrics()),
                integer(prover),
                campaignId,
                BigInteger.valueOf(modelRound),
                false,
                LN,
                TestMarket.LK,
                TestMarket.B,
                table.fp(),
                rows,
                score.hits(),
                score.squaredErrorSum(),
                market.committer().commit(TrainWitness.fixedTable(table.values(), TestMarket.B), Scalar.ZERO),
                commitmentX,
                commitmentY,
                model.commit(market.committer()),
                market.deployment().verifierKey());
        final byte[] proof = Prover.prove(
                new EvaluateRelation(statement),
                new EvaluateWitness(statement, blindedX, blindedY, model.blinded(), table.values()),
                market.committer(),
                phase -> {});
        return new Metric(score.hits(), score.squaredErrorSum(), proof);
    }

    /** Its account. */
    Credentials credentials() {
        return account;
    }

    /** Its signature, of 65 bytes. */
    public byte[] sign(byte[] digest) {
        return Consent.sign(account, digest);
    }

    private Authorization signed(Authorization unsigned, byte[] digest) {
        return new Authorization(unsigned.nonce(), unsigned.deadline(), Consent.sign(account, digest));
    }

    private static BigInteger integer(String address) {
        return new BigInteger(address.substring(2), 16);
    }
}
