package org.zkml.backend.inference;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.zkml.backend.chain.AccountKey;
import org.zkml.backend.chain.Chain;
import org.zkml.backend.chain.ChainUnavailableException;
import org.zkml.backend.chain.Deployment;
import org.zkml.backend.chain.Hex;
import org.zkml.backend.chain.InferenceContracts;
import org.zkml.backend.chain.InferenceContracts.FinishedModel;
import org.zkml.prover.commitment.Committer;
import org.zkml.prover.data.Schema;
import org.zkml.prover.fixedpoint.ActivationTable;
import org.zkml.prover.inference.InferenceModel;
import org.zkml.prover.inference.ListedModel;
import org.zkml.prover.inference.MarketMessages;
import org.zkml.prover.inference.SellerVault;
import org.zkml.prover.vault.Vault;

/**
 * The models of the seller's vault, each known to open the commitment of its finished campaign, and the seller's key. Read once, when the chain is there; the vault is closed
 * at once. Nothing of it is ever logged.
 */
@ApplicationScoped
public class SoldModels {

    private static final Logger LOG = Logger.getLogger(SoldModels.class);
    /** Opening a vault costs a key derivation, and anybody can ask for a model that is not there. */
    private static final Duration FAILURE_KEPT = Duration.ofMinutes(1);

    private final SellerConfig config;
    private final Chain chain;
    private final InferenceContracts contracts;
    private volatile Stock stock;
    private Failure failure;

    /** @param at when the vault was written last */
    private record Stock(AccountKey key, MarketMessages messages, Map<BigInteger, SoldModel> models, FileTime at) {}

    /**
     * @param at when the vault was written that cannot be used
     * @param since {@link System#nanoTime}
     */
    private record Failure(FileTime at, long since, RuntimeException reason) {}

    SoldModels(SellerConfig config, Chain chain, InferenceContracts contracts) {
        this.config = config;
        this.chain = chain;
        this.contracts = contracts;
    }

    /** A vault that cannot be used ends the start; one that is not there yet, or a chain that is away, does not. */
    void start(@Observes StartupEvent started) {
        if (config.vault().isPresent() && Files.exists(config.vault().get())) {
            try {
                stock();
            } catch (ChainUnavailableException e) {
                LOG.warnf("selling waits for the chain: %s", e.getMessage());
            }
        }
    }

    /**
     * @return nothing if the instance sells other models
     * @throws NotSellingException if it sells none
     * @throws ChainUnavailableException if the chain was not there yet
     */
    Optional<SoldModel> find(BigInteger id) {
        final SoldModel known = stock().models().get(id);
        return Optional.ofNullable(known != null ? known : reloaded().models().get(id));
    }

    /** The seller's key. Refusals are those of {@link #find}. */
    AccountKey key() {
        return stock().key();
    }

    /** What is signed for this market. Refusals are those of {@link #find}. */
    MarketMessages messages() {
        return stock().messages();
    }

    private Stock stock() {
        final Stock known = stock;
        return known != null ? known : reloaded();
    }

    /** Models that were exported since are sold, too. A vault that cannot be used changes nothing, and is not looked at again for a minute unless it is written anew. */
    private synchronized Stock reloaded() {
        final Path file = config.vault().filter(Files::exists).orElseThrow(NotSellingException::new);
        final FileTime at = writtenAt(file);
        if (stock != null && stock.at().equals(at)) {
            return stock;
        }
        if (failure == null
                || !failure.at().equals(at)
                || System.nanoTime() - failure.since() >= FAILURE_KEPT.toNanos()) {
            try {
                stock = load(file, at);
                return stock;
            } catch (ChainUnavailableException e) {
                throw e;
            } catch (RuntimeException e) {
                LOG.errorf(e, "the seller's vault cannot be used: file=%s writtenAt=%s", file, at);
                failure = new Failure(at, System.nanoTime(), e);
            }
        }
        if (stock == null) {
            throw new IllegalStateException(
                    "the seller's vault " + file + " cannot be used: "
                            + failure.reason().getMessage(),
                    failure.reason());
        }
        return stock;
    }

    private static FileTime writtenAt(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            throw new IllegalStateException("the seller's vault " + file + " cannot be read", e);
        }
    }

    private Stock load(Path file, FileTime at) {
        final Deployment deployment = chain.deployment();
        final char[] passphrase = passphrase();
        final Map<BigInteger, SoldModel> models = new HashMap<>();
        final AccountKey key;
        try (Vault vault = Vault.open(file, passphrase)) {
            final SellerVault seller = new SellerVault(vault);
            final byte[] secret = seller.key();
            key = new AccountKey(secret);
            Arrays.fill(secret, (byte) 0);
            for (BigInteger id : seller.models()) {
                models.put(id, read(seller, id, deployment));
            }
        } finally {
            Arrays.fill(passphrase, '\0');
        }
        LOG.infof("selling: models=%s seller=%s", models.keySet(), key.address());
        return new Stock(
                key,
                new MarketMessages(deployment.chainId(), new BigInteger(1, Hex.parse(deployment.inference()))),
                Map.copyOf(models),
                at);
    }

    private SoldModel read(SellerVault seller, BigInteger id, Deployment deployment) {
        final FinishedModel finished = contracts.model(deployment, id);
        final Schema schema = Schema.parse(seller.schema(id), "the vault's schema of model " + id);
        if (!Arrays.equals(schema.hash(), finished.schemaHash())) {
            throw new IllegalStateException(
                    "the vault's schema of model " + id + " is not its campaign's: export the model again");
        }
        final ListedModel listed = new ListedModel(
                ActivationTable.of(finished.kind(), finished.b()),
                finished.lk(),
                finished.feat(),
                finished.commitment());
        final Committer committer = new SellerSetup(config).committer(finished, deployment);
        return new SoldModel(
                id,
                finished.version(),
                schema,
                new InferenceModel(listed, seller.opening(id), committer),
                Math.min(config.maxRows(), 1 << (committer.setup().logSize() - finished.lk())));
    }

    private char[] passphrase() {
        if (config.passphraseFile().isEmpty()) {
            return config.passphrase()
                    .orElseThrow(
                            () -> new IllegalStateException(
                                    "no passphrase of the seller's vault: set zkml.seller.passphrase-file, or ZKML_SELLER_PASSPHRASE"))
                    .toCharArray();
        }
        final Path file = config.passphraseFile().get();
        try {
            return Files.readString(file, StandardCharsets.UTF_8)
                    .lines()
                    .findFirst()
                    .orElse("")
                    .toCharArray();
        } catch (IOException e) {
            throw new IllegalStateException("the passphrase file " + file + " cannot be read", e);
        }
    }
}
