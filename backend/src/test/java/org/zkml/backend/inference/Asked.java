package org.zkml.backend.inference;

import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.PathConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.zkml.backend.chain.Hex;
import org.zkml.backend.chain.InferenceContracts.SoldPass;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.hash.Keccak256;
import org.zkml.prover.inference.Answer;
import org.zkml.prover.inference.AnswerReceipt;
import org.zkml.prover.inference.HiddenColumn;
import org.zkml.prover.inference.Query;
import org.zkml.prover.inference.QueryBatch;

/** A query to a pass about rows that a salt tells from others, and an answer. */
record Asked(SoldPass pass, Query query, Prediction made) {

    static final BigInteger MODEL = BigInteger.ONE;
    static final String SESSION_KEY = "0x" + "5e".repeat(20);
    static final String SELLER = "0x" + "53".repeat(20);
    static final long DEADLINE = 2_000_000_000;

    /** Passes of no chain: other tests of this database read those of a real one. */
    static final long FIRST_PASS = 1_000_000;

    /** The number of a pass that these tests count from 1. */
    static BigInteger pass(long number) {
        return BigInteger.valueOf(FIRST_PASS + number);
    }

    static SoldPass sold(String market, long pass, long redeemed) {
        return new SoldPass(market, pass(pass), MODEL, SESSION_KEY, SELLER, 100_000, redeemed, false, DEADLINE, 0);
    }

    static Asked of(SoldPass pass, long count, int rows, int salt, ProofState state) {
        final byte[] saltBytes = new byte[QueryBatch.SALT_BYTES];
        saltBytes[0] = (byte) salt;
        final QueryBatch batch = new QueryBatch(new short[3 * rows], 3, saltBytes);
        final Query query = new Query(MODEL, pass.id(), count, batch.inputsHash(), BigInteger.valueOf(DEADLINE));
        final byte[] id = Keccak256.hash(Hex.word(pass.id()), Hex.word(BigInteger.valueOf(count)), batch.inputsHash());
        final HiddenColumn column = new HiddenColumn(G1Affine.GENERATOR, Scalar.of(7));
        final Answer answer = new Answer(new int[rows], batch.lq(), column, column);
        final AnswerReceipt receipt =
                AnswerReceipt.of(query, new BigInteger(1, id), 1, answer, BigInteger.valueOf(DEADLINE));
        final Prediction made = Prediction.of(query, new byte[65], batch, receipt, new byte[65], answer);
        made.proofState = state;
        made.dueAt = Instant.EPOCH;
        return new Asked(pass, query, made);
    }

    /** The seller's configuration with some values of its own: names without prefix, and values. */
    static SellerConfig config(String... values) {
        final SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder()
                .withMapping(SellerConfig.class)
                .withConverter(Duration.class, 200, new DurationConverter())
                .withConverter(Path.class, 200, new PathConverter());
        for (int i = 0; i < values.length; i += 2) {
            builder.withDefaultValue("zkml.seller." + values[i], values[i + 1]);
        }
        return builder.build().getConfigMapping(SellerConfig.class);
    }
}
