package org.zkml.backend.chain.relay;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.math.BigInteger;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.web3j.crypto.Hash;
import org.web3j.crypto.RawTransaction;
import org.web3j.utils.Numeric;
import org.zkml.backend.chain.Chain;
import org.zkml.backend.chain.EthereumNode;
import org.zkml.backend.chain.Hex;

/** Nonces, and signed transactions that wait to be sent. */
@ApplicationScoped
class RelaySigning {

    private final EntityManager entities;
    private final Chain chain;
    private final EthereumNode node;
    private final RelayerKey key;

    RelaySigning(EntityManager entities, Chain chain, EthereumNode node, RelayerKey key) {
        this.entities = entities;
        this.chain = chain;
        this.node = node;
        this.key = key;
    }

    /** What is estimated may be a little more in the block: a quarter. */
    static BigInteger withReserve(BigInteger gas) {
        return gas.multiply(BigInteger.valueOf(5)).shiftRight(2);
    }

    /** Signs a transaction for the message, which waits to be sent once this is committed. */
    void sign(RelayedMessage message, long nonce, long gasLimit, Fees fees, Instant now) {
        sign(message, nonce, new Order(message.contract, Hex.of(message.callData), gasLimit, false), fees, now);
    }

    /** Signs a transaction that pays the relayer nothing and takes the message's nonce: the message will not be mined. */
    void withdraw(RelayedMessage message, Fees fees, Instant now) {
        final String self = key.address();
        final long gasLimit = withReserve(node.estimateGas(self, self, "0x")).longValueExact();
        sign(message, message.nonce, new Order(self, "0x", gasLimit, true), fees, now);
    }

    /** @param withdraws whether it stands in for the message's call */
    private record Order(String to, String data, long gasLimit, boolean withdraws) {}

    private void sign(RelayedMessage message, long nonce, Order order, Fees fees, Instant now) {
        final BigInteger chainId = chain.deployment().chainId();
        final byte[] signed = key.sign(RawTransaction.createTransaction(
                chainId.longValueExact(),
                BigInteger.valueOf(nonce),
                BigInteger.valueOf(order.gasLimit()),
                order.to(),
                BigInteger.ZERO,
                order.data(),
                fees.priority(),
                fees.max()));
        final RelayAttempt attempt = new RelayAttempt();
        attempt.messageId = message.id;
        attempt.relayer = key.address();
        attempt.nonce = nonce;
        attempt.transactionHash = Numeric.toHexString(Hash.sha3(signed));
        attempt.signedTransaction = signed;
        attempt.maxFeePerGas = fees.max();
        attempt.priorityFeePerGas = fees.priority();
        attempt.gasLimit = order.gasLimit();
        attempt.withdraws = order.withdraws();
        attempt.createdAt = now;
        attempt.persist();
        message.sent(attempt, now);
    }

    /** Until the end of the transaction nobody else gives out a nonce of this account. */
    void lockAccount(String relayer) {
        entities.createNativeQuery("insert into relayer_account (address) values (:address) on conflict do nothing")
                .setParameter("address", relayer)
                .executeUpdate();
        entities.createNativeQuery("select address from relayer_account where address = :address for update")
                .setParameter("address", relayer)
                .getSingleResult();
    }

    /** The lowest nonce that neither the chain nor a stored transaction has: gaps are filled first. */
    long freeNonce(String relayer) {
        long nonce = node.transactionCount(relayer);
        final Set<Long> held = new HashSet<>(entities.createQuery(
                        "select a.nonce from RelayAttempt a where a.relayer = :relayer and a.nonce >= :nonce",
                        Long.class)
                .setParameter("relayer", relayer)
                .setParameter("nonce", nonce)
                .getResultList());
        while (held.contains(nonce)) {
            nonce++;
        }
        return nonce;
    }
}
