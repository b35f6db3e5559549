package org.zkml.prover.cli.chain;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.zkml.prover.cli.Address;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.envelope.RoundId;
import org.zkml.prover.hash.Keccak256;
import org.zkml.prover.relation.DatasetStatement;
import org.zkml.prover.relation.TrainStatement;

/** The messages that contracts take, as EIP-712 hashes them: type and members before nonce and deadline. */
final class TypedMessages {

    private static final String POINT = "G1Point(uint256 x,uint256 y)";
    private static final byte[] POINT_TYPE = hash(POINT);
    private static final byte[] DOMAIN_TYPE =
            hash("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)");
    private static final byte[] REGISTER =
            hash("Register(address provider,bytes32 schemaHash,uint8 ln,uint8 lk,uint8 b,"
                    + "uint32 n,uint32 feat,G1Point cX,G1Point cY,bytes32 proofHash,uint256 nonce,uint256 deadline)"
                    + POINT);
    private static final byte[] JOIN = hash("Join(uint256 campaignId,bytes32 datasetId,uint32 rowCap,"
            + "bytes32 x25519Key,bytes mlKemKey,uint256 nonce,uint256 deadline)");
    private static final byte[] CONTRIBUTE =
            hash("Contribute(uint256 campaignId,uint256 round,bytes32 datasetId,G1Point cOut,G1Point[] shares,"
                    + "bytes32 proofHash,uint256 nonce,uint256 deadline)" + POINT);
    private static final byte[] AGGREGATE = hash("Aggregate(address aggregator,address owner,bytes32 schemaHash,"
            + "bytes32 x25519Key,bytes mlKemKey,uint256 nonce,uint256 deadline)");

    private static final byte[] DISPUTE =
            hash("Dispute(uint256 campaignId,uint256 round,address provider,uint256 nonce,uint256 deadline)");
    private static final byte[] CLOSE =
            hash("Close(uint256 campaignId,uint256 round,G1Point cSum,G1Point cNext)" + POINT);

    private final ByteArrayOutputStream words = new ByteArrayOutputStream();

    private TypedMessages(byte[] type) {
        words.writeBytes(type);
    }

    /** The separator of a contract's domain. */
    static byte[] domain(String name, BigInteger chainId, Address contract) {
        return new TypedMessages(DOMAIN_TYPE)
                .word(hash(name))
                .word(hash("1"))
                .number(chainId)
                .number(contract.toBigInteger())
                .hash();
    }

    static TypedMessages register(DatasetStatement claim, byte[] proof) {
        return new TypedMessages(REGISTER)
                .number(claim.contributor())
                .number(claim.schemaHash())
                .number(claim.ln())
                .number(claim.lk())
                .number(claim.b())
                .number(claim.n())
                .number(claim.feat())
                .word(point(claim.x()))
                .word(point(claim.y()))
                .word(Keccak256.hash(proof));
    }

    static TypedMessages join(BigInteger campaignId, byte[] datasetId, long rowCap, byte[] x25519Key, byte[] mlKemKey) {
        return new TypedMessages(JOIN)
                .number(campaignId)
                .word(datasetId)
                .number(rowCap)
                .word(x25519Key)
                .word(Keccak256.hash(mlKemKey));
    }

    static TypedMessages contribute(TrainStatement statement, byte[] datasetId, List<G1Affine> shares, byte[] proof) {
        final ByteArrayOutputStream hashes = new ByteArrayOutputStream();
        shares.forEach(share -> hashes.writeBytes(point(share)));
        return new TypedMessages(CONTRIBUTE)
                .number(statement.taskId())
                .number(statement.round())
                .word(datasetId)
                .word(point(statement.out()))
                .word(Keccak256.hash(hashes.toByteArray()))
                .word(Keccak256.hash(proof));
    }

    static TypedMessages aggregate(
            Address aggregator, Address owner, byte[] schemaHash, byte[] x25519Key, byte[] mlKemKey) {
        return new TypedMessages(AGGREGATE)
                .number(aggregator.toBigInteger())
                .number(owner.toBigInteger())
                .word(schemaHash)
                .word(x25519Key)
                .word(Keccak256.hash(mlKemKey));
    }

    static TypedMessages dispute(RoundId round, Address provider) {
        return new TypedMessages(DISPUTE)
                .number(round.campaignId())
                .number(round.round())
                .number(provider.toBigInteger());
    }

    /** An aggregator's consent to an average; it has no nonce and no deadline, as a round is closed once. */
    static byte[] close(byte[] domain, RoundId round, G1Affine sum, G1Affine next) {
        return Keccak256.hash(
                new byte[] {0x19, 0x01},
                domain,
                new TypedMessages(CLOSE)
                        .number(round.campaignId())
                        .number(round.round())
                        .word(point(sum))
                        .word(point(next))
                        .hash());
    }

    /** Low 192 bits of the hash so far: the nonce's key that makes a message good for one execution. */
    BigInteger nonceKey() {
        return new BigInteger(1, hash()).mod(BigInteger.ONE.shiftLeft(192));
    }

    /** What is signed. */
    byte[] digest(byte[] domain, BigInteger nonce, BigInteger deadline) {
        return Keccak256.hash(
                new byte[] {0x19, 0x01}, domain, number(nonce).number(deadline).hash());
    }

    private static byte[] point(G1Affine point) {
        return Keccak256.hash(POINT_TYPE, point.toBytes());
    }

    private TypedMessages number(long value) {
        return number(BigInteger.valueOf(value));
    }

    private TypedMessages number(BigInteger value) {
        final byte[] word = new byte[32];
        final byte[] raw = value.toByteArray();
        final int length = Math.min(raw.length, 32); // a leading zero byte may stand for the sign
        System.arraycopy(raw, raw.length - length, word, 32 - length, length);
        return word(word);
    }

    private TypedMessages word(byte[] word) {
        if (word.length != 32) {
            throw new IllegalArgumentException("a word of " + word.length + " bytes");
        }
        words.writeBytes(word);
        return this;
    }

    private byte[] hash() {
        return Keccak256.hash(words.toByteArray());
    }

    private static byte[] hash(String text) {
        return Keccak256.hash(text.getBytes(StandardCharsets.US_ASCII));
    }
}
