package org.zkml.backend.chain.relay;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.zkml.backend.chain.ChainConfig;
import org.zkml.backend.chain.EthereumNode;
import org.zkml.backend.chain.Hex;
import org.zkml.backend.chain.RefusedByContractException;
import org.zkml.backend.chain.RelayRules;

/** From a planned message to a signed transaction that is stored: all that happens before anything is sent. */
@ApplicationScoped
class RelaySteps {

    private static final Logger LOG = Logger.getLogger(RelaySteps.class);
    private static final String PLANNED_AND_FREE =
            "select * from relayed_message where state = 'PLANNED' and due_at <= :now order by due_at, id limit 1 for update skip locked";
    private static final Duration LONGEST_TROUBLE_DELAY = Duration.ofMinutes(1);
    private static final Duration NO_BUDGET_DELAY = Duration.ofSeconds(15);
    private static final Duration DEAR_GAS_DELAY = Duration.ofSeconds(15);

    private final EntityManager entities;
    private final ChainConfig.Relayer config;
    private final EthereumNode node;
    private final RelayerKey key;
    private final RelaySigning signing;
    private final RelayRules rules;
    private final RelayBudget budget;
    private final Clock clock = Clock.systemUTC();

    RelaySteps(
            EntityManager entities,
            ChainConfig config,
            EthereumNode node,
            RelayerKey key,
            RelaySigning signing,
            RelayRules rules,
            RelayBudget budget) {
        this.entities = entities;
        this.config = config.relayer();
        this.node = node;
        this.key = key;
        this.signing = signing;
        this.rules = rules;
        this.budget = budget;
    }

    /**
     * Gives the first message that waits and that nobody works on a nonce and a signed transaction.
     *
     * @return whether there was one; false too when enough are under way
     * @throws StuckMessageException if that did not work
     */
    @Transactional(TxType.REQUIRES_NEW)
    boolean prepareNext() {
        final Instant now = clock.instant();
        final Optional<RelayedMessage> claimed = claim(PLANNED_AND_FREE, now);
        if (claimed.isEmpty() || RelayedMessage.count("state", RelayState.SENT) >= config.inFlight()) {
            return false;
        }
        orStuck(claimed.get(), () -> prepare(claimed.get(), now));
        return true;
    }

    /** Runs a step for a claimed message, which is undone if it fails. */
    void orStuck(RelayedMessage message, Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            throw new StuckMessageException(message, e);
        }
    }

    /** Leaves a message alone for a while: the longer, the older it is. */
    @Transactional(TxType.REQUIRES_NEW)
    void postpone(StuckMessageException stuck) {
        final RelayedMessage message = RelayedMessage.findById(stuck.messageId(), LockModeType.PESSIMISTIC_WRITE);
        final Instant now = clock.instant();
        if (!stuck.getMessage().equals(message.trouble)) {
            LOG.warnf("message waits: resource=%s reason=%s", message.resource, stuck.getMessage());
        }
        message.trouble(stuck.getMessage(), now.plus(message.patience(now, LONGEST_TROUBLE_DELAY)));
    }

    private void prepare(RelayedMessage message, Instant now) {
        final Optional<RefusedByContractException> objection = objection(message);
        if (objection.isPresent()) {
            refuse(message, objection.get(), now);
            return;
        }
        final String relayer = key.address();
        final BigInteger gas;
        try {
            gas = node.estimateGas(relayer, message.contract, Hex.of(message.callData));
        } catch (RefusedByContractException e) {
            refuse(message, e, now);
            return;
        }
        final BigInteger highest = BigInteger.valueOf(message.kind.gasLimit(config.gasLimit()));
        final BigInteger gasLimit = RelaySigning.withReserve(gas);
        if (gas.compareTo(highest) > 0) {
            refuse(
                    message,
                    new RefusedByContractException("GasAboveLimit", "GasAboveLimit(" + gas + ", " + highest + ")"),
                    now);
            return;
        }
        final BigInteger baseFee = node.latest().baseFeePerGas();
        final Optional<Fees> fees = Fees.now(baseFee, config.priorityFeePerGas(), config.maxFeePerGas());
        if (fees.isEmpty()) {
            message.trouble(
                    "the base fee of " + baseFee + " wei is above four fifths of zkml.chain.relayer.max-fee-per-gas, "
                            + config.maxFeePerGas(),
                    now.plus(DEAR_GAS_DELAY));
            return;
        }
        signing.lockAccount(relayer);
        final long limit = gasLimit.min(highest).longValueExact();
        final BigInteger most = fees.get().most(limit);
        if (!budget.covers(RelayBudget.Purpose.of(message), most, now)) {
            message.trouble(budget.trouble(most), now.plus(NO_BUDGET_DELAY));
            return;
        }
        signing.sign(message, signing.freeNonce(relayer), limit, fees.get(), now);
    }

    /** Why the message must not be sent any more, though it was taken in. */
    Optional<RefusedByContractException> objection(RelayedMessage message) {
        return message.kind.isSigned()
                ? rules.objection(message.account, message.deadline)
                : Optional.ofNullable(message.deadline).flatMap(rules::objection);
    }

    private void refuse(RelayedMessage message, RefusedByContractException refusal, Instant now) {
        message.failed(refusal, now);
        message.settle();
        LOG.infof("message refused before it was sent: resource=%s error=%s", message.resource, refusal.detail());
    }

    /** The first row of a query that claims rows. */
    Optional<RelayedMessage> claim(String query, Instant now) {
        final List<?> rows = entities.createNativeQuery(query, RelayedMessage.class)
                .setParameter("now", now)
                .getResultList();
        return rows.stream().map(RelayedMessage.class::cast).findFirst();
    }
}
