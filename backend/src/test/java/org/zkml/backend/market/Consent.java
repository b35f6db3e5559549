package org.zkml.backend.market;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.Sign;
import org.zkml.backend.chain.Deployment;
import org.zkml.backend.chain.Hex;
import org.zkml.prover.cli.chain.contract.TrainingCampaigns;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.hash.Keccak256;

/** Signatures of accounts whose keys the tests have. */
final class Consent {

    static final BigInteger DEADLINE = BigInteger.valueOf(4_000_000_000L);

    private static final String POINT = "G1Point(uint256 x,uint256 y)";

    private Consent() {}

    /** A nonce under a key of its own: never waits for another message. */
    static BigInteger nonce() {
        return new BigInteger(192, new SecureRandom()).shiftLeft(64);
    }

    static byte[] sign(Credentials account, byte[] digest) {
        final Sign.SignatureData data = Sign.signMessage(digest, account.getEcKeyPair(), false);
        final byte[] signature = new byte[65];
        System.arraycopy(data.getR(), 0, signature, 0, 32);
        System.arraycopy(data.getS(), 0, signature, 32, 32);
        signature[64] = data.getV()[0];
        return signature;
    }

    /** An aggregator's consent to a campaign. */
    static TrainingCampaigns.Authorization sign(
            Deployment deployment,
            Credentials account,
            Credentials owner,
            byte[] schemaHash,
            TrainingCampaigns.Aggregator aggregator) {
        final BigInteger nonce = nonce();
        final byte[] struct = Keccak256.hash(
                hash("Aggregate(address aggregator,address owner,bytes32 schemaHash,bytes32 x25519Key,bytes mlKemKey,"
                        + "uint256 nonce,uint256 deadline)"),
                address(account.getAddress()),
                address(owner.getAddress()),
                schemaHash,
                aggregator.x25519Key,
                Keccak256.hash(aggregator.mlKemKey),
                Hex.word(nonce),
                Hex.word(DEADLINE));
        return signed(deployment, account, nonce, struct);
    }

    /** An aggregator's word that it has no good share of a contribution. */
    static TrainingCampaigns.Authorization dispute(
            Deployment deployment, Credentials account, BigInteger campaignId, BigInteger round, String provider) {
        final BigInteger nonce = nonce();
        final byte[] struct = Keccak256.hash(
                hash("Dispute(uint256 campaignId,uint256 round,address provider,uint256 nonce,uint256 deadline)"),
                Hex.word(campaignId),
                Hex.word(round),
                address(provider),
                Hex.word(nonce),
                Hex.word(DEADLINE));
        return signed(deployment, account, nonce, struct);
    }

    /** An aggregator's consent to a round's average. */
    static byte[] close(
            Deployment deployment,
            Credentials account,
            BigInteger campaignId,
            BigInteger round,
            G1Affine sum,
            G1Affine next) {
        final byte[] struct = Keccak256.hash(
                hash("Close(uint256 campaignId,uint256 round,G1Point cSum,G1Point cNext)" + POINT),
                Hex.word(campaignId),
                Hex.word(round),
                Keccak256.hash(hash(POINT), sum.toBytes()),
                Keccak256.hash(hash(POINT), next.toBytes()));
        return sign(account, digest(deployment, struct));
    }

    private static TrainingCampaigns.Authorization signed(
            Deployment deployment, Credentials account, BigInteger nonce, byte[] struct) {
        return new TrainingCampaigns.Authorization(nonce, DEADLINE, sign(account, digest(deployment, struct)));
    }

    private static byte[] digest(Deployment deployment, byte[] struct) {
        final byte[] domain = Keccak256.hash(
                hash("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                hash("zkML TrainingCampaigns"),
                hash("1"),
                Hex.word(deployment.chainId()),
                address(deployment.campaigns()));
        return Keccak256.hash(new byte[] {0x19, 0x01}, domain, struct);
    }

    private static byte[] address(String address) {
        return Hex.word(new BigInteger(address.substring(2), 16));
    }

    private static byte[] hash(String text) {
        return Keccak256.hash(text.getBytes(StandardCharsets.US_ASCII));
    }
}
