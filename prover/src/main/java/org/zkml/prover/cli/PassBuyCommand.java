package org.zkml.prover.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.zkml.prover.cli.chain.CampaignsContract;
import org.zkml.prover.cli.chain.InferenceContract;
import org.zkml.prover.cli.chain.SessionKey;
import org.zkml.prover.cli.chain.TokenContract;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code zkml pass buy}. */
@Command(
        name = "buy",
        mixinStandardHelpOptions = true,
        description = {
            "Buys a pass at exactly the quote that is shown, or not at all.",
            "The market is allowed exactly the price. The pass gets a session key of its own, which is in the "
                    + "vault before anything is paid. A purchase that was interrupted is found again."
        },
        footer = {
            "",
            "Examples:",
            "  zkml pass buy --model 1 --tier 0 -w buyer",
            "  zkml pass buy --model 1 --tier 0 --quote 0x5c1f... --yes -w buyer",
            "      at the quote that \"zkml models --json\" showed, whatever is on offer now"
        })
final class PassBuyCommand implements Callable<Integer> {

    private static final int QUOTE_BYTES = 32;

    @Mixin
    private Console console;

    @Mixin
    private WorkspaceOption workspace;

    @Mixin
    private Passphrase passphrase;

    @Mixin
    private FeeOption fee;

    @Mixin
    private Confirmation confirmation;

    @Option(names = "--model", required = true, paramLabel = "ID", description = "The model's number.")
    private BigInteger modelId;

    @Option(
            names = "--tier",
            defaultValue = "0",
            paramLabel = "N",
            description = "Which offer, from 0 (default: ${DEFAULT-VALUE}).")
    private int tier;

    @Option(names = "--quote", paramLabel = "HEX", description = "Buy at this quote only.")
    private String quote;

    @Override
    public Integer call() {
        final byte[] wanted = quote == null ? null : parseQuote();
        try (MarketSession session = MarketSession.open(console, workspace.open(console), passphrase, fee)) {
            final Optional<Pass> earlier = interrupted(session);
            earlier.ifPresent(pass -> console.say(
                    "Pass %s of model %s was bought before, by a purchase that was interrupted.",
                    pass.id(), pass.modelId()));
            if (earlier.isPresent() && earlier.get().modelId().equals(modelId)) {
                console.say("  Buy again for another.");
                console.result(earlier.get().write().put("repeated", true));
            } else {
                earlier.ifPresent(pass -> console.result(pass.write().put("repeated", true)));
                buy(session, wanted);
            }
        }
        return ExitCode.DONE.value();
    }

    private void buy(MarketSession session, byte[] wanted) {
        final InferenceContract market = session.market();
        final Listing listing = market.listing(modelId);
        final Listing.Tier offer = listing.tier(tier);
        final byte[] agreed = wanted == null ? listing.quote(tier) : wanted;
        console.say(
                "Model %s, version %d: %d rows within %s days for %s tokens, of which the protocol gets %s %%.",
                modelId,
                listing.version(),
                offer.queries(),
                ModelsCommand.days(offer.termSeconds()),
                Tokens.text(offer.price()),
                percent(listing.feeBasisPoints()));
        console.say("  quote %s", Hex.of(agreed));
        if (!Arrays.equals(agreed, listing.quote(tier))) {
            throw new CommandException(
                    ExitCode.REFUSED,
                    "the quote " + Hex.of(agreed) + " is not that of now, " + Hex.of(listing.quote(tier))
                            + ": price, rows, term, fee or model have changed; nothing was bought. See \"zkml models\"");
        }
        confirmation.require(console, "pay " + Tokens.text(offer.price()) + " tokens");
        allow(session, offer.price());
        final PendingPass begun = begin(session);
        final InferenceContract.Bought bought =
                market.buyPass(session.sender(), modelId, tier, agreed, begun.sessionKey(), begun.nonce());
        final Pass pass = PassCommand.require(market, bought.passId());
        keep(session, pass, listing);
        forgetPending(session);
        console.say("Pass %s is yours: ask with \"zkml ask ROWS.csv --pass %s\".", pass.id(), pass.id());
        console.say(
                "  transaction %s, %s gas",
                bought.receipt().transactionHash(), bought.receipt().gasUsed());
        final ObjectNode result = pass.write().put("repeated", false);
        console.result(bought.receipt().writeTo(result));
    }

    /** With a fresh key, or that of a purchase that the node does not know: this one has its nonce, or comes after whatever has it, so one of the two is mined at most, and is found by the key. */
    private static PendingPass begin(MarketSession session) {
        final PendingPass before = PendingPass.of(session.vault());
        final Address key =
                before == null ? session.secrets().putSessionKey(SessionKey.drawSecret()) : before.sessionKey();
        final BigInteger passes = before == null ? session.market().passes() : before.passes();
        final BigInteger nonce = session.sender().nextNonce();
        if (before != null && nonce.compareTo(before.nonce()) < 0) {
            throw new CommandException(
                    ExitCode.CONFLICT,
                    "the account's next transaction is " + nonce + " by the node, which has lost some: a purchase was"
                            + " sent as its transaction " + before.nonce() + ", and may still be mined; nothing was"
                            + " bought. Use a node that knows them, or send the others again by their commands");
        }
        final PendingPass begun = new PendingPass(key, passes, nonce);
        begun.put(session.vault());
        session.vault().save();
        return begun;
    }

    /** The pass of a purchase whose end this workspace has not seen. It is forgotten only once it can no longer be mined. */
    private Optional<Pass> interrupted(MarketSession session) {
        final PendingPass pending = PendingPass.of(session.vault());
        if (pending == null) {
            return Optional.empty();
        }
        final boolean over =
                session.sender().minedNonces().compareTo(pending.nonce()) > 0; // before passes are looked at
        final Optional<Pass> found = pending.find(session.market(), session.account());
        if (over || found.isPresent()) {
            found.ifPresent(pass -> keep(session, pass, session.market().listing(pass.modelId())));
            forgetPending(session);
        } else if (session.sender().nextNonce().compareTo(pending.nonce()) > 0) {
            throw new CommandException(
                    ExitCode.CONFLICT,
                    "a purchase is under way: the account's transaction " + pending.nonce()
                            + " is not mined yet; nothing was bought. Wait until it is, and run the command again");
        }
        return found;
    }

    private static void keep(MarketSession session, Pass pass, Listing listing) {
        BoughtPass.keep(
                session.workspace().passFolder(pass.id()),
                pass,
                listing,
                new CampaignsContract(
                                session.chain(),
                                session.workspace().deployment().trainingCampaigns())
                        .campaign(pass.modelId())
                        .terms());
    }

    private static void forgetPending(MarketSession session) {
        PendingPass.clear(session.vault());
        session.vault().save();
    }

    private void allow(MarketSession session, BigInteger price) {
        final Address market = session.workspace().deployment().inferenceMarket();
        final TokenContract token =
                new TokenContract(session.chain(), session.market().token());
        final BigInteger balance = token.balanceOf(session.account());
        if (balance.compareTo(price) < 0) {
            throw new CommandException(
                    ExitCode.REFUSED,
                    session.account() + " has " + Tokens.text(balance) + " tokens, the pass costs " + Tokens.text(price)
                            + "; nothing was bought");
        }
        if (token.allowance(session.account(), market).compareTo(price) < 0) {
            console.say("The market may take %s tokens, no more.", Tokens.text(price));
            token.approve(session.sender(), market, price);
        }
    }

    private byte[] parseQuote() {
        if (!quote.matches("0x[0-9a-fA-F]{" + 2 * QUOTE_BYTES + "}")) {
            throw new CommandException(ExitCode.USAGE, "--quote " + quote + ": write 0x and 64 hexadecimal digits");
        }
        return HexFormat.of().parseHex(quote.substring(2));
    }

    private static String percent(int basisPoints) {
        return BigDecimal.valueOf(basisPoints, 2).stripTrailingZeros().toPlainString();
    }
}
