package org.zkml.backend.market;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.web3j.protocol.Web3j;
import org.web3j.tx.TransactionManager;
import org.web3j.tx.gas.ContractGasProvider;
import org.zkml.prover.cli.chain.contract.AggregationVerifier;
import org.zkml.prover.cli.chain.contract.CampaignOpening;
import org.zkml.prover.cli.chain.contract.Contributions;
import org.zkml.prover.cli.chain.contract.DatasetRegistry;
import org.zkml.prover.cli.chain.contract.DatasetVerifier;
import org.zkml.prover.cli.chain.contract.EvaluationVerifier;
import org.zkml.prover.cli.chain.contract.InferenceMarket;
import org.zkml.prover.cli.chain.contract.InferenceVerifier;
import org.zkml.prover.cli.chain.contract.ModelMetrics;
import org.zkml.prover.cli.chain.contract.ProtocolParameters;
import org.zkml.prover.cli.chain.contract.SeatAdmission;
import org.zkml.prover.cli.chain.contract.ShareDisputes;
import org.zkml.prover.cli.chain.contract.TrainingCampaigns;
import org.zkml.prover.cli.chain.contract.TrainingVerifier;
import org.zkml.prover.commitment.Committer;
import org.zkml.prover.commitment.Setup;
import org.zkml.prover.curve.G2Affine;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.fixedpoint.ActivationTable;
import org.zkml.prover.fixedpoint.ModelKind;
import org.zkml.prover.relation.TrainWitness;

/** Deploys the real contracts with a development setup. */
final class ContractDeployer {

    private static final int WIDTHS = 5;

    private ContractDeployer() {}

    /** @return the file deployment.json */
    static Path deploy(Web3j web3j, TransactionManager deployer, ContractGasProvider gas, Setup setup, Path folder)
            throws Exception {
        final BigInteger block = web3j.ethBlockNumber().send().getBlockNumber().add(BigInteger.ONE);
        final var key = setup.verifierKey();
        final String parameters = ProtocolParameters.deploy(
                        web3j,
                        deployer,
                        gas,
                        point(key.tau2()),
                        point(key.xi2()),
                        BigInteger.valueOf(setup.logSize()),
                        true,
                        tables(new Committer(setup)))
                .send()
                .getContractAddress();
        final String datasetVerifier =
                DatasetVerifier.deploy(web3j, deployer, gas).send().getContractAddress();
        final String trainingVerifier =
                TrainingVerifier.deploy(web3j, deployer, gas).send().getContractAddress();
        final String aggregationVerifier =
                AggregationVerifier.deploy(web3j, deployer, gas).send().getContractAddress();
        final String registry = DatasetRegistry.deploy(web3j, deployer, gas, datasetVerifier, parameters)
                .send()
                .getContractAddress();
        final Map<String, String> libraries = Map.of(
                "CampaignOpening",
                CampaignOpening.deploy(web3j, deployer, gas).send().getContractAddress(),
                "SeatAdmission",
                SeatAdmission.deploy(web3j, deployer, gas).send().getContractAddress(),
                "Contributions",
                Contributions.deploy(web3j, deployer, gas).send().getContractAddress(),
                "ShareDisputes",
                ShareDisputes.deploy(web3j, deployer, gas).send().getContractAddress());
        final TrainingCampaigns campaigns = LinkedCampaigns.deploy(
                web3j, deployer, gas, libraries, registry, trainingVerifier, aggregationVerifier);
        final String token = campaigns.token().send();
        final String inference = InferenceMarket.deploy(
                        web3j,
                        deployer,
                        gas,
                        deployer.getFromAddress(),
                        campaigns.getContractAddress(),
                        InferenceVerifier.deploy(web3j, deployer, gas).send().getContractAddress(),
                        token,
                        deployer.getFromAddress())
                .send()
                .getContractAddress();
        final String metrics = ModelMetrics.deploy(
                        web3j,
                        deployer,
                        gas,
                        campaigns.getContractAddress(),
                        EvaluationVerifier.deploy(web3j, deployer, gas).send().getContractAddress())
                .send()
                .getContractAddress();
        final Map<String, String> contracts = new LinkedHashMap<>();
        contracts.put("protocolParameters", parameters);
        contracts.put("datasetRegistry", registry);
        contracts.put("trainingCampaigns", campaigns.getContractAddress());
        contracts.put("rewardToken", token);
        contracts.put("inferenceMarket", inference);
        contracts.put("modelMetrics", metrics);
        return write(folder, block, contracts);
    }

    private static Path write(Path folder, BigInteger block, Map<String, String> contracts) throws IOException {
        final ObjectMapper mapper = new ObjectMapper();
        final ObjectNode json = mapper.createObjectNode()
                .put("format", "zkml-deployment/1")
                .put("chainId", "31337")
                .put("block", block.longValueExact());
        final ObjectNode addresses = json.putObject("contracts");
        contracts.forEach(addresses::put);
        Files.createDirectories(folder);
        final Path file = Files.createTempFile(folder, "deployment", ".json");
        mapper.writeValue(file.toFile(), json);
        return file;
    }

    /** Kind by kind, b = 8, 10, 12, 14, 16 each; only b = 8 fits the setup. */
    private static List<ProtocolParameters.G1Point> tables(Committer committer) {
        final List<ProtocolParameters.G1Point> tables = new ArrayList<>();
        for (ModelKind kind : ModelKind.values()) {
            final var commitment = committer.commit(
                    TrainWitness.fixedTable(ActivationTable.of(kind, 8).values(), 8), Scalar.ZERO);
            tables.add(new ProtocolParameters.G1Point(commitment.x(), commitment.y()));
            for (int width = 1; width < WIDTHS; width++) {
                tables.add(new ProtocolParameters.G1Point(BigInteger.ZERO, BigInteger.ZERO));
            }
        }
        return tables;
    }

    private static ProtocolParameters.G2Point point(G2Affine point) {
        return new ProtocolParameters.G2Point(point.xIm(), point.xRe(), point.yIm(), point.yRe());
    }
}
