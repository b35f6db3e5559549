package org.zkml.api.v1;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.zkml.api.v1.Api.post;
import static org.zkml.api.v1.Api.problem;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.zkml.api.Await;
import org.zkml.api.OnMarket;
import org.zkml.api.v1.Letters.Writer;
import org.zkml.backend.chain.ChainConfig;
import org.zkml.backend.market.TestMarket;
import org.zkml.backend.market.TestProvider;
import org.zkml.prover.envelope.MessageKind;

/** A mailbox with little room: what it turns away it has not stored. */
@QuarkusTest
@OnMarket
@TestProfile(MailboxLimitTest.Narrow.class)
class MailboxLimitTest {

    /** Room for two messages a day, and, with both signatures, for one byte less than two messages between aggregators. */
    public static final class Narrow implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("zkml.mailbox.daily-per-account", "2", "zkml.mailbox.sender-bytes", "6661");
        }
    }

    private static final Writer OWNER = Writer.of(TestMarket.account(0));
    private static final Writer AGGREGATOR = Writer.of(TestMarket.account(1));

    @Inject
    ChainConfig config;

    @Test
    void takesNoMoreThanAnAccountsRoomInACampaignAndItsShareOfTheDay() {
        final TestMarket market = TestMarket.at(
                config.rpcUrl().toString(), config.deploymentFile().orElseThrow());
        final List<TestProvider> providers = market.providers(3);
        final BigInteger campaign = market.open(providers);
        final Letters letters = new Letters(market, campaign);
        Await.until(() -> letters.read(OWNER, "").then().statusCode(200));
        problem(post(letters.path(), closing(letters, AGGREGATOR, OWNER)), 422, "not-in-campaign")
                .body("detail", containsString("is open"));
        Seats.take(providers, campaign);

        final ObjectNode closing = closing(letters, AGGREGATOR, OWNER);
        post(letters.path(), closing).then().statusCode(201);
        problem(
                        post(letters.path(), letters.letter(0, MessageKind.PARTIAL_SUM, AGGREGATOR, OWNER.address())),
                        429,
                        "too-many-requests")
                .header("Retry-After", equalTo("3600"))
                .body("detail", containsString("would take 6662 bytes, and an account has 6661"));
        post(letters.path(), closing).then().statusCode(200);
        letters.read(OWNER, "").then().body("items", hasSize(1));
        post(letters.path(), closing(letters, OWNER, AGGREGATOR)).then().statusCode(201);

        final String first = providers.getFirst().address();
        post(letters.path(), letters.letter(0, MessageKind.RECEIPT, AGGREGATOR, first))
                .then()
                .statusCode(201);
        final String last = providers.getLast().address();
        problem(
                        post(letters.path(), letters.letter(0, MessageKind.RECEIPT, AGGREGATOR, last)),
                        429,
                        "too-many-requests")
                .body("detail", containsString("2 messages of " + AGGREGATOR.address()));
    }

    private static ObjectNode closing(Letters letters, Writer from, Writer to) {
        return letters.letter(0, MessageKind.CLOSING, from, to.address());
    }
}
