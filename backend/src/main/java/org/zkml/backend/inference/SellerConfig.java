package org.zkml.backend.inference;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** What an instance sells, and how it proves. Explained in docs/operations.md. */
@ConfigMapping(prefix = "zkml.seller")
public interface SellerConfig {

    /** The file that {@code zkml model export} wrote: models and the seller's key. Without it the instance sells nothing. */
    Optional<Path> vault();

    /** File whose first line is the vault's passphrase; wins over {@code passphrase}. */
    Optional<Path> passphraseFile();

    /** The vault's passphrase. */
    Optional<String> passphrase();

    /** The setup (powers of tau) of the deployment. */
    Optional<Path> setup();

    /** Most rows of a query. */
    @WithDefault("1024")
    @Min(1)
    @Max(1 << 20)
    int maxRows();

    /** Answers about so many rows are proved before they are sent; about more, afterwards. */
    @WithDefault("16")
    @Min(0)
    int synchronousRows();

    /** So long an answer waits for its proof; then the proof comes afterwards. */
    @WithDefault("20s")
    Duration synchronousPatience();

    /** How long after an answer its proof can be asked for: the term that the receipt names. Inputs and answers are kept so long. */
    @WithDefault("P3D")
    Duration proofTerm();

    /** Proofs made at the same time, each on all processors. */
    @WithDefault("1")
    @Min(1)
    int provers();

    /** Answers of a pass that may be unproved, asked for or not; beyond: 429. */
    @WithDefault("1000")
    @Min(1)
    int maxUnprovedPerPass();

    /** Answers of all passes that may be unproved, asked for or not; beyond, passes that have more than their share of them get 429. */
    @WithDefault("20000")
    @Min(1)
    int maxUnproved();

    /** Pause between two looks for answers to prove; zero: this instance proves only what it answers at once. */
    @WithDefault("200ms")
    Duration proveEvery();

    /** How long what the chain says of a pass is believed. */
    @WithDefault("10s")
    Duration passCache();

    /** Pause between two looks for answers whose term is over; zero: this instance forgets nothing. */
    @WithDefault("PT10M")
    Duration sweepEvery();
}
