package org.zkml.prover.cli;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.zkml.prover.cli.chain.Chain;
import org.zkml.prover.cli.chain.MailboxSignatures;
import org.zkml.prover.envelope.Envelope;
import org.zkml.prover.envelope.EnvelopeException;
import org.zkml.prover.envelope.MailboxDigests;
import org.zkml.prover.envelope.MessageContext;
import org.zkml.prover.envelope.MessageKind;
import org.zkml.prover.envelope.PublicKeys;
import org.zkml.prover.envelope.RoundId;

/**
 * The mailbox of a server, as an account of a campaign uses it: what leaves is sealed and signed, what comes in is checked and opened. The server is believed in nothing; it can hold messages back.
 */
public final class Mailbox {

    private static final long PERMIT_SECONDS = 300;
    private static final int PAGE = 50;
    /** For all messages that leave together, and what is read with them: a server that keeps its clients waiting delays what the chain is there for by no more. */
    static final Duration EXCHANGE = Duration.ofMinutes(1);

    /** For all pages of a list: a server that has no end keeps nobody from what the chain is there for. */
    private static final Duration LIST_TIMEOUT = Duration.ofSeconds(120);

    private final Server server;
    private final Duration listTimeout;
    private final Identity identity;
    private final MailboxSignatures signatures;

    /** @param url of the server, or null: then envelopes are sealed and opened here, and the chain brings them */
    public Mailbox(String url, Chain chain, Identity identity) {
        this(url == null ? null : new Server(url), chain, identity, LIST_TIMEOUT);
    }

    /** @param listTimeout for all pages of a list */
    Mailbox(Server server, Chain chain, Identity identity, Duration listTimeout) {
        this(server, listTimeout, identity, new MailboxSignatures(chain, identity));
    }

    private Mailbox(Server server, Duration listTimeout, Identity identity, MailboxSignatures signatures) {
        this.server = server;
        this.listTimeout = listTimeout;
        this.identity = identity;
        this.signatures = signatures;
    }

    /** The same mailbox, whose server has so long from now on for everything that is asked of it: what the chain brings does not wait longer. */
    Mailbox within(Duration total) {
        return new Mailbox(server == null ? null : server.within(total), listTimeout, identity, signatures);
    }

    /** Whether there is a server that keeps messages. */
    public boolean hasServer() {
        return server != null;
    }

    /** An envelope with its sender's signature: what a provider can publish on chain. */
    public record Signed(byte[] envelope, byte[] signature) {}

    /**
     * A message that its sender has signed.
     *
     * @param payload nothing if the envelope does not open, for which the sender answers
     */
    public record Letter(MessageContext context, Signed signed, Optional<byte[]> payload) {}

    /**
     * Leaves a payload for the context's recipient. Once: what the account has left there before stays.
     *
     * @return what is there
     */
    public Signed send(MessageContext context, byte[] payload, PublicKeys recipient) {
        final Optional<Signed> earlier = sent(context);
        if (earlier.isPresent()) {
            return earlier.get();
        }
        final Signed signed = seal(context, payload, recipient);
        leave(context, signed);
        return signed;
    }

    /** Seals and signs a payload, which goes nowhere yet. */
    public Signed seal(MessageContext context, byte[] payload, PublicKeys recipient) {
        final byte[] envelope = Envelope.seal(payload, recipient, context);
        return new Signed(envelope, signatures.sign(MailboxDigests.message(context, envelope)));
    }

    /** Leaves what was sealed before; the same again changes nothing. */
    public void leave(MessageContext context, Signed signed) {
        server.post(
                path(context.round()),
                Console.object()
                        .put("round", context.round().round())
                        .put("kind", context.kind().id())
                        .put("sender", text(context.sender()))
                        .put("recipient", text(context.recipient()))
                        .put("envelope", Hex.of(signed.envelope()))
                        .put("signature", Hex.of(signed.signature())));
    }

    /** What the account has left for a recipient; nothing if the server has none, or shows what the account has not signed. */
    public Optional<Signed> sent(MessageContext context) {
        final String path = path(context.round()) + "/" + Hex.of(context.place()) + "?account=" + own();
        return server.find(path, permit(context.round())).map(Mailbox::signed).filter(signed -> isBy(context, signed));
    }

    /**
     * Messages of a kind that these accounts have sent to this one in a round, and signed: one a sender, all of the size that they have.
     *
     * @param lk the campaign's
     */
    public List<Letter> received(RoundId round, MessageKind kind, int lk, Collection<Address> senders) {
        final long size = Envelope.sizeBytes(kind.payloadBytes(lk));
        final Set<Address> awaited = new HashSet<>(senders);
        final List<Letter> letters = new ArrayList<>();
        final long start = System.nanoTime();
        String after = "0";
        while (after != null && !awaited.isEmpty()) {
            if (System.nanoTime() - start > listTimeout.toNanos()) {
                throw new CommandException(
                        ExitCode.IO,
                        "the server's list of messages has no end within " + listTimeout.toSeconds()
                                + " s; ask whoever runs the server");
            }
            final JsonFile page = server.find(
                            path(round) + "?account=" + own() + "&round=" + round.round() + "&kind=" + kind.id()
                                    + "&limit=" + PAGE + "&after=" + after,
                            permit(round))
                    .orElseThrow(() -> new CommandException(
                            ExitCode.REFUSED,
                            "the server knows nothing of campaign " + round.campaignId()
                                    + "; wait until it has read the chain"));
            for (JsonFile item : page.objects("items", Function.identity())) {
                final Address sender = item.address("sender");
                final MessageContext context = new MessageContext(
                        round, kind, sender.toBigInteger(), identity.address().toBigInteger());
                final Signed signed = signed(item);
                if (awaited.contains(sender)
                        && signed.envelope().length == size
                        && signed.signature().length <= MessageKind.MAX_SIGNATURE_BYTES
                        && isBy(context, signed)) {
                    awaited.remove(sender);
                    letters.add(new Letter(context, signed, open(context, signed)));
                }
            }
            after = page.has("next") ? page.decimal("next").toString() : null;
        }
        return letters;
    }

    /** What one of them sent, if it opens. */
    static Optional<byte[]> payloadFrom(List<Letter> letters, Address sender) {
        return letters.stream()
                .filter(letter -> letter.context().sender().equals(sender.toBigInteger()))
                .findFirst()
                .flatMap(Letter::payload);
    }

    /** Whether the context's sender has signed an envelope. */
    public boolean isBy(MessageContext context, Signed signed) {
        return signatures.isBy(
                Address.of(context.sender()), MailboxDigests.message(context, signed.envelope()), signed.signature());
    }

    /** Whether an account has signed a digest that is not the mailbox's. */
    public boolean isSignedBy(Address signer, byte[] digest, byte[] signature) {
        return signatures.isBy(signer, digest, signature);
    }

    /** What is in an envelope that the mailbox or the chain has for the account; nothing if it does not open. */
    public Optional<byte[]> open(MessageContext context, Signed signed) {
        try {
            return Optional.of(Envelope.open(signed.envelope(), identity.encryptionKeys(), context));
        } catch (EnvelopeException e) {
            return Optional.empty();
        }
    }

    private static Signed signed(JsonFile item) {
        return new Signed(bytes(item, "envelope"), bytes(item, "signature"));
    }

    private static byte[] bytes(JsonFile item, String field) {
        return item.parsed(field, text -> HexFormat.of().parseHex(text.replaceFirst("^0x", "")));
    }

    private Map<String, String> permit(RoundId round) {
        final BigInteger deadline = BigInteger.valueOf(System.currentTimeMillis() / 1000 + PERMIT_SECONDS);
        final byte[] digest = MailboxDigests.reading(round, identity.address().toBigInteger(), deadline);
        return Map.of("Mailbox-Deadline", deadline.toString(), "Mailbox-Signature", Hex.of(signatures.sign(digest)));
    }

    private static String path(RoundId round) {
        return "/api/v1/campaigns/" + round.campaignId() + "/messages";
    }

    private String own() {
        return text(identity.address().toBigInteger());
    }

    private static String text(BigInteger account) {
        return Hex.of(Address.of(account).toBytes());
    }
}
