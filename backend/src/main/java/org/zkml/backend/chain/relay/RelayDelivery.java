package org.zkml.backend.chain.relay;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.web3j.protocol.core.methods.response.TransactionReceipt;
import org.zkml.backend.chain.Chain;
import org.zkml.backend.chain.ChainConfig;
import org.zkml.backend.chain.Deployment;
import org.zkml.backend.chain.EthereumNode;
import org.zkml.backend.chain.Hex;
import org.zkml.backend.chain.RefusedByContractException;

/**
 * From a stored transaction to one that is final: sends, sends again, replaces, and follows it through reorganisations. What is sent has
 * been committed by an earlier step, so that whoever comes after a crash sends the same bytes.
 */
@ApplicationScoped
class RelayDelivery {

    private static final Logger LOG = Logger.getLogger(RelayDelivery.class);
    private static final String UNSETTLED_AND_FREE =
            "select * from relayed_message where settled = false and state <> 'PLANNED'"
                    + " and due_at <= :now order by due_at, nonce limit 1 for update skip locked";
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private final ChainConfig.Relayer config;
    private final Chain chain;
    private final EthereumNode node;
    private final RelaySteps steps;
    private final RelaySigning signing;
    private final RelayerKey key;
    private final Clock clock = Clock.systemUTC();

    RelayDelivery(
            ChainConfig config,
            Chain chain,
            EthereumNode node,
            RelaySteps steps,
            RelaySigning signing,
            RelayerKey key) {
        this.config = config.relayer();
        this.chain = chain;
        this.node = node;
        this.steps = steps;
        this.signing = signing;
        this.key = key;
    }

    /**
     * Moves on the message that is due first and that nobody works on.
     *
     * @return whether there was one
     * @throws StuckMessageException if that did not work
     */
    @Transactional(TxType.REQUIRES_NEW)
    boolean followNext() {
        final Instant now = clock.instant();
        final Optional<RelayedMessage> claimed = steps.claim(UNSETTLED_AND_FREE, now);
        claimed.ifPresent(message -> steps.orStuck(message, () -> follow(message, now)));
        return claimed.isPresent();
    }

    private void follow(RelayedMessage message, Instant now) {
        final Deployment deployment = chain.deployment();
        final List<RelayAttempt> attempts = RelayAttempt.of(message);
        // Read before the receipts: a nonce that is used while no receipt is there was used by another transaction.
        final long count = node.transactionCount(message.relayer);
        for (RelayAttempt attempt : attempts) {
            final Optional<TransactionReceipt> receipt = node.receipt(attempt.transactionHash);
            if (receipt.isPresent()) {
                mined(message, attempt, receipt.get(), deployment, now);
                return;
            }
        }
        if (message.state != RelayState.SENT) {
            LOG.warnf("message lost its block: resource=%s transaction=%s", message.resource, message.transactionHash);
            message.unmined(now);
            attempts.forEach(attempt -> attempt.costWei = null);
        }
        if (count > message.nonce) {
            displaced(message, deployment, now);
        } else {
            deliver(message, attempts.getFirst(), count == message.nonce, now);
        }
    }

    private void mined(
            RelayedMessage message,
            RelayAttempt attempt,
            TransactionReceipt receipt,
            Deployment deployment,
            Instant now) {
        final long block = receipt.getBlockNumber().longValueExact();
        final boolean moved = !receipt.getBlockHash().equals(message.blockHash);
        message.transactionHash = attempt.transactionHash;
        message.blockNumber = block;
        message.blockHash = receipt.getBlockHash();
        message.gasUsed = receipt.getGasUsed().longValueExact();
        attempt.paid(receipt);
        final boolean settled = node.latest().number() - block >= deployment.confirmations();
        message.trouble = null;
        if (attempt.withdraws) {
            message.failed(
                    new RefusedByContractException(
                            "Withdrawn",
                            "Withdrawn: it was not mined before its deadline came too near, or its account got code"),
                    now);
        } else if (receipt.isStatusOK()) {
            message.state = settled ? RelayState.FINAL : RelayState.MINED;
        } else if (moved) {
            message.failed(node.replay(message.relayer, message.contract, Hex.of(message.callData), block), now);
        }
        if (moved) {
            LOG.infof(
                    "message mined: resource=%s transaction=%s block=%d gas=%d%s",
                    message.resource,
                    message.transactionHash,
                    block,
                    message.gasUsed,
                    message.state == RelayState.FAILED ? " failure=" + message.failureDetail : "");
        }
        if (settled) {
            message.settle();
        }
        message.updatedAt = now;
        message.dueAt = now.plus(message.patience(now, LONGEST_WAIT));
    }

    /** Another transaction of the account has the nonce. Once that is final none of ours can be mined: a new nonce is needed. */
    private void displaced(RelayedMessage message, Deployment deployment, Instant now) {
        final long finalBlock = Math.max(0, node.latest().number() - deployment.confirmations());
        if (node.transactionCount(message.relayer, finalBlock) > message.nonce) {
            LOG.warnf(
                    "nonce used by another transaction, planning again: resource=%s account=%s nonce=%d",
                    message.resource, message.relayer, message.nonce);
            message.plan(now);
        } else {
            message.trouble(
                    "another transaction of " + message.relayer + " has nonce " + message.nonce,
                    now.plus(message.patience(now, LONGEST_WAIT)));
        }
    }

    /**
     * Only the transaction whose turn it is can be stuck for its fees, the others wait for it; or one that no node takes for them. If a
     * node does not take it for another reason, such as an empty account, higher fees are no cure. What must not be sent any more is not
     * sent for the first time.
     */
    private void deliver(RelayedMessage message, RelayAttempt newest, boolean isNext, Instant now) {
        final boolean unsent = newest.sentAt == null;
        final boolean overdue = newest.createdAt.plus(config.replaceAfter()).isBefore(now);
        final boolean stuck = overdue && (unsent ? isBelowBaseFee(newest) : isNext);
        final Optional<RefusedByContractException> objection =
                (stuck || unsent) && !newest.withdraws ? steps.objection(message) : Optional.empty();
        if ((stuck || objection.isPresent()) && replace(message, newest, objection.isPresent(), now)) {
            return;
        }
        final Instant next = now.plus(message.patience(now, LONGEST_WAIT));
        if (unsent && objection.isPresent()) {
            message.trouble(
                    "not sent (" + objection.get().detail() + ") and not withdrawn: the key of " + message.relayer
                            + " is not in zkml.chain.relayer.key-file",
                    next);
            return;
        }
        if (unsent || newest.sentAt.plus(config.resendAfter()).isBefore(now)) {
            send(message, newest, now);
        }
        message.dueAt = next;
    }

    private boolean isBelowBaseFee(RelayAttempt attempt) {
        return attempt.maxFeePerGas.compareTo(node.latest().baseFeePerGas()) < 0;
    }

    /** What the node does not take is sent again at the next look, unless it turns out to be in the chain. */
    private void send(RelayedMessage message, RelayAttempt attempt, Instant now) {
        final Optional<String> problem = node.send(Hex.of(attempt.signedTransaction));
        if (problem.isEmpty()) {
            attempt.sentAt = now;
            message.updatedAt = now;
        } else if (!problem.get().equals(message.trouble)) {
            LOG.infof(
                    "node did not take transaction: resource=%s transaction=%s reason=%s",
                    message.resource, attempt.transactionHash, problem.get());
        }
        message.trouble(problem.orElse(null), now);
    }

    /**
     * Whatever the day's budget says: without its turn taken, no later transaction of the account can be mined either.
     *
     * @return whether there is a replacement to be sent by the next step
     */
    private boolean replace(RelayedMessage message, RelayAttempt stuck, boolean unwanted, Instant now) {
        if (!key.address().equals(message.relayer)) {
            return false;
        }
        final BigInteger baseFee = node.latest().baseFeePerGas();
        final Fees offered = new Fees(stuck.maxFeePerGas, stuck.priorityFeePerGas);
        final Optional<Fees> fees = unwanted
                ? Optional.of(offered.outbid(baseFee, config.maxFeePerGas()))
                : offered.raised(baseFee, config.maxFeePerGas());
        if (fees.isEmpty()) {
            return false;
        }
        final boolean withdrawn = stuck.withdraws || unwanted;
        if (withdrawn) {
            signing.withdraw(message, fees.get(), now);
        } else {
            signing.sign(message, message.nonce, stuck.gasLimit, fees.get(), now);
        }
        LOG.infof(
                "transaction %s: resource=%s nonce=%d old=%s new=%s maxFeePerGas=%s",
                withdrawn ? "withdrawn" : "replaced",
                message.resource,
                message.nonce,
                stuck.transactionHash,
                message.transactionHash,
                fees.get().max());
        return true;
    }
}
