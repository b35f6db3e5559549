package org.zkml.prover.cli.chain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.io.IOException;
import java.math.BigInteger;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.web3j.crypto.StructuredDataEncoder;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.inference.AnswerReceipt;
import org.zkml.prover.inference.MarketMessages;
import org.zkml.prover.inference.Query;

/** Queries, receipts and permissions as wallets would hash and show them; that the contract hashes the same shows whenever a pass is redeemed. */
class MarketMessagesTest {

    private static final long SEED = 4711;

    private static final String QUERY = """
            "Query": [{"name": "modelId", "type": "uint256"}, {"name": "passId", "type": "uint256"}, {"name": "count", "type": "uint32"},
            {"name": "inputsHash", "type": "bytes32"}, {"name": "deadline", "type": "uint256"}]""";

    private static final String RECEIPT = """
            "Receipt": [{"name": "modelId", "type": "uint256"}, {"name": "passId", "type": "uint256"}, {"name": "count", "type": "uint32"},
            {"name": "queryId", "type": "bytes32"}, {"name": "version", "type": "uint16"}, {"name": "lq", "type": "uint8"},
            {"name": "cX", "type": "G1Point"}, {"name": "cP", "type": "G1Point"}, {"name": "proofDeadline", "type": "uint256"}],
            "G1Point": [{"name": "x", "type": "uint256"}, {"name": "y", "type": "uint256"}]""";

    private static final String READ = """
            "ReadPredictions": [{"name": "passId", "type": "uint256"}, {"name": "deadline", "type": "uint256"}]""";

    private final Random random = new Random(SEED);

    @Test
    void areThoseOfTypedData() throws IOException {
        for (int i = 0; i < 20; i++) {
            final BigInteger chainId = BigInteger.valueOf(1 + random.nextInt(100_000));
            final BigInteger contract = new BigInteger(160, random);
            final MarketMessages messages = new MarketMessages(chainId, contract);
            final Query query = query();
            final byte[] digest = messages.query(query);
            assertArrayEquals(
                    typed("zkML InferenceMarket", chainId, contract, "Query", QUERY, """
                            "modelId": "%s", "passId": "%s", "count": "%d", "inputsHash": "0x%s", "deadline": "%s\"""".formatted(
                                    query.modelId(),
                                    query.passId(),
                                    query.count(),
                                    HexFormat.of().formatHex(query.inputsHash()),
                                    query.deadline())),
                    digest);
            final AnswerReceipt receipt = receipt(query, digest);
            assertArrayEquals(
                    typed("zkML InferenceMarket", chainId, contract, "Receipt", RECEIPT, """
                            "modelId": "%s", "passId": "%s", "count": "%d", "queryId": "0x%s", "version": "%d", "lq": "%d",
                            "cX": %s, "cP": %s, "proofDeadline": "%s\"""".formatted(
                                    receipt.modelId(),
                                    receipt.passId(),
                                    receipt.count(),
                                    HexFormat.of().formatHex(digest),
                                    receipt.version(),
                                    receipt.lq(),
                                    point(receipt.rows()),
                                    point(receipt.predictions()),
                                    receipt.proofDeadline())),
                    messages.receipt(receipt));
            assertArrayEquals(
                    typed("zkML Predictions", chainId, contract, "ReadPredictions", READ, """
                            "passId": "%s", "deadline": "%s\"""".formatted(
                                    query.passId(), query.deadline())),
                    messages.reading(query.passId(), query.deadline()));
        }
    }

    private Query query() {
        final byte[] hash = new byte[32];
        random.nextBytes(hash);
        return new Query(
                new BigInteger(256, random),
                new BigInteger(256, random),
                random.nextLong(1L << 32),
                hash,
                new BigInteger(256, random));
    }

    private AnswerReceipt receipt(Query query, byte[] digest) {
        return new AnswerReceipt(
                query.modelId(),
                query.passId(),
                query.count(),
                new BigInteger(1, digest),
                random.nextInt(1 << 16),
                random.nextInt(29),
                G1Affine.GENERATOR,
                G1Affine.INFINITY,
                new BigInteger(64, random));
    }

    private static String point(G1Affine point) {
        return "{\"x\": \"%s\", \"y\": \"%s\"}".formatted(point.x(), point.y());
    }

    private static byte[] typed(
            String domain, BigInteger chainId, BigInteger contract, String type, String types, String values)
            throws IOException {
        final String json = """
                {"types": {"EIP712Domain": [{"name": "name", "type": "string"}, {"name": "version", "type": "string"},
                  {"name": "chainId", "type": "uint256"}, {"name": "verifyingContract", "type": "address"}], %s},
                 "primaryType": "%s", "domain": {"name": "%s", "version": "1", "chainId": "%s", "verifyingContract": "0x%s"},
                 "message": {%s}}""".formatted(types, type, domain, chainId, "%040x".formatted(contract), values);
        return new StructuredDataEncoder(json).hashStructuredData();
    }
}
