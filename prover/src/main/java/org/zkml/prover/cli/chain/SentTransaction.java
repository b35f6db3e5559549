package org.zkml.prover.cli.chain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.web3j.crypto.RawTransaction;
import org.zkml.prover.cli.Console;
import org.zkml.prover.cli.JsonFile;

/** A call that was sent, perhaps several times with the same nonce, each time at a higher fee: one of these is mined, or none. */
final class SentTransaction {

    private final String to;
    private final String data;
    private final BigInteger nonce;
    private final BigInteger gas;
    private final List<String> hashes = new ArrayList<>();
    private final boolean restored;
    private Fees fees;
    private long sentMillis;
    /** When this process sent the latest version, or read of it, by {@link System#nanoTime}: the clock may be set meanwhile. */
    private long sinceNanos;
    /** How old it was then. */
    private Duration before = Duration.ZERO;

    private boolean taken;

    /**
     * A call that is about to be sent.
     *
     * @param to null where a contract is created
     */
    SentTransaction(String to, String data, BigInteger nonce, BigInteger gas, Fees fees) {
        this(to, data, nonce, gas, fees, false);
    }

    private SentTransaction(String to, String data, BigInteger nonce, BigInteger gas, Fees fees, boolean restored) {
        this.to = to;
        this.data = data;
        this.nonce = nonce;
        this.gas = gas;
        this.fees = fees;
        this.restored = restored;
    }

    /** As {@link #encode} wrote it: what an earlier process has sent. */
    static SentTransaction decode(String source, byte[] bytes) {
        final JsonFile file = JsonFile.parse(source, bytes);
        final SentTransaction sent = new SentTransaction(
                file.textOr("to", null),
                file.text("data"),
                file.decimal("nonce"),
                file.decimal("gas"),
                new Fees(file.decimal("tip"), file.decimal("fee")),
                true);
        for (JsonNode hash : file.node().path("hashes")) {
            sent.hashes.add(hash.asText());
        }
        sent.sentMillis = file.integer("sentAt", 0, Long.MAX_VALUE);
        sent.before = Duration.ofMillis(Math.max(0, System.currentTimeMillis() - sent.sentMillis));
        sent.sinceNanos = System.nanoTime();
        return sent;
    }

    /** All that is needed to wait for it, and to send it again at a higher fee. */
    byte[] encode() {
        final ObjectNode node = Console.object()
                .put("data", data)
                .put("nonce", nonce.toString())
                .put("gas", gas.toString())
                .put("tip", fees.tip().toString())
                .put("fee", fees.fee().toString())
                .put("sentAt", sentMillis);
        if (to != null) {
            node.put("to", to);
        }
        final ArrayNode versions = node.putArray("hashes");
        hashes.forEach(versions::add);
        return node.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Whether an earlier process has sent it. */
    boolean isRestored() {
        return restored;
    }

    String to() {
        return to;
    }

    String data() {
        return data;
    }

    BigInteger nonce() {
        return nonce;
    }

    /** Of every version that was sent, the latest last. */
    List<String> hashes() {
        return hashes;
    }

    /** A version is sent now. */
    void add(String hash) {
        hashes.remove(hash); // the same bytes again
        hashes.add(hash);
        sentMillis = System.currentTimeMillis();
        before = Duration.ZERO;
        sinceNanos = System.nanoTime();
    }

    /** The node has taken a version from this process. */
    void taken() {
        taken = true;
    }

    boolean isTaken() {
        return taken;
    }

    /** Since the latest version was sent; an earlier process may have done that. */
    Duration age() {
        return before.plusNanos(System.nanoTime() - sinceNanos);
    }

    boolean isCall(String otherTo, String otherData) {
        return data.equals(otherData) && (to == null ? otherTo == null : to.equals(otherTo));
    }

    RawTransaction unsigned(BigInteger chainId) {
        return RawTransaction.createTransaction(
                chainId.longValueExact(), nonce, gas, to, BigInteger.ZERO, data, fees.tip(), fees.fee());
    }

    /** Most that it can cost, wei. */
    BigInteger cost() {
        return gas.multiply(fees.fee());
    }

    BigInteger gas() {
        return gas;
    }

    Fees fees() {
        return fees;
    }

    /**
     * Offers an eighth more, or what is usual now if that is more: nodes take nothing else in the place of a transaction.
     *
     * @return false, and nothing changes, if that is more than allowed
     */
    boolean raise(Fees usual, BigInteger highestFee) {
        final BigInteger tip = eighthMore(fees.tip()).max(usual.tip());
        final BigInteger fee = eighthMore(fees.fee()).max(usual.fee()).max(tip);
        if (fee.compareTo(highestFee) > 0) {
            return false;
        }
        fees = new Fees(tip, fee);
        return true;
    }

    /** Forgets the latest version, which no node took. */
    void takeBack(Fees before) {
        hashes.removeLast();
        fees = before;
    }

    private static BigInteger eighthMore(BigInteger amount) {
        return amount.add(amount.shiftRight(3)).add(BigInteger.ONE);
    }
}
