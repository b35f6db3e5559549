package org.zkml.backend.payout;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigInteger;
import java.util.Optional;
import org.zkml.backend.chain.Chain;
import org.zkml.backend.chain.ContractCall;
import org.zkml.backend.chain.Hex;
import org.zkml.backend.chain.MarketContracts;
import org.zkml.backend.chain.relay.MessageCheck;
import org.zkml.backend.chain.relay.MessageKind;
import org.zkml.backend.chain.relay.Outbox;
import org.zkml.backend.chain.relay.RelayStatus;
import org.zkml.backend.chain.relay.Relayed;
import org.zkml.prover.hash.Keccak256;

/** Claims payouts for providers, as anybody may: the tokens go to the provider, whoever asks. */
@ApplicationScoped
public class ClaimService {

    private final Chain chain;
    private final MarketContracts contracts;
    private final MessageCheck check;
    private final Outbox outbox;
    private final RelayStatus status;

    ClaimService(Chain chain, MarketContracts contracts, MessageCheck check, Outbox outbox, RelayStatus status) {
        this.chain = chain;
        this.contracts = contracts;
        this.check = check;
        this.outbox = outbox;
        this.status = status;
    }

    /** @param relayed where the last claim stands */
    public record View(Relayed relayed, BigInteger campaignId, String account) {}

    /** @param created whether the claim is new */
    public record Submitted(View view, boolean created) {}

    /**
     * Takes in a claim to be relayed; while one is under way it is the same.
     *
     * @throws org.zkml.backend.chain.RefusedByContractException if there is nothing to claim
     */
    public Submitted claim(BigInteger campaignId, String account) {
        // Claims of one account follow each other: the next has the number of those that were paid.
        final String resource = QuarkusTransaction.requiringNew()
                .call(() -> prefix(campaignId, account) + PayoutClaim.countOf(campaignId, account));
        final String fingerprint = Hex.of(Keccak256.hash(Hex.word(campaignId)));
        final boolean known = QuarkusTransaction.requiringNew().call(() -> outbox.holds(resource, fingerprint));
        if (known) {
            return new Submitted(get(campaignId, account).orElseThrow(), false);
        }
        final ContractCall call = contracts.claim(chain.deployment(), campaignId, account);
        check.require(call);
        final boolean created = QuarkusTransaction.requiringNew()
                .call(() -> outbox.accept(
                                new Outbox.Message(resource, fingerprint, account, MessageKind.CLAIM, null, true, call))
                        .created());
        return new Submitted(get(campaignId, account).orElseThrow(), created);
    }

    /** The account's last claim in a campaign. */
    public Optional<View> get(BigInteger campaignId, String account) {
        final String id =
                Hex.of(Keccak256.hash(Hex.word(campaignId), Hex.word(new BigInteger(account.substring(2), 16))));
        return QuarkusTransaction.requiringNew()
                .call(() -> status.ofLastMessage(prefix(campaignId, account), id)
                        .map(relayed ->
                                PayoutClaim.isPaidBy(relayed.transactionHash()) ? relayed : relayed.notIndexed())
                        .map(relayed -> new View(relayed, campaignId, account)));
    }

    private static String prefix(BigInteger campaignId, String account) {
        return "claim/" + campaignId + "/" + account + "/";
    }
}
