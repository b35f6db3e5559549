package org.zkml.backend.chain;

import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * Which messages the server pays gas for. A contract's account is asked for its signature by code of its own, which may behave
 * well when it is tried out and use up all gas in a block: unless it is allowed to, the server sends nothing that runs such code. And a
 * message that is good now reverts once its deadline is over: it needs time to be mined.
 */
@ApplicationScoped
public class RelayRules {

    /** Part of the margins that is enough for what nobody has signed: it is due within windows that can be an hour. */
    private static final int UNSIGNED_PART = 5;

    private final EthereumNode node;
    private final ChainConfig.Relayer config;
    private final Clock clock = Clock.systemUTC();

    RelayRules(EthereumNode node, ChainConfig config) {
        this.node = node;
        this.config = config.relayer();
    }

    /** @throws NotRelayedException if the account has code and such are not relayed, or the deadline is too near */
    void require(String account, boolean hasCode, BigInteger deadline) {
        if (hasCode && !config.contractAccounts()) {
            throw new NotRelayedException("the account " + account
                    + " has code (a contract wallet, or a key with a delegation), and this server pays gas only for accounts without:"
                    + " send the message yourself (zkml: --direct), or sign with an account that is only a key");
        }
        final BigInteger earliest = now().add(seconds(config.deadlineMargin()));
        if (deadline.compareTo(earliest) < 0) {
            throw new NotRelayedException("the deadline " + deadline
                    + " leaves too little time for the message to be mined: sign it with one of "
                    + earliest + " at least (Unix seconds), better a day from now");
        }
    }

    /**
     * The same for a message that needs no signature.
     *
     * @param deadline last Unix second at which the contract takes it
     * @throws NotRelayedException if that is too near
     */
    public void require(BigInteger deadline) {
        final BigInteger now = now();
        final Duration margin = config.deadlineMargin().dividedBy(UNSIGNED_PART);
        if (deadline.compareTo(now.add(seconds(margin))) < 0) {
            throw new NotRelayedException("the contract takes this until " + deadline
                    + " (Unix seconds), and the server sends only what has " + margin.toSeconds()
                    + " seconds to be mined, counted from " + now + ": send it yourself (zkml: --direct)");
        }
    }

    /**
     * Why a signed message that was taken in must not be sent any more: accounts can get code at any time, and time goes on.
     *
     * @param deadline Unix seconds
     */
    public Optional<RefusedByContractException> objection(String account, BigInteger deadline) {
        return tooNear(deadline, whenSent()).or(() -> codeOf(account));
    }

    /**
     * The same for a message that needs no signature.
     *
     * @param deadline last Unix second at which the contract takes it
     */
    public Optional<RefusedByContractException> objection(BigInteger deadline) {
        return tooNear(deadline, whenSent().dividedBy(UNSIGNED_PART));
    }

    private Duration whenSent() {
        return config.deadlineMargin().dividedBy(3);
    }

    private Optional<RefusedByContractException> tooNear(BigInteger deadline, Duration margin) {
        final BigInteger now = now();
        return deadline.compareTo(now.add(seconds(margin))) < 0
                ? Optional.of(new RefusedByContractException(
                        "DeadlineTooNear", "DeadlineTooNear(" + deadline + ", " + now + ")"))
                : Optional.empty();
    }

    private Optional<RefusedByContractException> codeOf(String account) {
        return !config.contractAccounts() && node.hasCode(account)
                ? Optional.of(new RefusedByContractException("AccountHasCode", "AccountHasCode(" + account + ")"))
                : Optional.empty();
    }

    /** By the chain's clock or by ours, whichever is ahead; Unix seconds. */
    private BigInteger now() {
        return BigInteger.valueOf(
                Math.max(node.latest().timestamp(), clock.instant().getEpochSecond()));
    }

    private static BigInteger seconds(Duration duration) {
        return BigInteger.valueOf(duration.toSeconds());
    }
}
