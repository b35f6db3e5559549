package org.zkml.backend.chain;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** Where the chain is, which contracts are used, and how transactions are paid. Explained in docs/operations.md. */
@ConfigMapping(prefix = "zkml.chain")
public interface ChainConfig {

    /** JSON-RPC endpoint of the node: the only address that the server ever connects to, beside its database. */
    @WithDefault("http://127.0.0.1:8545")
    URI rpcUrl();

    /** Longest wait for one answer of the node. */
    @WithDefault("10s")
    Duration rpcTimeout();

    /** File {@code deployment.json}; or give the addresses below. */
    Optional<Path> deploymentFile();

    /** Address of DatasetRegistry, if there is no file. */
    Optional<String> registry();

    /** Address of TrainingCampaigns, if there is no file. */
    Optional<String> campaigns();

    /** Address of InferenceMarket, if there is no file; without it nothing is sold. */
    Optional<String> inference();

    /** Address of ModelMetrics, if there is no file; without it no metrics are known. */
    Optional<String> metrics();

    /** Chain id that the addresses are for, if there is no file. */
    Optional<BigInteger> chainId();

    /** First block that can hold an event of the contracts. */
    Optional<Long> startBlock();

    /**
     * Blocks on top of a transaction's or event's own after which it counts as final. Default: 12, and 0 on the development chain
     * 31337, which makes a block only for a transaction.
     */
    OptionalInt confirmations();

    Relayer relayer();

    Indexer indexer();

    /** The account that pays gas, and how it does. */
    interface Relayer {
        /** Pause between two looks through the outbox; zero for an instance that relays nothing. */
        @WithDefault("500ms")
        Duration every();

        /** Private key, 0x-hex. */
        Optional<String> key();

        /** File that holds nothing but the private key; wins over {@code key}. */
        Optional<Path> keyFile();

        /** Most transactions that are sent and not mined. */
        @WithDefault("16")
        @Min(1)
        int inFlight();

        /** After this long without a receipt a transaction is sent again, as it is. */
        @WithDefault("10s")
        Duration resendAfter();

        /** After this long without a receipt it is replaced by one with higher fees. */
        @WithDefault("60s")
        Duration replaceAfter();

        /** Highest fee a gas that is offered, in wei: four fifths of it at first, a quarter more than it to withdraw what offers it. */
        @WithDefault("200000000000")
        BigInteger maxFeePerGas();

        /** Tip a gas, in wei. */
        @WithDefault("1000000000")
        BigInteger priorityFeePerGas();

        /** Most gas of a transaction; what is estimated above that is refused. */
        GasLimit gasLimit();

        /** Whether messages of accounts with code are relayed: such an account decides itself how much gas its signature costs. */
        @WithDefault("false")
        boolean contractAccounts();

        /**
         * How far away a signed message's deadline has to be for it to be taken in; a third of that when it is signed into a transaction,
         * or into one with higher fees. A fifth of both for shares and answers, which are due by the campaign's windows.
         */
        @WithDefault("15m")
        Duration deadlineMargin();

        /** Balance below which health warns, in wei. */
        @WithDefault("100000000000000000")
        BigInteger lowBalance();

        /** Most that is spent on gas within 24 hours, in wei; what anybody can ask for may use half of it. */
        @WithDefault("1000000000000000000")
        BigInteger dailyBudget();

        /** Messages of one account that may wait for their receipts. */
        @WithDefault("16")
        @Min(1)
        int pendingPerAccount();

        /** Transactions for one account within 24 hours. */
        @WithDefault("200")
        @Min(1)
        int dailyPerAccount();

        /** Transactions for the same message within 24 hours: it can be sent again after it has failed. */
        @WithDefault("3")
        @Min(1)
        int dailyPerMessage();

        /** Messages of all accounts that may wait. */
        @WithDefault("1000")
        @Min(1)
        int pending();
    }

    /**
     * By what a transaction does. The defaults are what contracts/gas-snapshot.json says, and what eight aggregators, the largest shapes and
     * long membership proofs add to it.
     */
    interface GasLimit {
        @WithDefault("1500000")
        @Min(21_000)
        long register();

        @WithDefault("600000")
        @Min(21_000)
        long join();

        @WithDefault("2000000")
        @Min(21_000)
        long contribute();

        @WithDefault("200000")
        @Min(21_000)
        long claim();

        @WithDefault("3000000")
        @Min(21_000)
        long publish();

        @WithDefault("4000000")
        @Min(21_000)
        long answer();
    }

    /** How events are read. */
    interface Indexer {
        /** Pause between two looks for new blocks; zero for an instance that indexes nothing. */
        @WithDefault("500ms")
        Duration every();

        /** Blocks asked for at once. */
        @WithDefault("2000")
        @Min(1)
        int batchBlocks();

        /** Block hashes that are kept to find where a reorganisation began; a deeper one rebuilds everything. */
        @WithDefault("1024")
        @Min(16)
        int keptBlocks();

        /** So long a node that has fewer blocks than are known, and no other ones, counts as late; then as reorganised. */
        @WithDefault("60s")
        Duration lagPatience();

        /** Drops all events and projections at start and reads the chain again from the first block. */
        @WithDefault("false")
        boolean rebuildAtStart();

        /** Blocks behind the head at which the instance reports that it is not ready. */
        @WithDefault("100")
        long maxLagBlocks();

        /** So long after the last look that succeeded an instance reports that it is not ready. */
        @WithDefault("5m")
        Duration maxSilence();
    }
}
