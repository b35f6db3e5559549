package org.zkml.prover.cli.chain;

import org.zkml.prover.cli.Address;
import org.zkml.prover.cli.CommandException;
import org.zkml.prover.cli.Deployment;
import org.zkml.prover.cli.ExitCode;
import org.zkml.prover.commitment.Setup.VerifierKey;

/** Whether the contracts of a deployment belong together, and to a setup. */
public final class MarketCheck {

    private MarketCheck() {}

    /** @param key of the setup that is used here, or null to leave it out */
    public static void require(Chain chain, Deployment deployment, VerifierKey key) {
        final RegistryContract registry = new RegistryContract(chain, deployment.datasetRegistry());
        final CampaignsContract campaigns = new CampaignsContract(chain, deployment.trainingCampaigns());
        final InferenceContract inference = new InferenceContract(chain, deployment.inferenceMarket());
        final MetricsContract metrics = new MetricsContract(chain, deployment.modelMetrics());
        same("the campaigns' registry", campaigns.registry(), deployment.datasetRegistry());
        same("the campaigns' verifier", campaigns.verifier(), deployment.trainingVerifier());
        same("the campaigns' verifier of averages", campaigns.aggregationVerifier(), deployment.aggregationVerifier());
        same("the campaigns' token", campaigns.token(), deployment.rewardToken());
        same("the campaigns' parameters", campaigns.parameters(), deployment.protocolParameters());
        same("the registry's parameters", registry.parameters(), deployment.protocolParameters());
        same("the registry's verifier", registry.verifier(), deployment.datasetVerifier());
        same("the inference market's campaigns", inference.campaigns(), deployment.trainingCampaigns());
        same("the inference market's verifier", inference.verifier(), deployment.inferenceVerifier());
        same("the metrics' campaigns", metrics.campaigns(), deployment.trainingCampaigns());
        same("the metrics' verifier", metrics.verifier(), deployment.evaluationVerifier());
        if (key != null
                && !new ParametersContract(chain, deployment.protocolParameters())
                        .key()
                        .equals(key)) {
            throw new CommandException(
                    ExitCode.REFUSED,
                    "the contracts verify with another setup than the one named here; use the setup of this deployment");
        }
    }

    private static void same(String what, Address onChain, Address inFile) {
        if (!onChain.equals(inFile)) {
            throw new CommandException(
                    ExitCode.REFUSED,
                    what + " is " + onChain + " on chain and " + inFile
                            + " in the deployment file; get the right file");
        }
    }
}
