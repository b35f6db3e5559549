package org.zkml.backend.inference;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import org.zkml.backend.chain.Hex;
import org.zkml.backend.chain.InferenceContracts.SoldPass;
import org.zkml.backend.chain.SignatureRejectedException;
import org.zkml.backend.chain.Signatures;
import org.zkml.prover.commitment.SecretScalars;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.inference.Answer;
import org.zkml.prover.inference.AnswerReceipt;
import org.zkml.prover.inference.HiddenColumn;
import org.zkml.prover.inference.Query;
import org.zkml.prover.inference.QueryBatch;

/** An answer. What is secret between buyer and seller is null once the receipt's term is over. */
@Entity
@Table(name = "prediction")
public class Prediction extends PanacheEntityBase {

    /** Digest of the query. */
    @Id
    @Column(name = "query_id")
    public String queryId;

    @Column(name = "pass_id", precision = 78, scale = 0)
    public BigInteger passId;

    /** Rows asked with the pass so far, these included: the query's count. */
    public long asked;

    @Column(name = "model_id", precision = 78, scale = 0)
    public BigInteger modelId;

    @Column(name = "row_count")
    public int rowCount;

    @Column(name = "inputs_hash")
    public String inputsHash;

    /** The query's. */
    @Column(precision = 78, scale = 0)
    public BigInteger deadline;

    /** The session key's, over the query: what the price is released with. */
    public byte[] signature;

    public int version;

    public int lq;

    @Column(name = "commitment_x")
    public byte[] commitmentX;

    @Column(name = "commitment_p")
    public byte[] commitmentP;

    /** Last Unix second of the receipt's term. */
    @Column(name = "proof_deadline")
    public long proofDeadline;

    /** The seller's, over the receipt. */
    @Column(name = "receipt_signature")
    public byte[] receiptSignature;

    public byte[] salt;

    /** Quantised features, row by row, two bytes each, big-endian. */
    public byte[] inputs;

    /** Table values, one a row, four bytes each, big-endian. */
    public byte[] answer;

    @Column(name = "blinder_x")
    public byte[] blinderX;

    @Column(name = "blinder_p")
    public byte[] blinderP;

    @Enumerated(EnumType.STRING)
    @Column(name = "proof_state")
    public ProofState proofState;

    /** Null unless it is proved. */
    public byte[] proof;

    /** Proofs that were begun. */
    public int attempts;

    /** When it is due to be proved, or tried again. */
    @Column(name = "due_at")
    public Instant dueAt;

    @Column(name = "answered_at")
    public Instant answeredAt;

    static Prediction of(
            Query query,
            byte[] signature,
            QueryBatch batch,
            AnswerReceipt receipt,
            byte[] receiptSignature,
            Answer answer) {
        final Prediction made = new Prediction();
        made.queryId = Hex.of(Hex.word(receipt.queryId()));
        made.passId = query.passId();
        made.asked = query.count();
        made.modelId = query.modelId();
        made.rowCount = batch.rows();
        made.inputsHash = Hex.of(query.inputsHash());
        made.deadline = query.deadline();
        made.signature = signature;
        made.version = receipt.version();
        made.lq = receipt.lq();
        made.commitmentX = receipt.rows().toBytes();
        made.commitmentP = receipt.predictions().toBytes();
        made.proofDeadline = receipt.proofDeadline().longValueExact();
        made.receiptSignature = receiptSignature;
        made.salt = batch.salt();
        made.inputs = bytes(batch.values());
        made.answer = bytes(answer.tableValues());
        made.blinderX = answer.rows().blinder().toBytes();
        made.blinderP = answer.predictions().blinder().toBytes();
        return made;
    }

    static Optional<Prediction> of(BigInteger passId, long asked) {
        return find("passId = ?1 and asked = ?2", passId, asked).firstResultOptional();
    }

    /** With the lowest count. */
    static Optional<Prediction> first(BigInteger passId) {
        return find("passId = ?1 order by asked", passId).firstResultOptional();
    }

    /** Whether the pass's session key has signed the query. */
    boolean isAskedBy(SoldPass pass) {
        try {
            Signatures.requireKey(pass.sessionKey(), Hex.parse(queryId), signature);
            return true;
        } catch (SignatureRejectedException e) {
            return false;
        }
    }

    /** Whether the answer is shown: while the receipt's term lasts. */
    boolean isShown(Instant now) {
        return answer != null && now.getEpochSecond() <= proofDeadline;
    }

    /** The rows asked about. */
    QueryBatch batch() {
        final short[] values = new short[inputs.length / Short.BYTES];
        ByteBuffer.wrap(inputs).asShortBuffer().get(values);
        return new QueryBatch(values, values.length / rowCount, salt);
    }

    /** The answer with its commitments. */
    public Answer answer() {
        return new Answer(tableValues(), lq, column(commitmentX, blinderX), column(commitmentP, blinderP));
    }

    /** The predictions as values of the activation table. */
    public int[] tableValues() {
        final int[] values = new int[rowCount];
        ByteBuffer.wrap(answer).asIntBuffer().get(values);
        return values;
    }

    /** What the seller signed. */
    public AnswerReceipt receipt() {
        return new AnswerReceipt(
                modelId,
                passId,
                asked,
                new BigInteger(1, Hex.parse(queryId)),
                version,
                lq,
                G1Affine.fromBytes(commitmentX, 0),
                G1Affine.fromBytes(commitmentP, 0),
                BigInteger.valueOf(proofDeadline));
    }

    private static HiddenColumn column(byte[] commitment, byte[] blinder) {
        final Scalar opened = SecretScalars.read(blinder);
        return new HiddenColumn(G1Affine.fromBytes(commitment, 0), opened);
    }

    private static byte[] bytes(short... values) {
        final ByteBuffer bytes = ByteBuffer.allocate(Short.BYTES * values.length);
        bytes.asShortBuffer().put(values);
        return bytes.array();
    }

    private static byte[] bytes(int... values) {
        final ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES * values.length);
        bytes.asIntBuffer().put(values);
        return bytes.array();
    }
}
