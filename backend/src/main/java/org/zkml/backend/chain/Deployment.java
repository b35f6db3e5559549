package org.zkml.backend.chain;

import java.math.BigInteger;
import org.zkml.prover.commitment.Setup.VerifierKey;

/**
 * The contracts that the server works with, as read from the chain.
 *
 * @param chainId chain that they are on
 * @param genesisHash hash of the chain's block 0: tells a development chain from the next one with the same id
 * @param registry address of DatasetRegistry
 * @param campaigns address of TrainingCampaigns
 * @param inference address of InferenceMarket; null if the deployment has none
 * @param metrics address of ModelMetrics; null if the deployment has none
 * @param token address of RewardToken
 * @param parameters address of ProtocolParameters
 * @param startBlock first block that can hold one of their events
 * @param verifierKey the setup's verifier part
 * @param setupLog2 log2 of the setup's size
 * @param unsafeSetup whether the setup was made for development
 * @param confirmations blocks on top of another after which it counts as final
 */
public record Deployment(
        BigInteger chainId,
        String genesisHash,
        String registry,
        String campaigns,
        String inference,
        String metrics,
        String token,
        String parameters,
        long startBlock,
        VerifierKey verifierKey,
        int setupLog2,
        boolean unsafeSetup,
        int confirmations) {

    /** The only chain on which development setups and development keys are accepted. */
    public static final BigInteger DEVELOPMENT_CHAIN = BigInteger.valueOf(31337);
}
