package org.zkml.prover.inference;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.envelope.RoundId;
import org.zkml.prover.hash.Keccak256;

/**
 * What buyers and sellers sign, as EIP-712 hashes it. Queries and receipts are in the domain of the contract, ({@code zkML InferenceMarket}, {@code 1}, chain,
 * {@code InferenceMarket}); permissions to read are in one of their own, {@code zkML Predictions}, since no contract takes them.
 */
public final class MarketMessages {

    private static final byte[] DOMAIN =
            hash("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)");
    private static final String POINT = "G1Point(uint256 x,uint256 y)";
    private static final byte[] POINT_TYPE = hash(POINT);
    private static final byte[] QUERY =
            hash("Query(uint256 modelId,uint256 passId,uint32 count,bytes32 inputsHash,uint256 deadline)");
    private static final byte[] RECEIPT =
            hash("Receipt(uint256 modelId,uint256 passId,uint32 count,bytes32 queryId,uint16 version,uint8 lq,"
                    + "G1Point cX,G1Point cP,uint256 proofDeadline)" + POINT);
    private static final byte[] READ_PREDICTIONS = hash("ReadPredictions(uint256 passId,uint256 deadline)");

    private final BigInteger chainId;
    private final BigInteger contract;
    private final byte[] market;
    private final byte[] predictions;

    /** @param contract address of {@code InferenceMarket}, 160 bits */
    public MarketMessages(BigInteger chainId, BigInteger contract) {
        this.chainId = chainId;
        this.contract = contract;
        this.market = domain("zkML InferenceMarket", chainId, contract);
        this.predictions = domain("zkML Predictions", chainId, contract);
    }

    /** What the session key signs for a query, and what receipt and proof call {@code queryId}. */
    public byte[] query(Query query) {
        return digest(
                market,
                QUERY,
                word(query.modelId()),
                word(query.passId()),
                word(query.count()),
                query.inputsHash(),
                word(query.deadline()));
    }

    /** What the seller signs with an answer. */
    public byte[] receipt(AnswerReceipt receipt) {
        return digest(
                market,
                RECEIPT,
                word(receipt.modelId()),
                word(receipt.passId()),
                word(receipt.count()),
                word(receipt.queryId()),
                word(receipt.version()),
                word(receipt.lq()),
                point(receipt.rows()),
                point(receipt.predictions()),
                word(receipt.proofDeadline()));
    }

    /**
     * The session key's permission to show the answers to a pass to whoever presents it.
     *
     * @param deadline last Unix second at which it is good
     */
    public byte[] reading(BigInteger passId, BigInteger deadline) {
        return digest(predictions, READ_PREDICTIONS, word(passId), word(deadline));
    }

    /** What only the market knows of a query's proof. */
    public QueryContext context(BigInteger seller, BigInteger modelId, BigInteger queryId) {
        return new QueryContext(chainId, contract, seller, modelId, queryId);
    }

    private static byte[] domain(String name, BigInteger chainId, BigInteger contract) {
        return Keccak256.hash(DOMAIN, hash(name), hash("1"), word(chainId), word(contract));
    }

    private static byte[] digest(byte[] domain, byte[]... struct) {
        final ByteArrayOutputStream words = new ByteArrayOutputStream();
        for (byte[] word : struct) {
            words.writeBytes(word);
        }
        return Keccak256.hash(new byte[] {0x19, 0x01}, domain, Keccak256.hash(words.toByteArray()));
    }

    private static byte[] point(G1Affine point) {
        return Keccak256.hash(POINT_TYPE, point.toBytes());
    }

    private static byte[] word(long value) {
        return word(BigInteger.valueOf(value));
    }

    private static byte[] word(BigInteger value) {
        return RoundId.word(value);
    }

    private static byte[] hash(String text) {
        return Keccak256.hash(text.getBytes(StandardCharsets.US_ASCII));
    }
}
