package org.zkml.prover.cli.chain;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.List;
import org.web3j.crypto.ECKeyPair;
import org.web3j.crypto.Sign;
import org.zkml.prover.cli.Address;
import org.zkml.prover.cli.Authorization;
import org.zkml.prover.cli.Deployment;
import org.zkml.prover.cli.Identity;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.envelope.RoundId;
import org.zkml.prover.relation.DatasetStatement;
import org.zkml.prover.relation.TrainStatement;

/** Signs an account's messages for the contracts of a deployment. */
public final class MessageSigner {

    private final ECKeyPair keys;
    private final byte[] registry;
    private final byte[] campaigns;

    public MessageSigner(Identity identity, Deployment deployment) {
        keys = ECKeyPair.create(identity.ethereumKey());
        registry = TypedMessages.domain("zkML DatasetRegistry", deployment.chainId(), deployment.datasetRegistry());
        campaigns =
                TypedMessages.domain("zkML TrainingCampaigns", deployment.chainId(), deployment.trainingCampaigns());
    }

    public Authorization register(DatasetStatement statement, byte[] proof, BigInteger deadline) {
        final TypedMessages message = TypedMessages.register(statement, proof);
        return sign(registry, message, message.nonceKey(), deadline);
    }

    public Authorization join(
            BigInteger campaignId,
            byte[] datasetId,
            long rowCap,
            byte[] x25519Key,
            byte[] mlKemKey,
            BigInteger deadline) {
        final TypedMessages message = TypedMessages.join(campaignId, datasetId, rowCap, x25519Key, mlKemKey);
        return sign(campaigns, message, message.nonceKey(), deadline);
    }

    public Authorization contribute(
            TrainStatement statement, byte[] datasetId, List<G1Affine> shares, byte[] proof, BigInteger deadline) {
        final TypedMessages message = TypedMessages.contribute(statement, datasetId, shares, proof);
        return sign(campaigns, message, message.nonceKey(), deadline);
    }

    /** Consent to aggregate one campaign of an owner; under a random nonce key, as there may be several such campaigns. */
    public Authorization aggregate(
            Address aggregator,
            Address owner,
            byte[] schemaHash,
            byte[] x25519Key,
            byte[] mlKemKey,
            BigInteger deadline) {
        final TypedMessages message = TypedMessages.aggregate(aggregator, owner, schemaHash, x25519Key, mlKemKey);
        return sign(campaigns, message, new BigInteger(192, new SecureRandom()), deadline);
    }

    /** An aggregator's word that it got no good share of a contribution. */
    public Authorization dispute(RoundId round, Address provider, BigInteger deadline) {
        final TypedMessages message = TypedMessages.dispute(round, provider);
        return sign(campaigns, message, message.nonceKey(), deadline);
    }

    /** An aggregator's consent to close a round with this next model, 65 bytes. */
    public byte[] close(RoundId round, G1Affine sum, G1Affine next) {
        return sign(closing(round, sum, next), keys);
    }

    /** What {@link #close} signs. */
    public byte[] closing(RoundId round, G1Affine sum, G1Affine next) {
        return TypedMessages.close(campaigns, round, sum, next);
    }

    private Authorization sign(byte[] domain, TypedMessages message, BigInteger nonceKey, BigInteger deadline) {
        final BigInteger nonce = nonceKey.shiftLeft(64);
        return new Authorization(nonce, deadline, sign(message.digest(domain, nonce, deadline), keys));
    }

    /** 65 bytes: r, s, v. */
    static byte[] sign(byte[] digest, ECKeyPair keys) {
        final Sign.SignatureData signature = Sign.signMessage(digest, keys, false);
        return ByteBuffer.allocate(65)
                .put(signature.getR())
                .put(signature.getS())
                .put(signature.getV())
                .array();
    }
}
