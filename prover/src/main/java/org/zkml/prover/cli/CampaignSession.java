package org.zkml.prover.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.zkml.prover.cli.chain.CampaignEvents;
import org.zkml.prover.cli.chain.CampaignsContract;
import org.zkml.prover.cli.chain.Chain;
import org.zkml.prover.cli.chain.MarketCheck;
import org.zkml.prover.cli.chain.MessageSigner;
import org.zkml.prover.cli.chain.RoundsContract;
import org.zkml.prover.cli.chain.TransactionSender;
import org.zkml.prover.commitment.Committer;
import org.zkml.prover.commitment.Progress;
import org.zkml.prover.commitment.SetupFile;
import org.zkml.prover.envelope.MessageContext;
import org.zkml.prover.envelope.MessageKind;
import org.zkml.prover.envelope.PublicKeys;
import org.zkml.prover.envelope.RoundId;
import org.zkml.prover.fixedpoint.FixedPoint;
import org.zkml.prover.vault.Vault;

/**
 * What an account works with that goes along with a campaign: its vault stays open meanwhile.
 *
 * @param mailbox only seals and opens where the workspace knows no server
 * @param eventLines whether the command's result is a line an event
 * @param committer for tables of the model's size at least
 */
record CampaignSession(
        Console console,
        boolean eventLines,
        Workspace workspace,
        Chain chain,
        BigInteger id,
        CampaignsContract contract,
        RoundsContract rounds,
        CampaignEvents events,
        Vault vault,
        Identity identity,
        Mailbox mailbox,
        Committer committer,
        TransactionSender sender,
        MessageSigner signer)
        implements AutoCloseable {

    /**
     * Opens the vault; the setup must be the contracts' own.
     *
     * @param confirmations how deep below the head a block counts as final, or null for the chain's default
     */
    static CampaignSession open(
            Console console,
            boolean eventLines,
            Workspace workspace,
            Passphrase passphrase,
            SetupOption setup,
            FeeOption fee,
            BigInteger id,
            Long confirmations) {
        final Deployment deployment = workspace.deployment();
        final SetupFile setupFile = setup.open(console, workspace);
        final Chain chain = ChainAccess.open(workspace);
        Vault vault = null;
        try {
            MarketCheck.require(chain, deployment, setupFile.verifierKey());
            final CampaignsContract contract = new CampaignsContract(chain, deployment.trainingCampaigns());
            final CampaignTerms terms = contract.campaign(id).terms();
            final RoundsContract rounds = new RoundsContract(chain, deployment.trainingCampaigns());
            final CampaignEvents events = new CampaignEvents(
                    chain, deployment, id, RoundsOption.confirmations(confirmations, chain.chainId()));
            requireAggregatorKeys(id, rounds, events);
            vault = workspace.unlock(passphrase, console);
            final Identity identity = new Secrets(vault).identity();
            final String server = workspace.settings().serverUrl();
            return new CampaignSession(
                    console,
                    eventLines,
                    workspace,
                    chain,
                    id,
                    contract,
                    rounds,
                    events,
                    vault,
                    identity,
                    new Mailbox(server, chain, identity),
                    SetupOption.committer(setupFile, Averages.variables(terms), chain.chainId(), Progress.SILENT),
                    fee.sender(chain, vault, console),
                    new MessageSigner(identity, deployment));
        } catch (RuntimeException e) {
            if (vault != null) {
                vault.close();
            }
            chain.close();
            throw e;
        }
    }

    /** An account that nobody can encrypt to gets no share, so that every contribution would be excluded or the round lapse. */
    static void requireAggregatorKeys(BigInteger id, RoundsContract rounds, CampaignEvents events) {
        final List<CampaignEvents.Recipient> aggregators = events.aggregators();
        if (!rounds.hasKeys(id, aggregators)) {
            throw new CommandException(
                    ExitCode.REFUSED,
                    "the keys of the aggregators in the events of campaign " + id
                            + " are not those that the contract stores; use another node");
        }
        for (CampaignEvents.Recipient aggregator : aggregators) {
            try {
                aggregator.keys();
            } catch (IllegalArgumentException e) {
                throw new CommandException(
                        ExitCode.REFUSED,
                        "nobody can encrypt to aggregator " + aggregator.account() + " of campaign " + id + ": "
                                + e.getMessage() + "; take part in another campaign",
                        e);
            }
        }
    }

    /** As {@link #keysOf(BigInteger, RoundsContract, CampaignEvents.Recipient, Console)} says. */
    Optional<PublicKeys> keysOf(CampaignEvents.Recipient seat) {
        return keysOf(id, rounds, seat, console);
    }

    /**
     * A seat's keys; nothing, and a warning, if nobody can encrypt to them.
     *
     * @throws CommandException if they are not those that the contract stores
     */
    static Optional<PublicKeys> keysOf(
            BigInteger id, RoundsContract rounds, CampaignEvents.Recipient seat, Console console) {
        if (!rounds.hasKeys(id, seat)) {
            throw new CommandException(
                    ExitCode.REFUSED,
                    "the keys of the seat of " + seat.account() + " in the events of campaign " + id
                            + " are not those that the contract stores; nothing was sent to it. Use another node");
        }
        try {
            return Optional.of(seat.keys());
        } catch (IllegalArgumentException e) {
            console.warn("nothing can be sent to the seat of " + seat.account() + ": " + e.getMessage());
            return Optional.empty();
        }
    }

    Secrets secrets() {
        return new Secrets(vault);
    }

    Address account() {
        return identity.address();
    }

    Campaign campaign() {
        return contract.campaign(id);
    }

    RoundId round(long round) {
        return workspace.deployment().round(id, round);
    }

    FixedPoint format(Campaign campaign) {
        return new FixedPoint(campaign.terms().b());
    }

    /** A message of the account's own. */
    MessageContext to(Address recipient, MessageKind kind, long round) {
        return new MessageContext(round(round), kind, account().toBigInteger(), recipient.toBigInteger());
    }

    /** The mailbox, where one is needed. */
    Mailbox requireMailbox() {
        if (!mailbox.hasServer()) {
            SendOptions.server(workspace); // tells what is missing
        }
        return mailbox;
    }

    /** Tells what happened: a line for people, and, of commands that go on, one for programs. */
    void tell(String event, long round, ObjectNode more, String format, Object... arguments) {
        console.say(format, arguments);
        if (!eventLines) {
            return;
        }
        final ObjectNode line = Console.object()
                .put("event", event)
                .put("campaignId", id.toString())
                .put("round", round);
        line.setAll(more);
        console.result(line);
    }

    @Override
    public void close() {
        vault.close();
        chain.close();
    }
}
