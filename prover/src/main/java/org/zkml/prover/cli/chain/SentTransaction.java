package org.zkml.prover.cli.chain;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.web3j.crypto.RawTransaction;

/** A call that was sent, perhaps several times with the same nonce, each time at a higher fee: one of these is mined, or none. */
final class SentTransaction {

    private final String to;
    private final String data;
    private final BigInteger nonce;
    private final BigInteger gas;
    private final List<String> hashes = new ArrayList<>();
    private Fees fees;
    private long sentNanos;

    /**
     * A call that is about to be sent.
     *
     * @param to null where a contract is created
     */
    SentTransaction(String to, String data, BigInteger nonce, BigInteger gas, Fees fees) {
        this.to = to;
        this.data = data;
        this.nonce = nonce;
        this.gas = gas;
        this.fees = fees;
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
        hashes.add(hash);
        sentNanos = System.nanoTime();
    }

    /** Since the latest version was sent. */
    Duration age() {
        return Duration.ofNanos(System.nanoTime() - sentNanos);
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
