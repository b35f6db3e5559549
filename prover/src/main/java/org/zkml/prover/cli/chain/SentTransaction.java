package org.zkml.prover.cli.chain;

import java.math.BigInteger;
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
    private BigInteger tip;
    private BigInteger fee;

    /**
     * A call that is about to be sent.
     *
     * @param to null where a contract is created
     * @param tip wei a gas, as {@code fee}
     */
    SentTransaction(String to, String data, BigInteger nonce, BigInteger gas, BigInteger tip, BigInteger fee) {
        this.to = to;
        this.data = data;
        this.nonce = nonce;
        this.gas = gas;
        this.tip = tip;
        this.fee = fee;
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

    boolean isCall(String otherTo, String otherData) {
        return data.equals(otherData) && (to == null ? otherTo == null : to.equals(otherTo));
    }

    RawTransaction unsigned(BigInteger chainId) {
        return RawTransaction.createTransaction(
                chainId.longValueExact(), nonce, gas, to, BigInteger.ZERO, data, tip, fee);
    }

    /** Most that it can cost, wei. */
    BigInteger cost() {
        return gas.multiply(fee);
    }

    BigInteger gas() {
        return gas;
    }

    BigInteger fee() {
        return fee;
    }

    /**
     * Offers an eighth more, or what is usual now if that is more: nodes take nothing else in the place of a transaction.
     *
     * @return false, and nothing changes, if that is more than allowed
     */
    boolean raise(BigInteger usualTip, BigInteger usualFee, BigInteger highestFee) {
        final BigInteger newTip = eighthMore(tip).max(usualTip);
        final BigInteger newFee = eighthMore(fee).max(usualFee).max(newTip);
        if (newFee.compareTo(highestFee) > 0) {
            return false;
        }
        tip = newTip;
        fee = newFee;
        return true;
    }

    private static BigInteger eighthMore(BigInteger amount) {
        return amount.add(amount.shiftRight(3)).add(BigInteger.ONE);
    }
}
