package org.zkml.backend.chain;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import okhttp3.OkHttpClient;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.core.DefaultBlockParameter;
import org.web3j.protocol.core.DefaultBlockParameterName;
import org.web3j.protocol.core.Request;
import org.web3j.protocol.core.Response;
import org.web3j.protocol.core.methods.request.EthFilter;
import org.web3j.protocol.core.methods.request.Transaction;
import org.web3j.protocol.core.methods.response.EthLog;
import org.web3j.protocol.core.methods.response.Log;
import org.web3j.protocol.core.methods.response.TransactionReceipt;
import org.web3j.protocol.exceptions.ClientConnectionException;
import org.web3j.protocol.http.HttpService;

/** The node's JSON-RPC: one method a question. Every failure to get an answer is a {@link ChainUnavailableException}. */
@ApplicationScoped
public class EthereumNode {

    private final Web3j web3j;
    private final ContractErrors errors;
    private final String address;

    @Inject
    EthereumNode(ChainConfig config, ContractErrors errors) {
        this(config.rpcUrl(), config.rpcTimeout(), errors);
    }

    EthereumNode(URI url, Duration timeout, ContractErrors errors) {
        final String authority = String.valueOf(url.getRawAuthority());
        this.address = url.getScheme() + "://" + authority.substring(authority.lastIndexOf('@') + 1);
        this.errors = errors;
        final OkHttpClient client =
                new OkHttpClient.Builder().callTimeout(timeout).build();
        this.web3j = Web3j.build(new HttpService(url.toString(), client));
    }

    /** Where the node is, to be shown: without path, query and user, which providers use as passwords. */
    String address() {
        return address;
    }

    @PreDestroy
    void close() {
        web3j.shutdown();
    }

    /** For encoding and decoding with the contracts' wrappers, which want one. */
    Web3j web3j() {
        return web3j;
    }

    /** A block's place in the chain. Times are Unix seconds. */
    public record Header(long number, String hash, String parentHash, long timestamp, BigInteger baseFeePerGas) {}

    /** A node's refusal of a request that it understood. */
    static final class NodeErrorException extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final int code;
        private final String data;

        NodeErrorException(Response.Error error) {
            super(error.getMessage());
            this.code = error.getCode();
            this.data = error.getData();
        }
    }

    public BigInteger chainId() {
        return answer(web3j.ethChainId()).getChainId();
    }

    public Header latest() {
        return header(DefaultBlockParameterName.LATEST)
                .orElseThrow(() -> new ChainUnavailableException(address + " has no latest block"));
    }

    public Optional<Header> header(long number) {
        return header(DefaultBlockParameter.valueOf(BigInteger.valueOf(number)));
    }

    /** The time at which the next block would be made now, Unix seconds; the latest block's if the node does not tell. */
    public long pendingTimestamp() {
        try {
            final var block = tryTo(web3j.ethGetBlockByNumber(DefaultBlockParameterName.PENDING, false))
                    .getBlock();
            return block == null ? latest().timestamp() : block.getTimestamp().longValueExact();
        } catch (NodeErrorException e) {
            return latest().timestamp();
        }
    }

    private Optional<Header> header(DefaultBlockParameter at) {
        final var block = answer(web3j.ethGetBlockByNumber(at, false)).getBlock();
        if (block == null) {
            return Optional.empty();
        }
        final String baseFee = block.getBaseFeePerGasRaw();
        return Optional.of(new Header(
                block.getNumber().longValueExact(),
                block.getHash(),
                block.getParentHash(),
                block.getTimestamp().longValueExact(),
                baseFee == null ? BigInteger.ZERO : block.getBaseFeePerGas()));
    }

    /** Logs of the contracts in blocks {@code from} to {@code to}, in the chain's order. */
    public List<Log> logs(long from, long to, List<String> contracts) {
        return logs(new EthFilter(
                DefaultBlockParameter.valueOf(BigInteger.valueOf(from)),
                DefaultBlockParameter.valueOf(BigInteger.valueOf(to)),
                contracts));
    }

    /**
     * Logs of the contracts in one block.
     *
     * @throws ChainUnavailableException if the node does not know the block, see EIP-234
     */
    public List<Log> logs(String blockHash, List<String> contracts) {
        return logs(new EthFilter(blockHash) {
            @Override
            public List<String> getAddress() {
                return contracts;
            }
        });
    }

    private List<Log> logs(EthFilter filter) {
        return answer(web3j.ethGetLogs(filter)).getLogs().stream()
                .map(result -> ((EthLog.LogObject) result).get())
                .toList();
    }

    public Optional<TransactionReceipt> receipt(String transactionHash) {
        return answer(web3j.ethGetTransactionReceipt(transactionHash)).getTransactionReceipt();
    }

    /** Transactions of the account in the chain up to a block; the nonce that comes next. */
    public long transactionCount(String account, long block) {
        final var at = DefaultBlockParameter.valueOf(BigInteger.valueOf(block));
        return answer(web3j.ethGetTransactionCount(account, at))
                .getTransactionCount()
                .longValueExact();
    }

    /** The nonce that comes next after the latest block. */
    public long transactionCount(String account) {
        return answer(web3j.ethGetTransactionCount(account, DefaultBlockParameterName.LATEST))
                .getTransactionCount()
                .longValueExact();
    }

    public BigInteger balance(String account) {
        return answer(web3j.ethGetBalance(account, DefaultBlockParameterName.LATEST))
                .getBalance();
    }

    public boolean hasCode(String account) {
        final String code = answer(web3j.ethGetCode(account, DefaultBlockParameterName.LATEST))
                .getCode();
        return code != null && code.length() > 2;
    }

    /**
     * Runs a call without a transaction, after the latest block.
     *
     * @return what it returns, 0x-hex
     * @throws RefusedByContractException if it reverts
     * @throws ChainUnavailableException if the node does not run it, for whatever reason
     */
    public String call(String from, String to, String data) {
        return call(from, to, data, DefaultBlockParameterName.LATEST);
    }

    /** The same for code that is not ours: with so much gas, of which its answer has to be paid as well. */
    public String callForeign(String from, String to, String data, BigInteger gas) {
        return call(new Transaction(from, null, null, gas, to, null, data), DefaultBlockParameterName.LATEST);
    }

    String call(String from, String to, String data, DefaultBlockParameter at) {
        return call(Transaction.createEthCallTransaction(from, to, data), at);
    }

    private String call(Transaction transaction, DefaultBlockParameter at) {
        try {
            return tryTo(web3j.ethCall(transaction, at)).getValue();
        } catch (NodeErrorException e) {
            throw refusal("eth_call", e);
        }
    }

    /** What a transaction that reverted in a block says about it, as far as the node can still run it. */
    public RefusedByContractException replay(String from, String to, String data, long block) {
        try {
            call(from, to, data, DefaultBlockParameter.valueOf(BigInteger.valueOf(block)));
            return new RefusedByContractException(
                    "Reverted", "reverted in block " + block + ", and does not when run again");
        } catch (RefusedByContractException e) {
            return e;
        } catch (ChainUnavailableException e) {
            return new RefusedByContractException(
                    "Reverted",
                    "reverted in block " + block + ", which the node does not run again: " + e.getMessage());
        }
    }

    /** @throws RefusedByContractException if the transaction would revert */
    public BigInteger estimateGas(String from, String to, String data) {
        final Transaction transaction = Transaction.createFunctionCallTransaction(from, null, null, null, to, data);
        try {
            return tryTo(web3j.ethEstimateGas(transaction)).getAmountUsed();
        } catch (NodeErrorException e) {
            throw refusal("eth_estimateGas", e);
        }
    }

    /**
     * Sends a signed transaction.
     *
     * @return why the node did not take it, if so; it may still know it from before
     */
    public Optional<String> send(String signedTransaction) {
        try {
            tryTo(web3j.ethSendRawTransaction(signedTransaction));
            return Optional.empty();
        } catch (NodeErrorException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** A contract's refusal, told apart from a node that has a problem of its own: a limit, a missing block, a malformed request. */
    private RuntimeException refusal(String method, NodeErrorException e) {
        return errors.refusal(e.code, e.getMessage(), e.data)
                .map(RuntimeException.class::cast)
                .orElseGet(() -> refused(method, e));
    }

    private ChainUnavailableException refused(String method, NodeErrorException e) {
        return new ChainUnavailableException(
                "the node at " + address + " refuses " + method + ": " + e.getMessage(), e);
    }

    private <T extends Response<?>> T answer(Request<?, T> request) {
        try {
            return tryTo(request);
        } catch (NodeErrorException e) {
            throw refused(request.getMethod(), e);
        }
    }

    /** @throws NodeErrorException if the node answers with an error */
    private <T extends Response<?>> T tryTo(Request<?, T> request) {
        final T response;
        try {
            response = request.send();
        } catch (IOException | RuntimeException e) {
            throw new ChainUnavailableException(
                    "the node at " + address + " does not answer " + request.getMethod() + ": " + reason(e), e);
        }
        if (response.hasError()) {
            throw new NodeErrorException(response.getError());
        }
        return response;
    }

    /** An HTTP error comes with its page, which may repeat what was asked for. */
    private static String reason(Exception e) {
        final String message = String.valueOf(e.getMessage());
        return e instanceof ClientConnectionException ? message.split(";", 2)[0] : message;
    }
}
