package org.zkml.backend.chain.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.zkml.backend.campaign.AllowList;
import org.zkml.backend.campaign.CampaignService;
import org.zkml.backend.campaign.CampaignState;
import org.zkml.backend.chain.Chain;
import org.zkml.backend.chain.ChainConfig;
import org.zkml.backend.chain.ChainUnavailableException;
import org.zkml.backend.chain.ContractCall;
import org.zkml.backend.chain.EthereumNode.Header;
import org.zkml.backend.chain.Hex;
import org.zkml.backend.chain.MarketContracts;
import org.zkml.backend.contribution.Contribution;
import org.zkml.backend.contribution.ContributionViews;
import org.zkml.backend.contribution.RoundState;
import org.zkml.backend.contribution.RoundViews;
import org.zkml.backend.dataset.DatasetService;
import org.zkml.backend.market.HardhatNode;
import org.zkml.backend.market.OnManualMarket;
import org.zkml.backend.market.TestAggregators;
import org.zkml.backend.market.TestMarket;
import org.zkml.backend.market.TestProvider;
import org.zkml.backend.model.LineageService;
import org.zkml.backend.payout.PayoutService;
import org.zkml.backend.payout.RewardState;
import org.zkml.prover.cli.chain.contract.TrainingCampaigns;

/** What is read of a real chain, whatever the chain does, against what its contracts say themselves. */
@QuarkusTest
@OnManualMarket
class IndexerTest {

    @Inject
    ChainConfig config;

    @Inject
    Chain chain;

    @Inject
    MarketContracts contracts;

    @Inject
    Indexer indexer;

    @Inject
    BlockReader reader;

    @Inject
    IndexedChain indexed;

    @Inject
    IndexerStatus status;

    @Inject
    EventLog events;

    @Inject
    CampaignService campaigns;

    @Inject
    DatasetService datasets;

    @Inject
    ContributionViews contributions;

    @Inject
    RoundViews rounds;

    @Inject
    PayoutService payouts;

    @Inject
    LineageService lineage;

    @Inject
    EntityManager entities;

    private TestMarket market;
    private HardhatNode node;

    @BeforeEach
    void connect() {
        market = TestMarket.at(
                config.rpcUrl().toString(), config.deploymentFile().orElseThrow());
        node = market.node();
    }

    @AfterEach
    void open() {
        node.call("gate_open");
    }

    /** What cannot be stored is not forgotten: it shows as what is missing. */
    @Test
    void tellsThatItIsLateWhenItCannotStoreOrLook() {
        indexer.catchUp();
        assertFalse(status.progress().orElseThrow().late());
        rename("chain_event", "chain_event_elsewhere");
        try {
            market.open(market.providers(3));
            assertThrows(RuntimeException.class, indexer::catchUp);
            assertTrue(status.progress().orElseThrow().lagBlocks() > 0);
        } finally {
            rename("chain_event_elsewhere", "chain_event");
        }
        indexer.catchUp();
        assertEquals(0, status.progress().orElseThrow().lagBlocks());
        QuarkusTransaction.requiringNew()
                .run(() -> IndexerCursor.current().orElseThrow().updatedAt =
                        Instant.now().minus(config.indexer().maxSilence()).minusSeconds(1));
        assertTrue(status.progress().orElseThrow().late());
    }

    private void rename(String from, String to) {
        QuarkusTransaction.requiringNew()
                .run(() -> entities.createNativeQuery("alter table " + from + " rename to " + to)
                        .executeUpdate());
    }

    @Test
    void endsAPageOfEventsBySizeToo() {
        market.open(market.providers(3));
        indexer.catchUp();
        final long third = events.list(null, null, null, 3).items().getLast().blockNumber;
        final String large = "{\"large\": \"" + "0".repeat(999_000) + "\"}";
        QuarkusTransaction.requiringNew()
                .run(() -> ChainEvent.update("arguments = ?1 where blockNumber <= ?2", large, third));
        final EventLog.Events page = events.list(null, null, null, 200);
        assertEquals(2, page.items().size());
        assertFalse(page.complete());
        final ChainEvent last = page.items().getLast();
        final ChainEvent.Key place = new ChainEvent.Key(last.blockNumber, last.logIndex);
        assertFalse(events.list(null, null, place, 200).items().isEmpty());
        indexer.rebuild();
    }

    @Test
    void knowsACampaignsLifeAsTheContractsTellIt() throws Exception {
        final List<TestProvider> providers = market.providers(3);
        final AllowList allowList = TestMarket.allowList(providers);
        final BigInteger campaign = market.open(providers);
        assertStateAndDeadlines(campaign, CampaignState.OPEN);
        for (TestProvider provider : providers) {
            register(provider);
            join(provider, campaign, allowList);
        }
        assertStateAndDeadlines(campaign, CampaignState.RUNNING);
        for (TestProvider provider : providers) {
            contribute(provider, campaign);
        }
        indexer.catchUp();
        assertEquals(3, contributions.ofCampaign(campaign).size());
        // Nothing is averaged.
        assertEquals(Map.of(), points(campaign));
        assertPayouts(providers, campaign);

        market.lapse(campaign);
        assertStateAndDeadlines(campaign, CampaignState.CANCELLED);
        assertPayouts(providers, campaign);
        market.send(contracts.claim(
                chain.deployment(), campaign, providers.getFirst().address()));
        assertPayouts(providers, campaign);

        assertEquals(
                List.of(
                        "CampaignOpened",
                        "SeatTaken",
                        "SeatTaken",
                        "SeatTaken",
                        "ContributionVerified",
                        "RewardMinted",
                        "ContributionVerified",
                        "RewardMinted",
                        "ContributionVerified",
                        "RewardMinted",
                        "RoundLapsed",
                        "CampaignCancelled",
                        "PayoutClaimed"),
                events.list(campaign, null, null, 200).items().stream()
                        .map(event -> event.name)
                        .toList());
        assertRebuildsToTheSame();
    }

    @Test
    void knowsDisputesExclusionsAndAveragesAsTheContractsTellThem() throws Exception {
        final List<TestProvider> providers = market.providers(4);
        final BigInteger campaign = market.open(providers, 2);
        indexer.catchUp();
        assertEquals(List.of(), rounds.list(campaign, -1, 200).orElseThrow());
        final List<TestProvider.Contribution> contributed = contributeAll(providers, campaign);
        final TestAggregators aggregators = new TestAggregators(market, campaign);
        assertRound(campaign, 0, RoundState.CONTRIBUTING);
        aggregators.publish(contributed.getFirst(), 1, new byte[] {1, 2, 3}, new byte[] {4});

        node.increaseTime(86_400);
        assertRound(campaign, 0, RoundState.SHARING);
        node.increaseTime(1_800);
        assertRound(campaign, 0, RoundState.DISPUTING);
        aggregators.dispute(contributed.get(0), 0);
        aggregators.dispute(contributed.get(1), 0);
        aggregators.dispute(contributed.get(1), 1);
        aggregators.reveal(contributed.get(1), 1);
        node.increaseTime(1_800);
        assertRound(campaign, 0, RoundState.ANSWERING);
        aggregators.reveal(contributed.get(0), 0);
        node.increaseTime(3_600);
        assertRound(campaign, 0, RoundState.ANSWERING);
        final Map<String, List<String>> before = projections();

        final String snapshot = node.snapshot();
        finishRound(campaign, aggregators, contributed);
        assertExcluded(providers, campaign);
        node.revert(snapshot);
        node.mine(20);
        indexer.catchUp();
        assertEquals(before, projections());
        finishRound(campaign, aggregators, contributed);
        assertExcluded(providers, campaign);

        assertStateAndDeadlines(campaign, CampaignState.RUNNING);
        market.lapse(campaign);
        assertStateAndDeadlines(campaign, CampaignState.FINISHED);
        assertRound(campaign, 1, RoundState.LAPSED);
        assertEquals(2, rounds.list(campaign, -1, 200).orElseThrow().size());
        assertEquals(1, rounds.list(campaign, 0, 200).orElseThrow().size());
        assertLineage(campaign, providers.get(1));
        assertExcluded(providers, campaign);
        assertRebuildsToTheSame();
    }

    private List<TestProvider.Contribution> contributeAll(List<TestProvider> providers, BigInteger campaign) {
        final AllowList allowList = TestMarket.allowList(providers);
        for (TestProvider provider : providers) {
            register(provider);
            join(provider, campaign, allowList);
        }
        return providers.stream()
                .map(provider -> contribute(provider, campaign))
                .toList();
    }

    /** Without the second contribution, about which a dispute is open. */
    private void finishRound(
            BigInteger campaign, TestAggregators aggregators, List<TestProvider.Contribution> contributed)
            throws Exception {
        aggregators.exclude(contributed.get(1));
        assertRound(campaign, 0, RoundState.AVERAGING);
        aggregators.close(List.of(contributed.get(0), contributed.get(2), contributed.get(3)));
        assertRound(campaign, 0, RoundState.AVERAGED);
        assertRound(campaign, 1, RoundState.CONTRIBUTING);
    }

    private void assertExcluded(List<TestProvider> providers, BigInteger campaign) throws Exception {
        final RoundViews.View first =
                rounds.list(campaign, -1, 200).orElseThrow().getFirst();
        final TestProvider excluded = providers.get(1);
        assertEquals(
                List.of(excluded.address()),
                first.exclusions().stream().map(exclusion -> exclusion.provider).toList());
        assertEquals(4, first.contributions().size());
        assertEquals(
                List.of(true, false, true),
                first.disputes().stream()
                        .map(dispute -> dispute.answeredBy != null)
                        .toList());
        final Map<String, Long> points = points(campaign);
        assertEquals(3, points.size());
        assertFalse(points.containsKey(excluded.address()));
        for (TestProvider provider : providers) {
            final PayoutService.View view = payouts.of(provider.address(), null, 200);
            final boolean burned = provider == excluded;
            assertEquals(market.campaigns().claimable(provider.address()).send(), view.claimable());
            assertEquals(burned ? view.minted() : BigInteger.ZERO, view.burned());
            assertEquals(burned ? BigInteger.ZERO : view.minted(), view.released());
            assertEquals(BigInteger.ZERO, view.inEscrow());
            final PayoutService.Item item = view.items().getFirst();
            assertEquals(burned ? RewardState.BURNED : RewardState.RELEASED, item.state());
            assertEquals(
                    burned ? "ContributorExcluded" : "RoundAveraged",
                    item.sources().getLast().event());
            assertEquals(
                    burned ? ContributionViews.Outcome.EXCLUDED : ContributionViews.Outcome.ACCEPTED,
                    contributions.get(item.contributionId()).orElseThrow().outcome());
        }
    }

    /** A model after an exclusion and a lapse. */
    private void assertLineage(BigInteger campaign, TestProvider excluded) throws Exception {
        final List<LineageService.View> rounds = lineage.of(campaign, -1, 200).orElseThrow();
        assertEquals(
                List.of(RoundState.AVERAGED, RoundState.LAPSED),
                rounds.stream().map(round -> round.round().state()).toList());
        assertEquals(
                List.of(excluded.address()),
                rounds.getFirst().contributions().stream()
                        .filter(contributed -> contributed.exclusion() != null)
                        .map(contributed -> contributed.contribution().provider)
                        .toList());
    }

    private static Map<String, Long> points(BigInteger campaign) {
        return QuarkusTransaction.requiringNew()
                .call(() -> Contribution.modelPoints(List.of(campaign)).getOrDefault(campaign, Map.of()));
    }

    /** Against what the contract holds of the round. */
    private void assertRound(BigInteger campaign, int number, RoundState expected) throws Exception {
        indexer.catchUp();
        final RoundViews.View view =
                rounds.list(campaign, number - 1, 1).orElseThrow().getFirst();
        assertEquals(number, view.round().round);
        assertEquals(expected, view.state());
        final TrainingCampaigns.Round contract =
                market.campaigns().round(campaign, BigInteger.valueOf(number)).send();
        assertEquals(contract.sum.x, view.round().sumX);
        assertEquals(contract.sum.y, view.round().sumY);
        assertEquals(contract.weightTotal.longValueExact(), view.round().weightTotal);
        assertEquals(contract.contributors.intValueExact(), view.round().contributors);
        assertEquals("{\"x\":\"" + contract.model.x + "\",\"y\":\"" + contract.model.y + "\"}", view.round().model);
        assertEquals(view.next() == null, view.state() != RoundState.AVERAGED);
    }

    @Test
    void namesTheArgumentsOfEvents() {
        final TestProvider provider = market.providers(1).getFirst();
        register(provider);
        indexer.catchUp();
        final List<ChainEvent> registered =
                events.list(null, "DatasetRegistered", null, 200).items();
        final JsonNode arguments = registered.getLast().arguments();
        assertEquals(Hex.of(provider.datasetId()), arguments.get("datasetId").asText());
        assertEquals(provider.address(), arguments.get("provider").asText());
        assertEquals(Integer.toString(provider.rows()), arguments.get("n").asText());
        assertTrue(arguments.get("cX").get("x").asText().matches("[0-9]+"));
        final var seen =
                datasets.get(Hex.of(provider.datasetId())).orElseThrow().dataset();
        assertEquals(provider.rows(), seen.n);
        assertFalse(seen.retired);
        assertTrue(seen.position.gasUsed > 100_000);
    }

    @Test
    void undoesWhatAReorganisationUndid() {
        final List<TestProvider> providers = market.providers(3);
        final AllowList allowList = TestMarket.allowList(providers);
        final BigInteger campaign = market.open(providers);
        register(providers.get(0));
        join(providers.get(0), campaign, allowList);
        indexer.catchUp();
        final Map<String, List<String>> before = projections();
        final long reorganisations = cursor().reorganisations;

        final String snapshot = node.snapshot();
        register(providers.get(1));
        join(providers.get(1), campaign, allowList);
        final BigInteger lost = market.open(market.providers(3));
        indexer.catchUp();
        assertEquals(2, campaigns.get(campaign).orElseThrow().seats().size());
        assertTrue(campaigns.get(lost).isPresent());
        assertNotEquals(before, projections());

        node.revert(snapshot);
        node.mine(20);
        indexer.catchUp();
        assertEquals(before, projections());
        assertTrue(campaigns.get(lost).isEmpty());
        assertEquals(reorganisations + 1, cursor().reorganisations);
        assertEquals(node.blockNumber(), cursor().blockNumber);

        register(providers.get(2));
        join(providers.get(2), campaign, allowList);
        indexer.catchUp();
        assertEquals(2, campaigns.get(campaign).orElseThrow().seats().size());
        assertRebuildsToTheSame();
    }

    @Test
    void noticesAReorganisationToAShorterChain() throws Exception {
        final String snapshot = node.snapshot();
        market.open(market.providers(3));
        node.mine(9);
        indexer.catchUp();
        final long high = cursor().blockNumber;
        node.revert(snapshot);
        indexer.catchUp();
        assertEquals(high, cursor().blockNumber);
        Thread.sleep(config.indexer().lagPatience());
        indexer.catchUp();
        assertTrue(cursor().blockNumber < high);
        assertEquals(node.blockNumber(), cursor().blockNumber);
        assertRebuildsToTheSame();
    }

    /** Both before and after the question for logs the range's last block is the same, but not what was read before. */
    @Test
    void keepsNothingOfAChainThatIsReplacedWhileItIsRead() {
        indexer.catchUp();
        final String snapshot = node.snapshot();
        final BigInteger lost = market.open(market.providers(3));
        indexer.catchUp();
        assertTrue(campaigns.get(lost).isPresent());
        final long read = cursor().blockNumber;
        final long reorganisations = cursor().reorganisations;
        node.mine(1);
        // The reorganisation comes after the look whether there is one, before the first look at the range's last
        // block.
        node.call(
                "gate_beforeBlock",
                read + 1,
                List.of(List.of("evm_revert", snapshot), List.of("hardhat_mine", "0x20")));
        final var replaced = assertThrows(ChainUnavailableException.class, indexer::catchUp);
        assertTrue(replaced.getMessage().contains("block " + read + " was replaced"), replaced.getMessage());
        indexer.catchUp();
        assertTrue(campaigns.get(lost).isEmpty());
        assertEquals(reorganisations + 1, cursor().reorganisations);
        assertRebuildsToTheSame();
    }

    @Test
    void findsTheForkAfterMoreBlocksAtOnceThanAreKept() {
        indexer.catchUp();
        final IndexerCursor before = cursor();
        final String early = node.snapshot();
        node.mine(config.indexer().keptBlocks() + 100);
        final String late = node.snapshot();
        node.mine(1);
        final Header head = reader.head();
        final var range = reader.read(before, head, head.number(), chain.deployment());
        assertTrue(indexed.append(before, head, head.timestamp(), Optional.of(range)));

        node.revert(late);
        node.increaseTime(1_000);
        assertEquals(head.number() - 1, fork().number());
        node.revert(early);
        node.increaseTime(1_000);
        assertEquals(before.blockNumber, fork().number());
        assertEquals(before.blockHash, fork().hash());
        node.mine(config.indexer().keptBlocks() + 101);
        indexer.catchUp();
        assertEquals(before.reorganisations + 1, cursor().reorganisations);
        assertRebuildsToTheSame();
    }

    private BlockReader.Fork fork() {
        return reader.fork(reader.head(), indexed.blocks(), chain.deployment());
    }

    @Test
    void waitsForANodeThatIsLate() {
        indexer.catchUp();
        final long first = cursor().blockNumber;
        market.open(market.providers(3));
        node.mine(7);
        indexer.catchUp();
        final IndexerCursor before = cursor();
        final Map<String, List<String>> known = projections();
        node.call("gate_hideAbove", first + 1);
        indexer.catchUp();
        assertEquals(before.reorganisations, cursor().reorganisations);
        assertEquals(before.blockNumber, cursor().blockNumber);
        assertEquals(before.headNumber, cursor().headNumber);
        assertEquals(known, projections());
        node.call("gate_open");
        node.mine(1);
        indexer.catchUp();
        assertEquals(node.blockNumber(), cursor().blockNumber);
        assertEquals(before.reorganisations, cursor().reorganisations);
    }

    /** Such a node knows of no logs in blocks that others behind the same address have. */
    @Test
    void losesNoEventsToALateNodeThatIsAskedForLogs() {
        for (int blocksAfter : new int[] {7, 0}) {
            indexer.catchUp();
            final long first = cursor().blockNumber;
            final BigInteger campaign = market.open(market.providers(3));
            node.mine(blocksAfter);
            node.call("gate_lateLogs", first);
            final var refused = assertThrows(ChainUnavailableException.class, indexer::catchUp);
            assertTrue(refused.getMessage().contains("unknown block"), refused.getMessage());
            assertEquals(first, cursor().blockNumber);
            node.call("gate_open");
            indexer.catchUp();
            assertEquals(node.blockNumber(), cursor().blockNumber);
            assertTrue(campaigns.get(campaign).isPresent());
        }
        assertRebuildsToTheSame();
    }

    @Test
    void asksForFewerBlocksWhereTheProviderAllowsFewer() {
        indexer.catchUp();
        final BigInteger campaign = market.open(market.providers(3));
        node.mine(20);
        node.call("gate_limitLogBlocks", 1);
        indexer.catchUp();
        assertEquals(node.blockNumber(), cursor().blockNumber);
        assertTrue(campaigns.get(campaign).isPresent());
        assertRebuildsToTheSame();
        node.call("gate_limitLogBlocks", 0);
        node.mine(3);
        final var refused = assertThrows(ChainUnavailableException.class, indexer::catchUp);
        assertTrue(refused.getMessage().contains("more than 0 blocks of logs"), refused.getMessage());
        node.call("gate_open");
        indexer.catchUp();
        assertEquals(node.blockNumber(), cursor().blockNumber);
    }

    @Test
    void leavesOutTransfersThatAnybodyCanMake() {
        final String transferNothing =
                "0xa9059cbb" + HexFormat.of().formatHex(Hex.word(BigInteger.ONE)) + "00".repeat(32);
        market.send(new ContractCall(market.deployment().token(), transferNothing));
        indexer.catchUp();
        assertEquals(node.blockNumber(), cursor().blockNumber);
        assertEquals(List.of(), events.list(null, "Transfer", null, 200).items());
    }

    @Test
    void goesOnWhereItStopped() {
        indexer.catchUp();
        final long first = cursor().blockNumber;
        final Map<String, List<String>> before = projections();
        indexer.catchUp();
        assertEquals(before, projections());
        final BigInteger campaign = market.open(market.providers(3));
        indexer.catchUp();
        assertTrue(cursor().blockNumber > first);
        assertTrue(campaigns.get(campaign).isPresent());
        // Everything that was read before is untouched.
        final List<String> olderThanThat = projections().get("chain_event");
        assertEquals(
                before.get("chain_event"),
                olderThanThat.subList(0, before.get("chain_event").size()));
    }

    @Test
    void countsPausesAsTheContractDoes() throws Exception {
        final List<TestProvider> providers = market.providers(3);
        final BigInteger campaign = market.open(providers);
        node.increaseTime(1_000);
        market.pause();
        node.increaseTime(5_000);
        assertStateAndDeadlines(campaign, CampaignState.OPEN);
        market.unpause();
        assertStateAndDeadlines(campaign, CampaignState.OPEN);
        node.increaseTime(6_000);
        // During a pause that a reorganisation undoes, too.
        final String snapshot = node.snapshot();
        market.pause();
        node.increaseTime(100);
        assertStateAndDeadlines(campaign, CampaignState.OPEN);
        node.revert(snapshot);
        node.mine(1);
        assertStateAndDeadlines(campaign, CampaignState.OPEN);
        assertRebuildsToTheSame();
    }

    @Test
    void countsPausesOfTheSameSecond() throws Exception {
        node.increaseTime(20_000);
        final BigInteger campaign = market.open(market.providers(3));
        market.pauseTwiceInOneBlock();
        node.increaseTime(500);
        assertStateAndDeadlines(campaign, CampaignState.OPEN);
        market.unpause();
        assertStateAndDeadlines(campaign, CampaignState.OPEN);
        assertRebuildsToTheSame();
    }

    @Test
    void readsEverythingOnceThoughManyInstancesRead() throws Exception {
        market.open(market.providers(3));
        node.mine(30);
        final List<Callable<Void>> instances = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            instances.add(() -> {
                while (cursor().blockNumber < node.blockNumber()) {
                    indexer.catchUp();
                }
                return null;
            });
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(instances.size())) {
            for (Future<Void> done : threads.invokeAll(instances)) {
                done.get();
            }
        }
        assertEquals(node.blockNumber(), status.progress().orElseThrow().block());
        assertRebuildsToTheSame();
    }

    /** As if the deployment's file had named no such contracts when the chain was read. */
    @Test
    void readsAnewWhenTheDeploymentGetsContracts() {
        indexer.catchUp();
        final Map<String, List<String>> before = projections();
        QuarkusTransaction.requiringNew().run(() -> {
            final IndexerCursor cursor = IndexerCursor.current().orElseThrow();
            cursor.inference = null;
            cursor.metrics = null;
            ChainEvent.delete("contract in ?1", List.of("InferenceMarket", "ModelMetrics"));
        });
        assertNotEquals(before, projections());
        indexer.catchUp();
        assertEquals(before, projections());
        assertEquals(chain.deployment().inference(), cursor().inference);
        assertEquals(chain.deployment().metrics(), cursor().metrics);
    }

    @Test
    void refusesContractsThatAreNotTheOnesRead() {
        indexer.catchUp();
        final String inference = cursor().inference;
        changeInference("0x" + "11".repeat(20));
        final var refused = assertThrows(ChainUnavailableException.class, indexer::catchUp);
        assertTrue(refused.getMessage().contains("inference " + inference), refused.getMessage());
        changeInference(inference);
        indexer.catchUp();
    }

    private static void changeInference(String address) {
        QuarkusTransaction.requiringNew().run(() -> IndexerCursor.current().orElseThrow().inference = address);
    }

    @Test
    void refusesToMixTwoChains() {
        indexer.catchUp();
        final String genesis = cursor().genesisHash;
        changeGenesis("0x" + "11".repeat(32));
        final var refused = assertThrows(ChainUnavailableException.class, indexer::catchUp);
        assertTrue(refused.getMessage().contains("use a database of its own for each"));
        changeGenesis(genesis);
        indexer.catchUp();
    }

    private void register(TestProvider provider) {
        final var registration = provider.registration();
        market.send(contracts.register(
                chain.deployment(), registration.statement(), registration.proof(), registration.authorization()));
    }

    private void join(TestProvider provider, BigInteger campaign, AllowList allowList) {
        final var joining = provider.joining(campaign, allowList);
        market.send(contracts.join(chain.deployment(), joining.request(), joining.authorization()));
    }

    private TestProvider.Contribution contribute(TestProvider provider, BigInteger campaign) {
        final var c = provider.contribution(campaign);
        market.send(contracts.contribute(
                chain.deployment(), c.statement(), c.datasetId(), c.shares(), c.proof(), c.authorization()));
        return c;
    }

    private void assertStateAndDeadlines(BigInteger campaign, CampaignState expected) throws Exception {
        indexer.catchUp();
        final var view = campaigns.get(campaign).orElseThrow();
        assertEquals(expected, view.state());
        final TrainingCampaigns contract = market.campaigns();
        assertEquals(
                expected.name(),
                List.of("NONE", "OPEN", "RUNNING", "FINISHED", "CANCELLED")
                        .get(contract.state(campaign).send().intValueExact()));
        final Instant begin = view.now().at(view.campaign().roundBegins);
        final long tolerance = 2; // the contract answers for a block that would be made now
        final long difference = begin.getEpochSecond()
                - contract.deadlines(campaign).send().begin.longValueExact();
        assertTrue(Math.abs(difference) <= tolerance, "deadlines differ by " + difference + " s");
    }

    private void assertPayouts(List<TestProvider> providers, BigInteger campaign) throws Exception {
        indexer.catchUp();
        for (TestProvider provider : providers) {
            final PayoutService.View view = payouts.of(provider.address(), null, 200);
            assertEquals(market.campaigns().claimable(provider.address()).send(), view.claimable());
            assertEquals(market.token().balanceOf(provider.address()).send(), view.balance());
            assertEquals(view.balance(), view.claimed());
            assertEquals(
                    TestMarket.REWARD_PER_ROW.multiply(
                            BigInteger.valueOf(Math.min(provider.rows(), TestMarket.ROW_CAP))),
                    view.minted());
            assertEquals(campaign, view.items().getFirst().campaignId());
            final ChainPosition minted =
                    view.items().getFirst().sources().get(1).position();
            final PayoutService.View rest =
                    payouts.of(provider.address(), new ChainEvent.Key(minted.blockNumber, minted.logIndex), 200);
            assertEquals(List.of(), rest.items());
            assertEquals(view.minted(), rest.minted());
        }
    }

    private void assertRebuildsToTheSame() {
        final Map<String, List<String>> before = projections();
        indexer.rebuild();
        assertEquals(before, projections());
    }

    private Map<String, List<String>> projections() {
        return ProjectedTables.of(entities);
    }

    private static IndexerCursor cursor() {
        return QuarkusTransaction.requiringNew()
                .call(() -> IndexerCursor.current().orElseThrow());
    }

    private static void changeGenesis(String hash) {
        QuarkusTransaction.requiringNew()
                .run(() -> IndexerCursor.current().orElseThrow().genesisHash = hash.toLowerCase(Locale.ROOT));
    }
}
