package org.zkml.prover.cli.chain;

import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.util.List;
import org.web3j.abi.datatypes.Type;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.core.DefaultBlockParameter;
import org.web3j.protocol.core.DefaultBlockParameterName;
import org.web3j.protocol.core.RemoteFunctionCall;
import org.web3j.protocol.core.Request;
import org.web3j.protocol.core.Response;
import org.web3j.protocol.core.methods.request.EthFilter;
import org.web3j.protocol.core.methods.request.Transaction;
import org.web3j.protocol.core.methods.response.EthCall;
import org.web3j.protocol.core.methods.response.Log;
import org.web3j.protocol.exceptions.ClientConnectionException;
import org.web3j.protocol.http.HttpService;
import org.web3j.tx.ReadonlyTransactionManager;
import org.web3j.tx.TransactionManager;
import org.web3j.utils.Numeric;
import org.zkml.prover.cli.Address;
import org.zkml.prover.cli.CommandException;
import org.zkml.prover.cli.Deployment;
import org.zkml.prover.cli.ExitCode;

/** A node of a chain, asked over JSON-RPC. */
public final class Chain implements AutoCloseable {

    /** Most seconds between the chain's clock and this machine's when something is signed that ends by them. */
    private static final BigInteger CLOCKS_APART = BigInteger.valueOf(3_600);

    private static final long POLL_MILLIS = 500;
    private static final int POLLS = 120; // a minute

    private static final String NOBODY = "0x0000000000000000000000000000000000000000";

    private static final String FALSE = "0x" + "0".repeat(64);
    private static final String TRUE = "0x" + "0".repeat(63) + "1";

    private final String node;
    private final Web3j web3j;
    private final BigInteger chainId;

    private Chain(String url) {
        this.node = host(url);
        this.web3j = Web3j.build(new HttpService(url));
        this.chainId = ask(web3j.ethChainId()).getChainId();
    }

    /** Any chain: whatever its id is. */
    public static Chain at(String url) {
        return new Chain(url);
    }

    /** The chain of a deployment. */
    public static Chain at(String url, BigInteger expectedChainId) {
        final Chain chain = new Chain(url);
        if (!chain.chainId.equals(expectedChainId)) {
            chain.close();
            throw new CommandException(
                    ExitCode.REFUSED,
                    chain.node + ": this is chain " + chain.chainId + ", the deployment is on chain " + expectedChainId
                            + "; use a node of that chain");
        }
        return chain;
    }

    public BigInteger chainId() {
        return chainId;
    }

    /** A node's address as it may be shown and logged: where it ends in a key, that is a secret. */
    public static String host(String url) {
        final URI uri = URI.create(url);
        return uri.getScheme() + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
    }

    /**
     * Unix time by which a message of now is good for a day, by this machine's clock and by the chain's. The node names the chain's: one that lies about it would get
     * a signature that is good for ever, or, where this machine's clock is wrong, nobody would notice. Only the time of a development chain may be moved about.
     */
    public BigInteger tomorrow() {
        final BigInteger block = ask(web3j.ethGetBlockByNumber(DefaultBlockParameterName.LATEST, false))
                .getBlock()
                .getTimestamp();
        final BigInteger now = BigInteger.valueOf(System.currentTimeMillis() / 1000);
        if (!chainId.equals(Deployment.DEVELOPMENT_CHAIN)
                && block.subtract(now).abs().compareTo(CLOCKS_APART) > 0) {
            throw new CommandException(
                    ExitCode.REFUSED,
                    node + ": the latest block has the time " + block + ", this machine's clock says " + now
                            + ", more than an hour apart; nothing was signed. Set the clock, or use another node");
        }
        return block.max(now).add(BigInteger.valueOf(86_400));
    }

    /** Waits until the node has a block that somebody else saw: it may be some seconds behind. */
    public void awaitBlock(long number) {
        for (int i = 0; ; i++) {
            final BigInteger head = ask(web3j.ethBlockNumber()).getBlockNumber();
            if (head.compareTo(BigInteger.valueOf(number)) >= 0) {
                return;
            }
            if (i == POLLS) {
                throw new CommandException(
                        ExitCode.REFUSED,
                        node + ": the node is at block " + head + ", the transaction is said to be in block " + number
                                + "; use a node that is up to date, and look again with \"zkml status\"");
            }
            try {
                Thread.sleep(POLL_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CommandException(ExitCode.IO, "interrupted; look again with \"zkml status\"", e);
            }
        }
    }

    /** A block's number and its Unix time. */
    public record Block(long number, long time) {}

    /** The latest block. */
    public Block latest() {
        return block(DefaultBlockParameterName.LATEST);
    }

    /** A block that there is. */
    public Block block(long number) {
        return block(DefaultBlockParameter.valueOf(BigInteger.valueOf(number)));
    }

    private Block block(DefaultBlockParameter which) {
        final var block = ask(web3j.ethGetBlockByNumber(which, false)).getBlock();
        if (block == null) {
            throw new CommandException(
                    ExitCode.REFUSED,
                    node + ": the node does not know block " + which.getValue() + "; use a node that is up to date");
        }
        return new Block(
                block.getNumber().longValueExact(), block.getTimestamp().longValueExact());
    }

    /** A contract's events with this first indexed member, of the blocks from one to another, both included. */
    List<Log> logs(Address contract, BigInteger indexed, long from, long to) {
        final EthFilter filter = new EthFilter(
                DefaultBlockParameter.valueOf(BigInteger.valueOf(from)),
                DefaultBlockParameter.valueOf(BigInteger.valueOf(to)),
                contract.toString());
        filter.addNullTopic().addSingleTopic(Numeric.toHexStringWithPrefixZeroPadded(indexed, 64));
        return ask(web3j.ethGetLogs(filter)).getLogs().stream()
                .map(log -> (Log) log.get())
                .toList();
    }

    /** Whether there is a contract. */
    public boolean hasCode(Address address) {
        return ask(web3j.ethGetCode(address.toString(), DefaultBlockParameterName.LATEST))
                        .getCode()
                        .length()
                > 2;
    }

    Web3j web3j() {
        return web3j;
    }

    /** For wrappers that only encode and decode. */
    TransactionManager readOnly() {
        return new ReadonlyTransactionManager(web3j, NOBODY);
    }

    /** What a view answers, decoded. */
    List<Type> read(Address contract, RemoteFunctionCall<?> call) {
        return call.decodeFunctionResponse(readRaw(contract, call));
    }

    /** What a view answers, 0x-hex. */
    String readRaw(Address contract, RemoteFunctionCall<?> call) {
        return simulate(NOBODY, contract, call.encodeFunctionCall());
    }

    /** What a call would answer, or {@link RefusedException} with the contract's error. */
    String simulate(String from, Address contract, String data) {
        final EthCall answer = ask(web3j.ethCall(
                Transaction.createEthCallTransaction(from, contract.toString(), data),
                DefaultBlockParameterName.LATEST));
        if (answer.getValue() == null || answer.getValue().length() <= 2 && !hasCode(contract)) {
            throw new CommandException(
                    ExitCode.REFUSED,
                    "there is no contract at " + contract + " on " + node
                            + "; is the deployment file the one of this chain?");
        }
        return answer.getValue();
    }

    /**
     * Whether somebody else's contract answers a call with this word. It is called from the code of a contract that the node is asked to create: whatever it does, gas and all, is
     * no more than "no", and an error is always the node's own.
     *
     * @param data at most 65535 bytes, 0x-hex
     * @param word 32 bytes, 0x-hex
     */
    boolean answers(Address contract, String data, String word) {
        final EthCall answer = ask(web3j.ethCall(
                new Transaction(NOBODY, null, null, null, null, null, ForeignCall.code(contract, data, word)),
                DefaultBlockParameterName.LATEST));
        final String found = answer.getValue();
        if (!TRUE.equals(found) && !FALSE.equals(found)) {
            throw new CommandException(
                    ExitCode.REFUSED,
                    node + ": the node does not run the code of a creation, it answers \"" + found
                            + "\"; use another node");
        }
        return TRUE.equals(found);
    }

    /** The answer to a request; a node that cannot be reached and one that refuses are different failures. */
    <T extends Response<?>> T ask(Request<?, T> request) {
        final T answer;
        try {
            answer = request.send();
        } catch (IOException e) {
            throw new CommandException(
                    ExitCode.IO,
                    node + ": the node does not answer (" + e.getMessage()
                            + "); is it running, and is the address right?",
                    e);
        } catch (ClientConnectionException e) { // a status of HTTP other than 200
            throw new CommandException(
                    ExitCode.IO, node + ": the node does not answer (" + start(e) + "); try again, or use another", e);
        }
        if (answer.hasError()) {
            throw RefusedException.of(answer.getError());
        }
        return answer;
    }

    /** Without what the node says beyond the status: it may be a page. */
    private static String start(ClientConnectionException e) {
        return String.valueOf(e.getMessage()).split(";", 2)[0];
    }

    @Override
    public void close() {
        web3j.shutdown();
    }
}
