package org.zkml.backend.chain;

import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * Which signed messages the server pays gas for. A contract's account is asked for its signature by code of its own, which may behave
 * well when it is tried out and use up all gas in a block: unless it is allowed to, the server sends nothing that runs such code. And a
 * message that is good now reverts once its deadline is over: it needs time to be mined.
 */
@ApplicationScoped
public class RelayRules {

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
     * Why a message that was taken in must not be sent any more: accounts can get code at any time, and time goes on.
     *
     * @param deadline Unix seconds
     */
    public Optional<RefusedByContractException> objection(String account, BigInteger deadline) {
        final BigInteger now = now();
        if (deadline.compareTo(now.add(seconds(config.deadlineMargin().dividedBy(3)))) < 0) {
            return Optional.of(new RefusedByContractException(
                    "DeadlineTooNear", "DeadlineTooNear(" + deadline + ", " + now + ")"));
        }
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
