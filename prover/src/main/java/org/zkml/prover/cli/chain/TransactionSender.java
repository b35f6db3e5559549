package org.zkml.prover.cli.chain;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import java.util.function.Consumer;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.ECKeyPair;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.TransactionEncoder;
import org.web3j.protocol.core.DefaultBlockParameterName;
import org.web3j.protocol.core.methods.request.Transaction;
import org.web3j.protocol.core.methods.response.TransactionReceipt;
import org.web3j.utils.Convert;
import org.web3j.utils.Numeric;
import org.zkml.prover.cli.Address;
import org.zkml.prover.cli.CommandException;
import org.zkml.prover.cli.ExitCode;
import org.zkml.prover.cli.Hex;
import org.zkml.prover.cli.Identity;
import org.zkml.prover.cli.Receipt;

/** Sends transactions of one account and waits until they are mined. */
public final class TransactionSender {

    /** Most gas of a transaction (EIP-7825). */
    private static final BigInteger GAS_CAP = BigInteger.ONE.shiftLeft(24);

    private static final long POLL_MILLIS = 200;
    private static final int POLLS = 1500; // five minutes

    private final Chain chain;
    private final Credentials credentials;
    private final BigInteger maxFeePerGas;
    private final Consumer<String> told;

    /**
     * @param maxFeePerGas most that is offered for a gas, wei: the node's word is not taken for it
     * @param told hears what a transaction can cost, before it is signed
     */
    public TransactionSender(Chain chain, Identity identity, BigInteger maxFeePerGas, Consumer<String> told) {
        this.chain = chain;
        this.credentials = Credentials.create(ECKeyPair.create(identity.ethereumKey()));
        this.maxFeePerGas = maxFeePerGas;
        this.told = told;
    }

    /** Calls a contract. */
    Receipt send(Address to, String data) {
        return receipt(call(to, data));
    }

    /** Calls a contract; with the events. */
    TransactionReceipt call(Address to, String data) {
        return mined(to.toString(), data);
    }

    static Receipt receipt(TransactionReceipt receipt) {
        return new Receipt(
                receipt.getTransactionHash(), receipt.getBlockNumber().longValueExact(), receipt.getGasUsed());
    }

    /** Creates a contract. */
    TransactionReceipt create(String code) {
        return mined(null, code);
    }

    private TransactionReceipt mined(String to, String data) {
        final String from = credentials.getAddress();
        final BigInteger estimate = chain.ask(chain.web3j()
                        .ethEstimateGas(new Transaction(from, null, null, null, to, BigInteger.ZERO, data)))
                .getAmountUsed();
        final BigInteger gas =
                estimate.multiply(BigInteger.valueOf(5)).shiftRight(2).min(GAS_CAP);
        final BigInteger tip =
                chain.ask(chain.web3j().ethMaxPriorityFeePerGas()).getMaxPriorityFeePerGas();
        final BigInteger base = chain.ask(chain.web3j().ethGetBlockByNumber(DefaultBlockParameterName.LATEST, false))
                .getBlock()
                .getBaseFeePerGas();
        final BigInteger fee = feePerGas(base, tip);
        told.accept("the transaction costs at most " + ether(gas.multiply(fee)) + " ether: " + gas + " gas at up to "
                + gwei(fee) + " gwei");
        final BigInteger nonce = chain.ask(
                        chain.web3j().ethGetTransactionCount(from, DefaultBlockParameterName.PENDING))
                .getTransactionCount();
        final RawTransaction transaction = RawTransaction.createTransaction(
                chain.chainId().longValueExact(), nonce, gas, to, BigInteger.ZERO, data, tip, fee);
        final byte[] signed = TransactionEncoder.signMessage(transaction, credentials);
        final String hash =
                chain.ask(chain.web3j().ethSendRawTransaction(Hex.of(signed))).getTransactionHash();
        final TransactionReceipt receipt = await(hash);
        if (!receipt.isStatusOK()) {
            throw failed(receipt, to, data);
        }
        return receipt;
    }

    /** Room for the base fee to double, as far as that is allowed. */
    private BigInteger feePerGas(BigInteger base, BigInteger tip) {
        if (base.add(tip).compareTo(maxFeePerGas) > 0) {
            throw new CommandException(
                    ExitCode.REFUSED,
                    "the node asks for " + gwei(base) + " gwei a gas and a tip of " + gwei(tip) + ", at most "
                            + gwei(maxFeePerGas)
                            + " are allowed; nothing was sent. Wait, use another node, or raise --max-fee-per-gas");
        }
        return base.shiftLeft(1).add(tip).min(maxFeePerGas);
    }

    private static String ether(BigInteger wei) {
        return Convert.fromWei(new BigDecimal(wei), Convert.Unit.ETHER)
                .stripTrailingZeros()
                .toPlainString();
    }

    private static String gwei(BigInteger wei) {
        return Convert.fromWei(new BigDecimal(wei), Convert.Unit.GWEI)
                .stripTrailingZeros()
                .toPlainString();
    }

    private TransactionReceipt await(String hash) {
        for (int i = 0; i < POLLS; i++) {
            final Optional<TransactionReceipt> receipt =
                    chain.ask(chain.web3j().ethGetTransactionReceipt(hash)).getTransactionReceipt();
            if (receipt.isPresent()) {
                return receipt.get();
            }
            try {
                Thread.sleep(POLL_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CommandException(ExitCode.IO, "interrupted; transaction " + hash + " may still be mined", e);
            }
        }
        throw new CommandException(
                ExitCode.IO,
                "transaction " + hash + " is not mined after five minutes; it may still be: look before you try again");
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
