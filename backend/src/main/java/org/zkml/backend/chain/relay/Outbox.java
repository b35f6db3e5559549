package org.zkml.backend.chain.relay;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.web3j.utils.Numeric;
import org.zkml.backend.chain.ContractCall;

/** Takes in messages: once a resource, whatever happens. */
@ApplicationScoped
public class Outbox {

    private final EntityManager entities;
    private final RelayLimits limits;
    private final Clock clock = Clock.systemUTC();

    Outbox(EntityManager entities, RelayLimits limits) {
        this.entities = entities;
        this.limits = limits;
    }

    /**
     * A call to be sent.
     *
     * @param resource what it brings about
     * @param fingerprint tells one message about the resource from another
     * @param account on whose behalf
     * @param kind what it does
     * @param deadline last Unix second at which it is good; null if it has none
     * @param granted whether it is for a campaign with a budget that governance granted: strangers can make any number of others
     * @param call the call
     */
    public record Message(
            String resource,
            String fingerprint,
            String account,
            MessageKind kind,
            BigInteger deadline,
            boolean granted,
            ContractCall call) {}

    /** @param created whether the message is new, or planned again after a failure */
    public record Accepted(RelayedMessage message, boolean created) {}

    /**
     * Stores a message to be sent, as part of the caller's transaction.
     *
     * @return the stored one, which may have been there
     * @throws MessageConflictException if another message about the resource has not failed
     * @throws RelayLimitException if too many are waiting, the account has had its share of the day, or the last transaction for the
     *     resource has failed too recently
     */
    @Transactional(TxType.MANDATORY)
    public Accepted accept(Message message) {
        final Instant now = clock.instant();
        final boolean inserted = insert(message, now);
        final RelayedMessage stored = RelayedMessage.<RelayedMessage>find("resource", message.resource())
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .singleResult();
        if (inserted) {
            stored.deadline = message.deadline();
            limits.require(stored, now);
            return new Accepted(stored, true);
        }
        if (stored.state == RelayState.FAILED) {
            limits.requireRepeatable(stored, now);
            stored.fingerprint = message.fingerprint();
            stored.account = message.account();
            stored.kind = message.kind();
            stored.deadline = message.deadline();
            stored.granted = message.granted();
            stored.contract = message.call().to();
            stored.callData = Numeric.hexStringToByteArray(message.call().data());
            stored.createdAt = now;
            stored.plan(now);
            limits.require(stored, now);
            return new Accepted(stored, true);
        }
        if (!stored.fingerprint.equals(message.fingerprint())) {
            throw new MessageConflictException(message.resource());
        }
        return new Accepted(stored, false);
    }

    /**
     * Whether this very message is stored and has not failed: there is nothing left to do for it.
     *
     * @throws MessageConflictException if another message about the resource has not failed
     */
    @Transactional(TxType.MANDATORY)
    public boolean holds(String resource, String fingerprint) {
        final Optional<RelayedMessage> stored =
                RelayedMessage.ofResource(resource).filter(message -> message.state != RelayState.FAILED);
        stored.filter(message -> !message.fingerprint.equals(fingerprint)).ifPresent(message -> {
            throw new MessageConflictException(resource);
        });
        return stored.isPresent();
    }

    /** Two instances may be asked at once: the database lets one of them win. */
    private boolean insert(Message message, Instant now) {
        return entities.createNativeQuery(
                                "insert into relayed_message (resource, fingerprint, account, kind, granted, contract, call_data, state,"
                                        + " settled, due_at, created_at, updated_at) values (:resource, :fingerprint, :account, :kind, :granted, :contract,"
                                        + " :data, 'PLANNED', false, :now, :now, :now) on conflict do nothing")
                        .setParameter("resource", message.resource())
                        .setParameter("fingerprint", message.fingerprint())
                        .setParameter("account", message.account())
                        .setParameter("kind", message.kind().name())
                        .setParameter("granted", message.granted())
                        .setParameter("contract", message.call().to())
                        .setParameter(
                                "data",
                                Numeric.hexStringToByteArray(message.call().data()))
                        .setParameter("now", now)
                        .executeUpdate()
                == 1;
    }
}
