package org.zkml.api.v1;

import static io.restassured.RestAssured.get;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.zkml.api.v1.Api.CONTRIBUTIONS;
import static org.zkml.api.v1.Api.DATASETS;
import static org.zkml.api.v1.Api.post;
import static org.zkml.api.v1.Api.problem;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.zkml.api.Await;
import org.zkml.api.OnMarket;
import org.zkml.backend.campaign.AllowList;
import org.zkml.backend.chain.ChainConfig;
import org.zkml.backend.chain.Hex;
import org.zkml.backend.market.TestMarket;
import org.zkml.backend.market.TestProvider;
import org.zkml.backend.market.TestProvider.Contribution;
import org.zkml.prover.relation.TrainStatement;

/** What the API refuses, how it says so, and that nothing of it costs gas. */
@QuarkusTest
@OnMarket
class RefusalTest {

    /** A running campaign that several tests share: nothing that they do to it succeeds but once. */
    private static Running running;

    @Inject
    ChainConfig config;

    private TestMarket market;

    private record Running(BigInteger campaign, List<TestProvider> providers) {}

    @BeforeEach
    void connect() {
        market = TestMarket.at(
                config.rpcUrl().toString(), config.deploymentFile().orElseThrow());
    }

    @Test
    void namesTheStageThatRefusesAFalseProof() {
        final long before = relayedTransactions();
        final TestProvider provider = market.providers(1).getFirst();
        final var own = provider.registration();
        final byte[] falseProof = swapScalars(own.proof());
        final ObjectNode body = Requests.of(own);
        body.put("proof", Hex.of(falseProof));
        body.set(
                "authorization",
                Requests.of(provider.authorize(own.statement(), falseProof, BigInteger.valueOf(4_000_000_000L))));
        problem(post(DATASETS, body), 422, "proof-rejected").body("stage", equalTo("OPENING"));
        get(DATASETS + "/" + Hex.of(provider.datasetId())).then().statusCode(404);
        assertEquals(before, relayedTransactions());
    }

    @Test
    void namesTheStageThatRefusesAFalseContribution() {
        final Running running = running();
        final long before = relayedTransactions();
        final TestProvider provider = running.providers().getLast();
        final Contribution contribution = provider.contribution(running.campaign());
        final byte[] falseProof = swapScalars(contribution.proof());
        problem(post(CONTRIBUTIONS, resigned(provider, contribution, falseProof)), 422, "proof-rejected")
                .body("stage", equalTo("OPENING"))
                .body("title", notNullValue())
                .body("detail", containsString("pairing"));
        assertEquals(before, relayedTransactions());
    }

    @Test
    void saysWhereAProofIsMalformed() {
        final Running running = running();
        final TestProvider provider = running.providers().getLast();
        final Contribution contribution = provider.contribution(running.campaign());
        final byte[] proof = contribution.proof();
        final byte[] tooShort = Arrays.copyOf(proof, proof.length - 1);
        problem(post(CONTRIBUTIONS, resigned(provider, contribution, tooShort)), 400, "malformed-request")
                .body("field", equalTo("proof"))
                .body("offset", notNullValue());
        final byte[] offTheCurve = proof.clone();
        offTheCurve[63] ^= 1;
        problem(post(CONTRIBUTIONS, resigned(provider, contribution, offTheCurve)), 400, "malformed-request")
                .body("field", equalTo("proof"))
                .body("offset", equalTo(0));
    }

    @Test
    void answersADuplicateWithWhatIsThereAndAnotherOneWithAConflict() {
        final Running running = running();
        final TestProvider provider = running.providers().getFirst();
        final Contribution contribution = provider.contribution(running.campaign());
        final long before = relayedTransactions();
        final Response first = post(CONTRIBUTIONS, Requests.of(contribution));
        first.then().statusCode(202).header("Location", containsString(CONTRIBUTIONS + "/0x"));
        final Response again = post(CONTRIBUTIONS, Requests.of(contribution));
        again.then().statusCode(200).body("id", equalTo(first.path("id")));
        assertEquals(first.header("Location"), again.header("Location"));

        final Contribution other = provider.contribution(running.campaign());
        problem(post(CONTRIBUTIONS, Requests.of(other)), 409, "conflict")
                .body("existing", equalTo(CONTRIBUTIONS + "/" + first.path("id")));
        Await.relayed(first);
        problem(post(CONTRIBUTIONS, Requests.of(other)), 409, "conflict");
        post(CONTRIBUTIONS, Requests.of(contribution)).then().statusCode(200).body("status", equalTo("final"));
        assertEquals(before + 1, relayedTransactions());
    }

    @Test
    void registersTheSameCommitmentsAsNothingElse() {
        final TestProvider provider = market.providers(1).getFirst();
        final ObjectNode own = Requests.of(provider.registration());
        final ObjectNode other = Requests.of(provider.registration());
        ((ObjectNode) other.get("statement")).put("n", Integer.toString(provider.rows() + 1));
        final Response first = post(DATASETS, own);
        problem(post(DATASETS, other), 409, "conflict").body("existing", equalTo(DATASETS + "/" + first.path("id")));
        Await.relayed(first);
        problem(post(DATASETS, other), 409, "conflict");
        post(DATASETS, own).then().statusCode(200).body("status", equalTo("final"));
    }

    @Test
    void comparesTheStatementWithTheContractsOwn() {
        final Running running = running();
        final TestProvider provider = running.providers().getLast();
        final Contribution contribution = provider.contribution(running.campaign());
        final TrainStatement s = contribution.statement();
        final ObjectNode steps = Requests.of(contribution);
        ((ObjectNode) steps.get("statement")).put("steps", "4");
        problem(post(CONTRIBUTIONS, steps), 422, "statement-mismatch")
                .body("field", equalTo("steps"))
                .body("expected", equalTo("3"))
                .body("actual", equalTo("4"));
        final ObjectNode model = Requests.of(contribution);
        ((ObjectNode) model.get("statement").get("C_in"))
                .put("x", s.out().x().toString())
                .put("y", s.out().y().toString());
        problem(post(CONTRIBUTIONS, model), 422, "statement-mismatch").body("field", equalTo("C_in"));
        final ObjectNode round = Requests.of(contribution);
        ((ObjectNode) round.get("statement")).put("round", "1");
        problem(post(CONTRIBUTIONS, round), 422, "refused-by-contract")
                .body("error", equalTo("NotPresentRound"))
                .body("detail", startsWith("NotPresentRound(" + running.campaign() + ", 1, 0"));
        final ObjectNode unknown = Requests.of(contribution);
        ((ObjectNode) unknown.get("statement")).put("taskId", "999999");
        problem(post(CONTRIBUTIONS, unknown), 422, "refused-by-contract").body("error", equalTo("CampaignUnknown"));

        final ObjectNode foreign = Requests.of(market.providers(1).getFirst().registration());
        ((ObjectNode) foreign.get("statement")).put("registry", "12345");
        problem(post(DATASETS, foreign), 422, "statement-mismatch").body("field", equalTo("registry"));
    }

    @Test
    void acceptsNoSignatureButTheProviders() {
        final TestProvider provider = market.providers(1).getFirst();
        final var registration = provider.registration();
        final ObjectNode body = Requests.of(registration);
        ((ObjectNode) body.get("authorization")).put("nonce", "0");
        problem(post(DATASETS, body), 422, "signature-rejected").body("digest", matchesPattern("0x[0-9a-f]{64}"));
    }

    @Test
    void relaysNothingThatItMightPayForInVain() {
        final TestProvider provider = market.providers(1).getFirst();
        final var registration = provider.registration();
        final ObjectNode late = Requests.of(registration);
        late.set(
                "authorization",
                Requests.of(provider.authorize(registration.statement(), registration.proof(), BigInteger.ONE)));
        problem(post(DATASETS, late), 422, "not-relayed").body("detail", startsWith("the deadline 1 leaves"));
        market.node().call("hardhat_setCode", provider.address(), "0xfe");
        problem(post(DATASETS, Requests.of(registration)), 422, "not-relayed")
                .body("detail", containsString(provider.address()));
    }

    @Test
    void refusesSeatsThatTheContractWouldRefuse() {
        final List<TestProvider> providers = market.providers(3);
        final AllowList allowList = TestMarket.allowList(providers);
        final BigInteger campaign = market.open(providers);
        final TestProvider provider = providers.getFirst();
        final var joining = provider.joining(campaign, allowList);
        final String seats = "/api/v1/campaigns/" + campaign + "/seats";
        problem(post(seats, Requests.of(provider.address(), joining)), 422, "refused-by-contract")
                .body("error", equalTo("DatasetUnknown"));
        Await.relayed(post(DATASETS, Requests.of(provider.registration())));
        problem(post(seats, Requests.of(providers.getLast().address(), joining)), 422, "statement-mismatch")
                .body("field", equalTo("provider"));
        final ObjectNode stranger = Requests.of(provider.address(), joining);
        stranger.putArray("membership");
        problem(post(seats, stranger), 422, "refused-by-contract").body("error", equalTo("NotAllowed"));
        Await.relayed(post(seats, Requests.of(provider.address(), joining)));
        post(seats, Requests.of(provider.address(), joining)).then().statusCode(200);
        final ObjectNode otherKeys = Requests.of(provider.address(), joining);
        otherKeys.put("x25519Key", "0x" + "01".repeat(32));
        problem(post(seats, otherKeys), 409, "conflict").body("existing", equalTo(seats + "/" + provider.address()));
    }

    @Test
    void pagesThroughEverything() {
        final Running running = running();
        assertEquals(places(200), places(3));
        get("/api/v1/campaigns?limit=1").then().body("items", hasSize(1));
        get("/api/v1/audit/events?name=BudgetGranted").then().body("items.name", hasItem("BudgetGranted"));
        get("/api/v1/campaigns/" + running.campaign()).then().body("model.x", equalTo("0"));
    }

    /** Of all events, by pages of this size. */
    private static List<String> places(int limit) {
        final List<String> places = new ArrayList<>();
        String after = "0.0";
        do {
            final Response page = get("/api/v1/audit/events?limit=" + limit + "&after=" + after);
            page.<List<Map<String, Object>>>path("items")
                    .forEach(event -> places.add(event.get("blockNumber") + "." + event.get("logIndex")));
            after = page.path("next");
        } while (after != null);
        return places;
    }

    /** Three providers with seats in a campaign. */
    private Running running() {
        if (running == null) {
            final List<TestProvider> providers = market.providers(3);
            final BigInteger campaign = market.open(providers);
            Seats.take(providers, campaign);
            running = new Running(campaign, providers);
        }
        return running;
    }

    /** Two neighbouring hidden messages of S2 or S1 swapped: still canonical, and false. */
    private static byte[] swapScalars(byte[] proof) {
        final byte[] swapped = proof.clone();
        // Scalars begin after the pad's and the columns' commitments: 7 points (DATASET), 11 (TRAIN).
        final int at = 64 * 11 + 32 * 6;
        for (int i = 0; i < 32; i++) {
            swapped[at + i] = proof[at + 32 + i];
            swapped[at + 32 + i] = proof[at + i];
        }
        return swapped;
    }

    private static ObjectNode resigned(TestProvider provider, Contribution contribution, byte[] proof) {
        final ObjectNode body = Requests.of(contribution).put("proof", Hex.of(proof));
        body.set(
                "authorization",
                Requests.of(provider.authorize(contribution.statement(), contribution.shares(), proof)));
        return body;
    }

    private long relayedTransactions() {
        return Long.decode(market.node()
                .call("eth_getTransactionCount", TestMarket.account(19).getAddress(), "latest")
                .asText());
    }
}
