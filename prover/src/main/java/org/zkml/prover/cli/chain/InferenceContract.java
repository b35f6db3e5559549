package org.zkml.prover.cli.chain;

import java.math.BigInteger;
import java.util.List;
import org.web3j.abi.datatypes.DynamicArray;
import org.web3j.protocol.core.RemoteFunctionCall;
import org.web3j.tx.gas.DefaultGasProvider;
import org.zkml.prover.cli.Address;
import org.zkml.prover.cli.CommandException;
import org.zkml.prover.cli.Listing;
import org.zkml.prover.cli.Pass;
import org.zkml.prover.cli.Receipt;
import org.zkml.prover.cli.chain.contract.InferenceMarket;
import org.zkml.prover.inference.Query;

/** The contract InferenceMarket: offers, passes, payouts. */
public final class InferenceContract {

    private final Chain chain;
    private final Address address;
    private final InferenceMarket calls;

    public InferenceContract(Chain chain, Address address) {
        this.chain = chain;
        this.address = address;
        this.calls =
                InferenceMarket.load(address.toString(), chain.web3j(), chain.readOnly(), new DefaultGasProvider());
    }

    /** The campaigns whose models are sold. */
    public Address campaigns() {
        return Address.parse(
                chain.read(address, calls.campaigns()).getFirst().getValue().toString());
    }

    /** The verifier of INFER. */
    public Address verifier() {
        return Address.parse(
                chain.read(address, calls.verifier()).getFirst().getValue().toString());
    }

    /** What passes are paid in. */
    public Address token() {
        return Address.parse(
                chain.read(address, calls.token()).getFirst().getValue().toString());
    }

    /** Who gets the fees. */
    public Address treasury() {
        return Address.parse(
                chain.read(address, calls.treasury()).getFirst().getValue().toString());
    }

    /** A finished campaign's model, from the market. */
    public Listing listing(BigInteger modelId) {
        final var model = (InferenceMarket.Model)
                chain.read(address, calls.model(modelId)).getFirst();
        final var listed = (InferenceMarket.Listing)
                chain.read(address, calls.listing(modelId)).getFirst();
        final var tiers =
                (DynamicArray<?>) chain.read(address, calls.tiers(modelId)).getFirst();
        return new Listing(
                modelId,
                Address.parse(model.owner),
                model.version.intValueExact(),
                model.points.longValueExact(),
                Points.read(model.commitment),
                Address.parse(listed.seller),
                listed.endpoint,
                tiers.getValue().stream()
                        .map(tier -> tier((InferenceMarket.Tier) tier))
                        .toList(),
                feeBasisPoints());
    }

    private static Listing.Tier tier(InferenceMarket.Tier tier) {
        return new Listing.Tier(tier.queries.longValueExact(), tier.termSeconds.longValueExact(), tier.price);
    }

    private int feeBasisPoints() {
        return number(calls.feeBasisPoints()).intValueExact();
    }

    /** A pass; null if there is none. */
    public Pass pass(BigInteger id) {
        try {
            final var pass =
                    (InferenceMarket.Pass) chain.read(address, calls.pass(id)).getFirst();
            return new Pass(
                    id,
                    pass.modelId,
                    Address.parse(pass.buyer),
                    Address.parse(pass.sessionKey),
                    Address.parse(pass.seller),
                    pass.queries.longValueExact(),
                    pass.redeemed.longValueExact(),
                    pass.feeBasisPoints.intValueExact(),
                    pass.closed,
                    pass.termEnd.longValueExact(),
                    pass.price);
        } catch (CommandException e) {
            if (e.getMessage().contains("PassUnknown(")) {
                return null;
            }
            throw e;
        }
    }

    /** Passes sold so far; they are numbered from 1. */
    public BigInteger passes() {
        return number(calls.passes());
    }

    /** Base units that {@code claim} would pay now. */
    public BigInteger claimable(BigInteger modelId, Address account) {
        return number(calls.claimable(modelId, account.toString()));
    }

    /** What a model has earned. */
    public Earnings earnings(BigInteger modelId) {
        final var values = chain.read(address, calls.earnings(modelId));
        final var current = (InferenceMarket.Earnings) values.getFirst();
        return new Earnings(current.perPoint, current.carry, current.ownerEarned, current.ownerClaimed, (BigInteger)
                values.get(1).getValue());
    }

    /**
     * What a model has earned, base units.
     *
     * @param perPoint with 128 fractional bits
     * @param carry what the last division left, in units of the last of them
     */
    public record Earnings(
            BigInteger perPoint,
            BigInteger carry,
            BigInteger ownerEarned,
            BigInteger ownerClaimed,
            BigInteger contributorsEarned) {}

    /** Offers a model, in place of what was offered before; no tiers take it off sale. */
    public Receipt list(
            TransactionSender sender, BigInteger modelId, Address seller, String endpoint, List<Listing.Tier> tiers) {
        return sender.send(
                address,
                calls.list(
                                modelId,
                                seller.toString(),
                                endpoint,
                                tiers.stream()
                                        .map(tier -> new InferenceMarket.Tier(
                                                BigInteger.valueOf(tier.queries()),
                                                BigInteger.valueOf(tier.termSeconds()),
                                                tier.price()))
                                        .toList())
                        .encodeFunctionCall());
    }

    /** Buys a pass at this quote, from what the market may take of the sender's tokens. @param nonce of the transaction, which is sent with no other */
    public Bought buyPass(
            TransactionSender sender,
            BigInteger modelId,
            int tier,
            byte[] quote,
            Address sessionKey,
            BigInteger nonce) {
        final byte[] none = new byte[32];
        final var receipt = sender.call(
                address,
                calls.buyPass(
                                modelId,
                                BigInteger.valueOf(tier),
                                quote,
                                sessionKey.toString(),
                                new InferenceMarket.Permit(BigInteger.ZERO, BigInteger.ZERO, none, none))
                        .encodeFunctionCall(),
                nonce);
        return new Bought(
                InferenceMarket.getPassPurchasedEvents(receipt).getFirst().passId, TransactionSender.receipt(receipt));
    }

    /** A pass and the transaction that bought it. */
    public record Bought(BigInteger passId, Receipt receipt) {}

    /** Releases the price of the rows up to the query's count. */
    public Receipt redeem(TransactionSender sender, Query query, byte[] signature) {
        return sender.send(
                address,
                calls.redeem(
                                query.passId(),
                                BigInteger.valueOf(query.count()),
                                query.inputsHash(),
                                query.deadline(),
                                signature)
                        .encodeFunctionCall());
    }

    /** Ends a pass that is over; the rest of its price goes back. */
    public Receipt close(TransactionSender sender, BigInteger passId) {
        return sender.send(address, calls.close(passId).encodeFunctionCall());
    }

    /** Pays an account what a model has earned for it. */
    public Receipt claim(TransactionSender sender, BigInteger modelId, Address account) {
        return sender.send(address, calls.claim(modelId, account.toString()).encodeFunctionCall());
    }

    private BigInteger number(RemoteFunctionCall<BigInteger> call) {
        return (BigInteger) chain.read(address, call).getFirst().getValue();
    }
}
