package org.zkml.backend.chain;

import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;
import org.web3j.tx.ReadonlyTransactionManager;
import org.web3j.tx.TransactionManager;
import org.web3j.tx.gas.ContractGasProvider;
import org.web3j.tx.gas.StaticGasProvider;
import org.zkml.prover.cli.chain.contract.InferenceMarket;
import org.zkml.prover.cli.chain.contract.TrainingCampaigns;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.fixedpoint.ModelKind;

/** What a seller reads of the sale of inference. */
@ApplicationScoped
public class InferenceContracts {

    private static final ContractGasProvider NO_GAS = new StaticGasProvider(BigInteger.ZERO, BigInteger.ZERO);

    private final EthereumNode node;
    private final MarketContracts contracts;
    private final TransactionManager readOnly;

    InferenceContracts(EthereumNode node, MarketContracts contracts) {
        this.node = node;
        this.contracts = contracts;
        this.readOnly = new ReadonlyTransactionManager(node.web3j(), MarketContracts.NOBODY);
    }

    /**
     * A pass as the market has it; accounts in lower case.
     *
     * @param market the contract that sold it
     * @param queries rows that may be asked
     * @param redeemed rows whose price was released
     * @param termEnd last Unix second of its term, pauses until now included
     * @param chainTime Unix time of the latest block when it was read
     */
    public record SoldPass(
            String market,
            BigInteger id,
            BigInteger modelId,
            String sessionKey,
            String seller,
            long queries,
            long redeemed,
            boolean closed,
            long termEnd,
            long chainTime) {}

    /** Nothing if there is no such pass. */
    public Optional<SoldPass> pass(Deployment deployment, BigInteger id) {
        final InferenceMarket.Pass pass;
        try {
            pass = contracts.view(deployment.inference(), market(deployment).pass(id));
        } catch (RefusedByContractException e) {
            if (e.error().equals("PassUnknown")) {
                return Optional.empty();
            }
            throw e;
        }
        return Optional.of(new SoldPass(
                deployment.inference(),
                id,
                pass.modelId,
                pass.sessionKey.toLowerCase(Locale.ROOT),
                pass.seller.toLowerCase(Locale.ROOT),
                pass.queries.longValueExact(),
                pass.redeemed.longValueExact(),
                pass.closed,
                pass.termEnd.longValueExact(),
                node.latest().timestamp()));
    }

    /**
     * A finished campaign's model.
     *
     * @param version rounds averaged into it
     * @param feat features of a row, the intercept among them
     */
    public record FinishedModel(
            int version, G1Affine commitment, ModelKind kind, int b, int lk, int feat, byte[] schemaHash) {}

    /** @throws RefusedByContractException if there is no such campaign, or it is not finished */
    public FinishedModel model(Deployment deployment, BigInteger id) {
        final InferenceMarket.Model model =
                contracts.view(deployment.inference(), market(deployment).model(id));
        final TrainingCampaigns.CampaignTerms terms = contracts.view(
                deployment.campaigns(),
                TrainingCampaigns.load(deployment.campaigns(), node.web3j(), readOnly, NO_GAS)
                        .campaign(id));
        return new FinishedModel(
                model.version.intValueExact(),
                G1Affine.of(model.commitment.x, model.commitment.y),
                ModelKind.values()[terms.kind.intValueExact()],
                terms.b.intValueExact(),
                terms.lk.intValueExact(),
                terms.feat.intValueExact(),
                terms.schemaHash);
    }

    private InferenceMarket market(Deployment deployment) {
        return InferenceMarket.load(deployment.inference(), node.web3j(), readOnly, NO_GAS);
    }
}
