package org.zkml.prover.relation;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.zkml.prover.engine.BatchVerifier;
import org.zkml.prover.engine.BatchVerifier.Claim;
import org.zkml.prover.engine.BatchVerifier.Outcome;
import org.zkml.prover.engine.MalformedProofException;
import org.zkml.prover.engine.PreparedKey;
import org.zkml.prover.engine.Relation;
import org.zkml.prover.engine.Verification;
import org.zkml.prover.engine.Verifier;

/** Time to verify one proof, alone on one core and in a batch of 128 on all of them. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
public class VerifierBenchmark {

    private static final int BATCH = 128;

    /** n1 = n2 = 20; n2 = 17, as of a few hundred rows and the table of 16 bits. */
    @Param({"train-n20", "largest table"})
    public String proof;

    private Claim claim;
    private PreparedKey key;
    private List<Claim> claims;
    private List<Claim> someFalse;

    @Setup
    public void read() throws IOException {
        claim = proof.equals("train-n20")
                ? new Claim(StatementJson.readRelation(LargeProof.statement()), LargeProof.proof())
                : fixture(proof);
        key = new PreparedKey(claim.relation().verifierKey());
        claims = Collections.nCopies(BATCH, claim);
        someFalse = new ArrayList<>(claims);
        final byte[] lie = claim.proof().clone();
        System.arraycopy(lie, 0, lie, lie.length - 64, 64);
        someFalse.set(BATCH / 3, new Claim(claim.relation(), lie));
        someFalse.set(BATCH / 2, new Claim(claim.relation(), lie));
    }

    private static Claim fixture(String name) {
        for (JsonNode written : ProofFixture.TRAIN.read().get("cases")) {
            if (written.get("name").asText().equals(name)) {
                final Relation relation = StatementJson.readRelation(written.get("statement"));
                return new Claim(
                        relation,
                        HexFormat.of().parseHex(written.get("proof").asText().substring(2)));
            }
        }
        throw new IllegalArgumentException("no case " + name);
    }

    @Benchmark
    public Verification single() throws MalformedProofException {
        return Verifier.verify(claim.relation(), key, claim.proof());
    }

    @Benchmark
    public Verification singleWithAnUnpreparedKey() throws MalformedProofException {
        return Verifier.verify(claim.relation(), key.key(), claim.proof());
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public List<Outcome> batch() {
        return BatchVerifier.verify(key, claims);
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public List<Outcome> batchWithTwoFalseProofs() {
        return BatchVerifier.verify(key, someFalse);
    }
}
