package org.zkml.backend.chain;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.hash.Keccak256;
import org.zkml.prover.relation.DatasetStatement;
import org.zkml.prover.relation.TrainStatement;

/** EIP-712 digests of the messages that are relayed, as the contracts compute them. */
public final class TypedMessages {

    private static final String POINT = "G1Point(uint256 x,uint256 y)";
    private static final byte[] POINT_TYPE = hash(POINT);
    private static final byte[] REGISTER_TYPE =
            hash("Register(address provider,bytes32 schemaHash,uint8 ln,uint8 lk,uint8 b,"
                    + "uint32 n,uint32 feat,G1Point cX,G1Point cY,bytes32 proofHash,uint256 nonce,uint256 deadline)"
                    + POINT);
    private static final byte[] JOIN_TYPE =
            hash("Join(uint256 campaignId,bytes32 datasetId,uint32 rowCap,bytes32 x25519Key,"
                    + "bytes mlKemKey,uint256 nonce,uint256 deadline)");
    private static final byte[] CONTRIBUTE_TYPE = hash("Contribute(uint256 campaignId,uint256 round,bytes32 datasetId,"
            + "G1Point cOut,G1Point[] shares,bytes32 proofHash,uint256 nonce,uint256 deadline)" + POINT);
    private static final byte[] DOMAIN_TYPE =
            hash("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)");

    private TypedMessages() {}

    /** Digest of {@code Register}. */
    public static byte[] register(
            Deployment deployment, DatasetStatement claim, byte[] proof, Authorization authorization) {
        return digest(
                domain("zkML DatasetRegistry", deployment.chainId(), deployment.registry()),
                new Words(REGISTER_TYPE)
                        .number(claim.contributor())
                        .number(claim.schemaHash())
                        .number(claim.ln())
                        .number(claim.lk())
                        .number(claim.b())
                        .number(claim.n())
                        .number(claim.feat())
                        .word(point(claim.x()))
                        .word(point(claim.y()))
                        .word(Keccak256.hash(proof)),
                authorization);
    }

    /** Digest of {@code Join}. */
    public static byte[] join(Deployment deployment, SeatRequest request, Authorization authorization) {
        return digest(
                campaigns(deployment),
                new Words(JOIN_TYPE)
                        .number(request.campaignId())
                        .word(request.datasetId())
                        .number(request.rowCap())
                        .word(request.x25519Key())
                        .word(Keccak256.hash(request.mlKemKey())),
                authorization);
    }

    /** Digest of {@code Contribute}. */
    public static byte[] contribute(
            Deployment deployment,
            TrainStatement statement,
            byte[] datasetId,
            List<G1Affine> shares,
            byte[] proof,
            Authorization authorization) {
        final ByteArrayOutputStream hashes = new ByteArrayOutputStream();
        shares.forEach(share -> hashes.writeBytes(point(share)));
        return digest(
                campaigns(deployment),
                new Words(CONTRIBUTE_TYPE)
                        .number(statement.taskId())
                        .number(statement.round())
                        .word(datasetId)
                        .word(point(statement.out()))
                        .word(Keccak256.hash(hashes.toByteArray()))
                        .word(Keccak256.hash(proof)),
                authorization);
    }

    private static byte[] campaigns(Deployment deployment) {
        return domain("zkML TrainingCampaigns", deployment.chainId(), deployment.campaigns());
    }

    private static byte[] domain(String name, BigInteger chainId, String contract) {
        return new Words(DOMAIN_TYPE)
                .word(hash(name))
                .word(hash("1"))
                .number(chainId)
                .number(new BigInteger(contract.substring(2), 16))
                .keccak();
    }

    private static byte[] digest(byte[] domain, Words message, Authorization authorization) {
        final byte[] struct = message.number(authorization.nonce())
                .number(authorization.deadline())
                .keccak();
        return Keccak256.hash(new byte[] {0x19, 0x01}, domain, struct);
    }

    private static byte[] point(G1Affine point) {
        return new Words(POINT_TYPE).number(point.x()).number(point.y()).keccak();
    }

    private static byte[] hash(String text) {
        return Keccak256.hash(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** 32-byte words one after the other. */
    private static final class Words {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Words(byte[] type) {
            out.writeBytes(type);
        }

        Words word(byte[] word) {
            if (word.length != 32) {
                throw new IllegalArgumentException("a word has 32 bytes, not " + word.length);
            }
            out.writeBytes(word);
            return this;
        }

        Words number(BigInteger value) {
            return word(Hex.word(value));
        }

        Words number(long value) {
            return number(BigInteger.valueOf(value));
        }

        byte[] keccak() {
            return Keccak256.hash(out.toByteArray());
        }
    }
}
