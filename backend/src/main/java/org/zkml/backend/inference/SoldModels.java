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
import org.zkml.prover.commitment.Progress;
import org.zkml.prover.commitment.SetupFile;
import org.zkml.prover.data.Schema;
import org.zkml.prover.fixedpoint.ActivationTable;
import org.zkml.prover.inference.InferenceModel;
import org.zkml.prover.inference.ListedModel;
import org.zkml.prover.inference.MarketMessages;
import org.zkml.prover.inference.SellerVault;
import org.zkml.prover.pad.Pad;
import org.zkml.prover.relation.InferRelation;
import org.zkml.prover.vault.Vault;

/**
 * The models of the seller's vault, each known to open the commitment of its finished campaign, and the seller's key. Read once, when the chain is there; the vault is closed
 * at once. Nothing of it is ever logged.
 */
@ApplicationScoped
public class SoldModels {

    private static final Logger LOG = Logger.getLogger(SoldModels.class);

    private final SellerConfig config;
    private final Chain chain;
    private final InferenceContracts contracts;
    private volatile Stock stock;

    /** @param at when the vault was written last */
    private record Stock(AccountKey key, MarketMessages messages, Map<BigInteger, SoldModel> models, FileTime at) {}

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

    /** Models that were exported since are sold, too. */
    private synchronized Stock reloaded() {
        final Path file = config.vault().filter(Files::exists).orElseThrow(NotSellingException::new);
        final FileTime at = writtenAt(file);
        if (stock == null || !stock.at().equals(at)) {
            stock = load(file, at);
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
                ActivationTable.of(finished.kind(), finished.b()), finished.lk(), finished.feat(), finished.commitment());
        final Committer committer = committer(finished, deployment);
        return new SoldModel(
                id,
                finished.version(),
                schema,
                new InferenceModel(listed, seller.opening(id), committer),
                Math.min(config.maxRows(), 1 << (committer.setup().logSize() - finished.lk())));
    }

    private Committer committer(FinishedModel model, Deployment deployment) {
        final Path path = config.setup()
                .orElseThrow(() -> new IllegalStateException(
                        "no setup to prove with: set zkml.seller.setup to the deployment's powers of tau"));
        try {
            final SetupFile file = SetupFile.open(path);
            if (!file.verifierKey().equals(deployment.verifierKey())) {
                throw new IllegalStateException(path + " is another setup than the contracts': set zkml.seller.setup");
            }
            final int least = variables(1, model);
            if (file.logSize() < least) {
                throw new IllegalStateException(path + " has 2^" + file.logSize() + " powers, model needs 2^" + least);
            }
            final int wanted = variables(config.maxRows(), model);
            return new Committer(file.read(Math.min(wanted, file.logSize()), Progress.SILENT));
        } catch (IOException e) {
            throw new IllegalStateException("the setup " + path + " cannot be read: " + e.getMessage(), e);
        }
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

    /** log2 of the powers that a proof about so many rows needs. */
    private static int variables(int rows, FinishedModel model) {
        return Math.max(InferRelation.variables(log2(rows), model.lk(), model.b()), log2(Pad.ORDER + 1));
    }

    /** log2 of the least power of two that is not below. */
    private static int log2(int count) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(count - 1);
    }
}
