package org.zkml.prover.cli;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Which campaigns the tools open, and which a site contributes to. */
class CampaignTermsOfUseTest {

    private static final Address OWNER = Address.of(BigInteger.ONE);
    private static final Address REGISTRY = Address.of(BigInteger.TWO);
    private static final Address SITE = Address.of(BigInteger.TEN);

    @TempDir
    private Path folder;

    private CampaignPlan plan(String shortened) throws IOException {
        Files.writeString(folder.resolve("schema.json"), SmallCampaign.SCHEMA);
        final Path file = folder.resolve("campaign.json");
        final String windows =
                "{\"join\": 600, \"contribution\": 600, \"share\": 3600, \"answer\": 3600, \"aggregation\": 3600}"
                        .replace("\"" + shortened + "\": 3600", "\"" + shortened + "\": 3599");
        Files.writeString(file, """
                {"format": "zkml-campaign/1", "schema": "schema.json", "rate": "1", "decay": "0", "steps": 2, "batches": 1,
                 "rounds": 1, "minProviders": 3, "maxProviders": 3, "rowCap": 10, "ownerShareBasisPoints": 0,
                 "rewardPerRowTokens": "0", "floorPricePerQueryTokens": "0", "openToAll": true, "windowsSeconds": %s}
                """.formatted(windows));
        return CampaignPlan.read(file);
    }

    @ParameterizedTest
    @ValueSource(strings = {"share", "answer", "aggregation"})
    void windowsThatTheContractsRefuseAreToldBeforeAnythingIsSent(String window) throws IOException {
        final CampaignPlan plan = plan(window);
        plan.requireWindows(Deployment.DEVELOPMENT_CHAIN);
        final CommandException failure =
                assertThrows(CommandException.class, () -> plan.requireWindows(BigInteger.ONE));
        assertEquals(ExitCode.BAD_INPUT, failure.exitCode());
        assertTrue(
                failure.getMessage().startsWith("windowsSeconds." + window + " is 3599: on chain 1 write 3600"),
                failure.getMessage());
    }

    @Test
    void anHourIsEnough() throws IOException {
        plan("none").requireWindows(BigInteger.ONE);
    }

    @Test
    void aConsentWithAKeyThatNobodyCanEncryptToIsRefused() {
        final Identity identity = Identity.create();
        final String consent = """
                {"format": "zkml-consent/1", "account": "%s", "x25519Key": "%s", "mlKemKey": "%s",
                 "authorization": {"nonce": "0", "deadline": "0", "signature": "0x%s"}}
                """;
        final String good = Hex.of(identity.x25519PublicKey());
        final String mlKem = Hex.of(identity.mlKemPublicKey());
        final String signature = "00".repeat(65);
        read(consent.formatted(OWNER, good, mlKem, signature));
        for (String bad : List.of(
                consent.formatted(OWNER, "0x" + "00".repeat(32), mlKem, signature),
                consent.formatted(OWNER, good, "0x" + "ff".repeat(1184), signature))) {
            final CommandException failure = assertThrows(CommandException.class, () -> read(bad));
            assertEquals(ExitCode.BAD_INPUT, failure.exitCode());
            assertTrue(
                    failure.getMessage().contains("nobody can encrypt to the keys of " + OWNER), failure.getMessage());
        }
    }

    private static void read(String consent) {
        AggregatorConsent.read(JsonFile.parse("consent", consent.getBytes(StandardCharsets.UTF_8)));
    }

    private static CompanyOption company(String... options) {
        final CompanyOption company = new CompanyOption();
        new CommandLine(company).parseArgs(options);
        return company;
    }

    private static Campaign campaign(int seats) {
        return new Campaign(
                BigInteger.ONE,
                OWNER,
                CampaignState.RUNNING,
                0,
                seats,
                null,
                List.of(OWNER, REGISTRY),
                new Campaign.Deadlines(0, 0, 0, 0, 0, 0));
    }

    /** What is wrong on the command line, or with the campaign, is told before it costs a training: seats may still be taken. */
    @Test
    void aSiteTakesNoSeatWhereItWouldNotContribute() throws IOException {
        final Campaign open = new Campaign(
                BigInteger.ONE,
                OWNER,
                CampaignState.OPEN,
                0,
                0,
                plan("none").terms(), // at most three seats
                List.of(OWNER, REGISTRY),
                new Campaign.Deadlines(0, 0, 0, 0, 0, 0));
        assertDoesNotThrow(() -> company("--least-seats=3").requirePossible(open, SITE));
        final CommandException few = assertThrows(
                CommandException.class, () -> company("--least-seats=4").requirePossible(open, SITE));
        assertTrue(few.getMessage().contains("takes at most 3 seats"), few.getMessage());
        assertThrows(CommandException.class, () -> company().requirePossible(campaign(2), SITE));
        assertThrows(
                CommandException.class,
                () -> company("--trusted-aggregators=" + SITE)
                        .requirePossible(open, Address.of(BigInteger.TWO.pow(9))));
        final CommandException mistyped = assertThrows(
                CommandException.class,
                () -> company("--trusted-aggregators=" + REGISTRY + ",me").requirePossible(open, OWNER));
        assertEquals(ExitCode.USAGE, mistyped.exitCode());
    }

    @Test
    void aSiteWantsSeatsAndAnAggregatorThatItTrusts() {
        final String trusted = "--trusted-aggregators=" + SITE + "," + REGISTRY;
        assertDoesNotThrow(() -> company().require(campaign(3), SITE));
        assertThrows(CommandException.class, () -> company().require(campaign(2), SITE));
        assertThrows(CommandException.class, () -> company("--least-seats=4").require(campaign(3), SITE));
        assertDoesNotThrow(() -> company(trusted).require(campaign(3), SITE));
        final CommandException nobody = assertThrows(
                CommandException.class,
                () -> company("--trusted-aggregators=" + SITE).require(campaign(3), Address.of(BigInteger.TWO.pow(9))));
        assertEquals(ExitCode.REFUSED, nobody.exitCode());
        assertTrue(nobody.getMessage().contains(REGISTRY.toString()), nobody.getMessage());
        assertDoesNotThrow(() -> company("--trusted-aggregators=" + SITE).require(campaign(3), OWNER));
        final CommandException none = assertThrows(
                CommandException.class,
                () -> company("--trusted-aggregators=me").require(campaign(3), SITE));
        assertEquals(ExitCode.USAGE, none.exitCode());
    }
}
