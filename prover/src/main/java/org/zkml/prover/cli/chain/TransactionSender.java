package org.zkml.prover.cli.chain;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.ECKeyPair;
import org.web3j.crypto.Hash;
import org.web3j.crypto.TransactionEncoder;
import org.web3j.protocol.core.DefaultBlockParameterName;
import org.web3j.protocol.core.methods.request.Transaction;
import org.web3j.protocol.core.methods.response.TransactionReceipt;
import org.web3j.utils.Numeric;
import org.zkml.prover.cli.Address;
import org.zkml.prover.cli.CommandException;
import org.zkml.prover.cli.ExitCode;
import org.zkml.prover.cli.Hex;
import org.zkml.prover.cli.Identity;
import org.zkml.prover.cli.Receipt;
import org.zkml.prover.vault.Vault;

/**
 * Sends transactions of one account and waits until they are mined. What is not mined for a long time is not forgotten, whatever becomes of this process: the same call again waits for it, at a higher fee, and
 * does not happen twice. What the node has lost is sent again by the same call alone. Another program's transactions of the account are waited for, and not replaced: their calls would be lost.
 */
public final class TransactionSender {

    /** Most gas of a transaction (EIP-7825). */
    private static final BigInteger GAS_CAP = BigInteger.ONE.shiftLeft(24);

    private static final long POLL_MILLIS = 200;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Chain chain;
    private final Credentials credentials;
    private final BigInteger maxFeePerGas;
    private final Consumer<String> told;
    private final Duration patience;
    private final OpenTransactions open;

    /**
     * @param vault open as long as this sends: it keeps what is under way
     * @param maxFeePerGas most that is offered for a gas, wei: the node's word is not taken for it
     * @param told hears what a transaction can cost, before it is signed
     */
    public TransactionSender(
            Chain chain, Identity identity, Vault vault, BigInteger maxFeePerGas, Consumer<String> told) {
        this(chain, identity, vault, maxFeePerGas, told, PATIENCE);
    }

    /** @param patience how long after it was sent a transaction is waited for: several that were sent at once are so together */
    TransactionSender(
            Chain chain,
            Identity identity,
            Vault vault,
            BigInteger maxFeePerGas,
            Consumer<String> told,
            Duration patience) {
        this.chain = chain;
        this.credentials = Credentials.create(ECKeyPair.create(identity.ethereumKey()));
        this.maxFeePerGas = maxFeePerGas;
        this.told = told;
        this.patience = patience;
        this.open = new OpenTransactions(vault, chain.chainId());
    }

    /** Calls a contract. */
    Receipt send(Address to, String data) {
        return receipt(call(to, data));
    }

    /** Calls a contract; with the events. */
    TransactionReceipt call(Address to, String data) {
        return await(submitted(to.toString(), data));
    }

    /** As {@link #call(Address, String)}, with this nonce or not at all. @throws CommandException if another transaction of the account has it */
    TransactionReceipt call(Address to, String data, BigInteger nonce) {
        return await(sendFirst(to.toString(), data, () -> requireNext(nonce)));
    }

    private BigInteger requireNext(BigInteger nonce) {
        final BigInteger next = nextNonce();
        if (!next.equals(nonce)) {
            throw new CommandException(
                    ExitCode.CONFLICT,
                    "the account's next transaction was to be " + nonce + ", and is " + next
                            + " now: another command sends with this account; nothing was sent. Run this one again");
        }
        return nonce;
    }

    /** Calls a contract; others can be sent meanwhile. */
    Pending submit(Address to, String data) {
        final SentTransaction sent = submitted(to.toString(), data);
        return () -> receipt(await(sent));
    }

    /** Transactions of the account that are mined: their nonces are used. */
    public BigInteger minedNonces() {
        return count(DefaultBlockParameterName.LATEST);
    }

    /** The nonce of the next transaction: all below it are mined, or under way as far as the node knows. */
    public BigInteger nextNonce() {
        return count(DefaultBlockParameterName.PENDING);
    }

    static Receipt receipt(TransactionReceipt receipt) {
        return new Receipt(
                receipt.getTransactionHash(), receipt.getBlockNumber().longValueExact(), receipt.getGasUsed());
    }

    /** Creates a contract. */
    TransactionReceipt create(String code) {
        return await(submitted(null, code));
    }

    /** The same call of before, if it is still under way, else a new one. What is under way for long gets a higher fee: everything later waits for it. */
    private SentTransaction submitted(String to, String data) {
        for (SentTransaction sent : open.all()) {
            final boolean same = sent.isCall(to, data);
            if (isOver(sent, same)) {
                open.remove(sent);
                continue;
            }
            if (same) {
                return sent; // if it is mined, nobody in this process has heard of it
            }
        }
        return sendFirst(to, data, this::freeNonce);
    }

    /** Whether nothing is to be expected of it any more; else, unless it is mined, it is sent again if that is due. */
    private boolean isOver(SentTransaction sent, boolean same) {
        final BigInteger used =
                minedNonces(); // before the receipts, or what is mined in between would look like another's
        if (mined(sent).isPresent()) {
            return !same || sent.isRestored();
        }
        if (used.compareTo(sent.nonce()) > 0) {
            return true; // another one has its nonce
        }
        if (sent.hashes().stream().anyMatch(this::isKnown)) {
            if (isOld(sent)) {
                sendAgain(sent);
            }
            return false;
        }
        // It never got there, or was dropped: nobody's but this very call brings it back.
        if (same && nextNonce().equals(sent.nonce())) {
            sendAgain(sent);
            return false;
        }
        return isOld(sent);
    }

    private boolean isOld(SentTransaction sent) {
        return sent.age().compareTo(patience) > 0;
    }

    /** Whether the node has it, mined or not. */
    private boolean isKnown(String hash) {
        return chain.ask(chain.web3j().ethGetTransactionByHash(hash))
                .getTransaction()
                .isPresent();
    }

    /** The next nonce, also where the node that is asked now has not heard yet of what another one took. */
    private BigInteger freeNonce() {
        return open.all().stream()
                .filter(sent -> sent.isTaken() && !isOld(sent))
                .map(sent -> sent.nonce().add(BigInteger.ONE))
                .reduce(nextNonce(), BigInteger::max);
    }

    /** @param nonce read last */
    private SentTransaction sendFirst(String to, String data, Supplier<BigInteger> nonce) {
        final String from = credentials.getAddress();
        final Fees fees = Fees.usual(chain, maxFeePerGas); // before the node learns what is to be called
        final BigInteger estimate = chain.ask(chain.web3j()
                        .ethEstimateGas(new Transaction(from, null, null, null, to, BigInteger.ZERO, data)))
                .getAmountUsed();
        final BigInteger gas =
                estimate.multiply(BigInteger.valueOf(5)).shiftRight(2).min(GAS_CAP);
        final SentTransaction sent = new SentTransaction(to, data, nonce.get(), gas, fees);
        tellOthers(sent);
        try {
            broadcast(sent);
        } catch (CommandException e) {
            if (e.exitCode() == ExitCode.REFUSED) {
                if (isKnown(sent.hashes().getLast())) {
                    return sent; // it was sent twice on its way
                }
                open.remove(sent);
            }
            throw e;
        }
        return sent;
    }

    /** With the same nonce: at a higher fee if it is old, that is allowed and the node takes it; as it is if the node does not have it. */
    private void sendAgain(SentTransaction sent) {
        final Fees before = sent.fees();
        final String latest = sent.hashes().getLast();
        final boolean raised = isOld(sent) && sent.raise(Fees.usual(chain, maxFeePerGas), maxFeePerGas);
        if (!raised && isKnown(latest)) {
            told.accept("transaction " + latest + " is not mined yet, and a higher fee is not allowed");
            return;
        }
        try {
            broadcast(sent);
        } catch (CommandException e) {
            if (e.exitCode() != ExitCode.REFUSED) {
                throw e;
            }
            if (isKnown(sent.hashes().getLast())) {
                return;
            }
            if (raised) {
                sent.takeBack(before);
                open.note(sent);
            }
            told.accept("transaction " + sent.hashes().getLast() + " is not mined yet; sent again, " + e.getMessage());
        }
    }

    /** Of what else it has to wait for. */
    private void tellOthers(SentTransaction sent) {
        final BigInteger mined = minedNonces();
        final long own = open.all().stream()
                .filter(one -> one.nonce().compareTo(mined) >= 0 && one.nonce().compareTo(sent.nonce()) < 0)
                .count();
        final BigInteger others = sent.nonce().subtract(mined).subtract(BigInteger.valueOf(own));
        if (others.signum() > 0) {
            told.accept("transactions of this account that are under way and not from this workspace: " + others
                    + "; this one is mined after them");
        }
    }

    private void broadcast(SentTransaction sent) {
        told.accept("the transaction costs at most " + Fees.ether(sent.cost()) + " ether: " + sent.gas()
                + " gas at up to " + Fees.gwei(sent.fees().fee()) + " gwei");
        final byte[] signed = TransactionEncoder.signMessage(sent.unsigned(chain.chainId()), credentials);
        sent.add(Hash.sha3(Hex.of(signed)));
        open.note(sent); // the node may take it though its answer does not arrive
        chain.ask(chain.web3j().ethSendRawTransaction(Hex.of(signed)));
        sent.taken();
    }

    private BigInteger count(DefaultBlockParameterName block) {
        return chain.ask(chain.web3j().ethGetTransactionCount(credentials.getAddress(), block))
                .getTransactionCount();
    }

    private Optional<TransactionReceipt> mined(SentTransaction sent) {
        return sent.hashes().stream()
                .flatMap(hash ->
                        chain.ask(chain.web3j().ethGetTransactionReceipt(hash)).getTransactionReceipt().stream())
                .findFirst();
    }

    private TransactionReceipt await(SentTransaction sent) {
        while (true) {
            final Optional<TransactionReceipt> receipt = mined(sent);
            if (receipt.isPresent()) {
                open.remove(sent);
                if (!receipt.get().isStatusOK()) {
                    throw failed(receipt.get(), sent.to(), sent.data());
                }
                return receipt.get();
            }
            if (isOld(sent)) {
                throw new CommandException(
                        ExitCode.IO,
                        "transaction " + sent.hashes().getLast() + " is not mined after " + patience.toSeconds()
                                + " seconds; it may still be: look before you try again");
            }
            try {
                Thread.sleep(POLL_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CommandException(
                        ExitCode.IO, "interrupted; transaction " + sent.hashes().getLast() + " may still be mined", e);
            }
        }
    }

    private CommandException failed(TransactionReceipt receipt, String to, String data) {
        if (to != null) {
            chain.simulate(credentials.getAddress(), Address.parse(to), data); // tells why, if it still fails
        }
        return new CommandException(
                ExitCode.REFUSED,
                "transaction " + receipt.getTransactionHash() + " was reverted, after "
                        + Numeric.decodeQuantity(receipt.getGasUsedRaw()) + " gas; try again");
    }
}
