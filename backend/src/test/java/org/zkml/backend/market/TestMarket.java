package org.zkml.backend.market;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.web3j.crypto.Bip32ECKeyPair;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.MnemonicUtils;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.core.RemoteFunctionCall;
import org.web3j.protocol.core.methods.response.TransactionReceipt;
import org.web3j.protocol.http.HttpService;
import org.web3j.tx.RawTransactionManager;
import org.web3j.tx.TransactionManager;
import org.web3j.tx.gas.ContractGasProvider;
import org.web3j.tx.gas.StaticGasProvider;
import org.web3j.tx.response.PollingTransactionReceiptProcessor;
import org.zkml.backend.campaign.AllowList;
import org.zkml.backend.chain.ContractCall;
import org.zkml.backend.chain.Deployment;
import org.zkml.prover.cli.chain.contract.InferenceMarket;
import org.zkml.prover.cli.chain.contract.ModelMetrics;
import org.zkml.prover.cli.chain.contract.RewardToken;
import org.zkml.prover.cli.chain.contract.TrainingCampaigns;
import org.zkml.prover.cli.chain.contract.TrainingCampaigns.Aggregator;
import org.zkml.prover.cli.chain.contract.TrainingCampaigns.CampaignTerms;
import org.zkml.prover.commitment.Committer;
import org.zkml.prover.commitment.Setup;
import org.zkml.prover.envelope.PublicKeys;
import org.zkml.prover.envelope.SecretKeys;
import org.zkml.prover.hash.Keccak256;

/** The deployed market with everything that tests do to it directly: opening campaigns, moving time, reading the contracts. */
public final class TestMarket {

    static final int B = 8;
    static final int LK = 2;
    static final int FEAT = 3;
    static final int LB = 1;
    static final int LT = 2;
    static final int STEPS = 3;

    public static final BigInteger REWARD_PER_ROW = BigInteger.TEN.pow(18);
    public static final long ROW_CAP = 12;
    /** A schema's bytes; what is in it does not matter to the server. */
    public static final byte[] SCHEMA =
            "{\"features\": [\"intercept\", \"a\", \"b\"]}\n".getBytes(java.nio.charset.StandardCharsets.UTF_8);

    private static final Setup SETUP = DevelopmentSetup.make();
    private static final BigInteger GAS_LIMIT = BigInteger.valueOf(16_000_000);
    private static final ContractGasProvider GAS =
            new StaticGasProvider(BigInteger.valueOf(20_000_000_000L), GAS_LIMIT);

    private final HardhatNode node;
    private final Web3j web3j;
    private final JsonNode deployment;
    private final Credentials owner = account(0);
    private final Credentials aggregator = account(1);

    private TestMarket(HardhatNode node, JsonNode deployment) {
        this.node = node;
        this.web3j = Web3j.build(new HttpService(node.url()));
        this.deployment = deployment;
    }

    /** @return the file deployment.json */
    public static Path deploy(HardhatNode node, Path folder) {
        final Web3j web3j = Web3j.build(new HttpService(node.url()));
        try {
            return ContractDeployer.deploy(web3j, sender(web3j, account(0)), GAS, SETUP, folder);
        } catch (Exception e) {
            throw new IllegalStateException("the contracts were not deployed", e);
        } finally {
            web3j.shutdown();
        }
    }

    public static TestMarket at(String url, Path deploymentFile) {
        try {
            return new TestMarket(HardhatNode.at(url), new ObjectMapper().readTree(deploymentFile.toFile()));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** The account of Hardhat's with this number. */
    public static Credentials account(int index) {
        final int[] path = {
            44 | Bip32ECKeyPair.HARDENED_BIT, 60 | Bip32ECKeyPair.HARDENED_BIT, Bip32ECKeyPair.HARDENED_BIT, 0, index
        };
        final byte[] seed =
                MnemonicUtils.generateSeed("test test test test test test test test test test test junk", "");
        return Credentials.create(Bip32ECKeyPair.deriveKeyPair(Bip32ECKeyPair.generateKeyPair(seed), path));
    }

    public HardhatNode node() {
        return node;
    }

    Committer committer() {
        return new Committer(SETUP);
    }

    /** As the server reads it from the chain. */
    public Deployment deployment() {
        final JsonNode contracts = deployment.get("contracts");
        return new Deployment(
                BigInteger.valueOf(31337),
                node.call("eth_getBlockByNumber", "0x0", false).get("hash").asText(),
                contracts.get("datasetRegistry").asText().toLowerCase(java.util.Locale.ROOT),
                contracts.get("trainingCampaigns").asText().toLowerCase(java.util.Locale.ROOT),
                contracts.get("inferenceMarket").asText().toLowerCase(java.util.Locale.ROOT),
                contracts.get("modelMetrics").asText().toLowerCase(java.util.Locale.ROOT),
                contracts.get("rewardToken").asText().toLowerCase(java.util.Locale.ROOT),
                contracts.get("protocolParameters").asText().toLowerCase(java.util.Locale.ROOT),
                deployment.get("block").asLong(),
                SETUP.verifierKey(),
                SETUP.logSize(),
                true,
                0);
    }

    public TrainingCampaigns campaigns() {
        return TrainingCampaigns.load(deployment().campaigns(), web3j, sender(web3j, owner), GAS);
    }

    public RewardToken token() {
        return RewardToken.load(deployment().token(), web3j, sender(web3j, owner), GAS);
    }

    /** The sale of inference, as the account calls it. */
    InferenceMarket sale(Credentials account) {
        return InferenceMarket.load(deployment().inference(), web3j, sender(web3j, account), GAS);
    }

    /** The metrics, as the account calls them. */
    ModelMetrics metrics(Credentials account) {
        return ModelMetrics.load(deployment().metrics(), web3j, sender(web3j, account), GAS);
    }

    /** The token, as the account calls it. */
    RewardToken token(Credentials account) {
        return RewardToken.load(deployment().token(), web3j, sender(web3j, account), GAS);
    }

    /** Providers with keys and data of their own, different at every call. */
    public List<TestProvider> providers(int count) {
        final List<TestProvider> providers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            providers.add(new TestProvider(this, 9 + i));
        }
        return providers;
    }

    public static AllowList allowList(List<TestProvider> providers) {
        return new AllowList(providers.stream().map(TestProvider::entry).toList());
    }

    /** Opens a campaign that these providers may join; it runs as soon as all of them have. */
    public BigInteger open(List<TestProvider> providers) {
        return open(providers, SCHEMA, 1);
    }

    /** Opens a campaign with a schema of its own. */
    public BigInteger open(List<TestProvider> providers, byte[] schema) {
        return open(providers, schema, 1);
    }

    /** Opens a campaign of so many rounds. */
    public BigInteger open(List<TestProvider> providers, int rounds) {
        return open(providers, SCHEMA, rounds);
    }

    /** Opens a campaign of one round with these data sets as independent test sets. */
    public BigInteger open(List<TestProvider> providers, List<byte[]> testSets) {
        return open(providers, SCHEMA, 1, testSets);
    }

    private BigInteger open(List<TestProvider> providers, byte[] schema, int rounds) {
        return open(providers, schema, rounds, List.of());
    }

    private BigInteger open(List<TestProvider> providers, byte[] schema, int rounds, List<byte[]> testSets) {
        try {
            final byte[] schemaHash = Keccak256.hash(schema);
            campaigns()
                    .grantBudget(
                            owner.getAddress(),
                            REWARD_PER_ROW.multiply(BigInteger.valueOf(rounds * ROW_CAP * providers.size())))
                    .send();
            final Aggregator helper = aggregator(aggregator);
            final var receipt = campaigns()
                    .open(
                            terms(schemaHash, allowList(providers).root(), providers.size(), rounds),
                            new TrainingCampaigns.G1Point(BigInteger.ZERO, BigInteger.ZERO),
                            List.of(aggregator(owner), helper),
                            List.of(Consent.sign(deployment(), aggregator, owner, schemaHash, helper)),
                            testSets)
                    .send();
            return TrainingCampaigns.getCampaignOpenedEvents(receipt).getFirst().campaignId;
        } catch (Exception e) {
            throw new IllegalStateException("the campaign was not opened", e);
        }
    }

    /** Sends a call as a transaction of an account that has nothing to do with it; mined at once. */
    public String send(ContractCall call) {
        return node.call(
                        "eth_sendTransaction",
                        Map.of("from", account(6).getAddress(), "to", call.to(), "data", call.data()))
                .asText();
    }

    /** Governance stops the campaigns' clock. */
    public void pause() {
        run(campaigns().pause());
    }

    public void unpause() {
        run(campaigns().unpause());
    }

    /** A pause of no length, and one that lasts. */
    public void pauseTwiceInOneBlock() {
        final String pause = campaigns().pause().encodeFunctionCall();
        final String unpause = campaigns().unpause().encodeFunctionCall();
        node.setAutomine(false);
        try {
            for (String data : List.of(pause, unpause, pause)) {
                node.call(
                        "eth_sendTransaction",
                        Map.of(
                                "from",
                                owner.getAddress(),
                                "to",
                                deployment().campaigns(),
                                "data",
                                data,
                                "gas",
                                "0x30d40"));
            }
            node.mine(1);
        } finally {
            node.setAutomine(true);
        }
        if (!paused()) {
            throw new IllegalStateException("the market is not paused");
        }
    }

    private boolean paused() {
        try {
            return campaigns().paused().send();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    static TransactionReceipt run(RemoteFunctionCall<TransactionReceipt> call) {
        try {
            return call.send();
        } catch (Exception e) {
            throw new IllegalStateException("the transaction failed", e);
        }
    }

    /** Moves time to the end of the campaign's last window, and ends its round. */
    public void lapse(BigInteger campaign) {
        node.increaseTime(2 * 86_400);
        run(campaigns().lapse(campaign));
    }

    /** The aggregators, in the order of their shares. */
    List<Credentials> aggregators() {
        return List.of(owner, aggregator);
    }

    private static CampaignTerms terms(byte[] schemaHash, byte[] allowList, int providers, int rounds) {
        return new CampaignTerms(
                schemaHash,
                allowList,
                BigInteger.ONE,
                BigInteger.TWO,
                BigInteger.ONE,
                BigInteger.valueOf(100),
                BigInteger.valueOf(FEAT),
                BigInteger.valueOf(STEPS),
                BigInteger.valueOf(ROW_CAP),
                BigInteger.valueOf(86_400),
                BigInteger.valueOf(rounds),
                BigInteger.valueOf(3),
                BigInteger.valueOf(providers),
                BigInteger.valueOf(3_000),
                BigInteger.valueOf(LK),
                BigInteger.valueOf(LB),
                BigInteger.valueOf(LT),
                BigInteger.valueOf(B),
                BigInteger.ZERO,
                false,
                BigInteger.valueOf(86_400),
                BigInteger.valueOf(3_600),
                BigInteger.valueOf(3_600),
                BigInteger.valueOf(3_600),
                REWARD_PER_ROW,
                BigInteger.ZERO);
    }

    private static Aggregator aggregator(Credentials account) {
        final PublicKeys keys = keys(account.getAddress()).publicKeys();
        return new Aggregator(account.getAddress(), keys.x25519(), keys.mlKem());
    }

    /** The keys with which an account opens what others encrypt to it. */
    public static SecretKeys keys(String address) {
        final Random random = new Random(address.hashCode());
        final byte[] x25519 = new byte[32];
        final byte[] mlKemSeed = new byte[64];
        random.nextBytes(x25519);
        random.nextBytes(mlKemSeed);
        return new SecretKeys(x25519, mlKemSeed);
    }

    /** An account's signature, of 65 bytes. */
    public static byte[] sign(Credentials account, byte[] digest) {
        return Consent.sign(account, digest);
    }

    private static TransactionManager sender(Web3j web3j, Credentials credentials) {
        return new RawTransactionManager(
                web3j, credentials, 31337, new PollingTransactionReceiptProcessor(web3j, 50, 200));
    }
}
