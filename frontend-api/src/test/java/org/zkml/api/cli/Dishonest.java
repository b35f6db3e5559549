package org.zkml.api.cli;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.function.Executable;
import org.zkml.prover.averaging.ClosingConsent;
import org.zkml.prover.averaging.ModelOpening;
import org.zkml.prover.cli.Address;
import org.zkml.prover.cli.CommandException;
import org.zkml.prover.cli.Contribution;
import org.zkml.prover.cli.Deployment;
import org.zkml.prover.cli.Identity;
import org.zkml.prover.cli.Mailbox;
import org.zkml.prover.cli.chain.CampaignEvents;
import org.zkml.prover.cli.chain.CampaignsContract;
import org.zkml.prover.cli.chain.Chain;
import org.zkml.prover.cli.chain.MessageSigner;
import org.zkml.prover.cli.chain.RoundsContract;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.envelope.MessageContext;
import org.zkml.prover.envelope.MessageKind;
import org.zkml.prover.envelope.RoundId;
import org.zkml.prover.relation.StatementJson;
import org.zkml.prover.relation.TrainStatement;

/** What somebody with the keys of a member does in a round, and the tools do not. */
final class Dishonest {

    private final Chain chain;
    private final RoundId round;
    private final Mailbox mailbox;
    private final MessageSigner signer;
    private final Identity identity;
    private final Address account;
    private final CampaignsContract campaigns;
    private final RoundsContract rounds;

    Dishonest(CommandLine member, Deployment deployment, Chain chain, RoundId round, URI server) {
        this.chain = chain;
        this.round = round;
        this.identity = Federation.identity(member);
        this.account = Address.parse(Federation.account(member));
        this.mailbox = new Mailbox(server.toString().replaceAll("/$", ""), chain, identity);
        this.signer = new MessageSigner(identity, deployment);
        this.campaigns = new CampaignsContract(chain, deployment.trainingCampaigns());
        this.rounds = new RoundsContract(chain, deployment.trainingCampaigns());
    }

    /** A proof as it lies in a folder. */
    @SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
    record Proved(TrainStatement statement, byte[] proof) {

        static Proved in(Path folder) throws IOException {
            return new Proved(
                    StatementJson.readTrain(
                            new ObjectMapper().readTree(Files.readAllBytes(folder.resolve("statement.json")))),
                    Files.readAllBytes(folder.resolve("proof.bin")));
        }
    }

    /** What the contract says to a contribution about somebody's data set, with a proof that there is. */
    String contributes(Proved proved, Address provider) {
        final byte[] dataset = campaigns.seat(round.campaignId(), provider).datasetId();
        final List<G1Affine> shares = List.of(G1Affine.GENERATOR);
        return refusal(() -> campaigns.contribute(
                Federation.sender(chain, identity),
                new Contribution(
                        proved.statement(),
                        dataset,
                        shares,
                        proved.proof(),
                        signer.contribute(proved.statement(), dataset, shares, proved.proof(), chain.tomorrow()),
                        null)));
    }

    /** A share of the right size that opens nothing. */
    void sendsAWrongShare(CampaignEvents.Recipient aggregator) {
        final byte[] nothing = new byte[Math.toIntExact(MessageKind.SHARE.payloadBytes(2))];
        mailbox.send(to(aggregator, MessageKind.SHARE), nothing, aggregator.keys());
    }

    /** The model of nobody. */
    void sendsAWrongModel(CampaignEvents.Recipient seat) {
        mailbox.send(to(seat, MessageKind.MODEL), ModelOpening.zero(2).vector().encode(), seat.keys());
    }

    /** Whatever its aggregator has. */
    void disputes(Address provider, int aggregator) {
        rounds.disputeShare(
                        Federation.sender(chain, identity),
                        round,
                        provider,
                        aggregator,
                        signer.dispute(round, provider, chain.tomorrow()))
                .await();
    }

    /** A signature over an average. */
    byte[] signs(G1Affine sum, G1Affine next) {
        return signer.close(round, sum, next);
    }

    void sendsConsent(CampaignEvents.Recipient aggregator, byte[] signature) {
        mailbox.send(to(aggregator, MessageKind.CLOSING), new ClosingConsent(signature).encode(), aggregator.keys());
    }

    /** What the contract says to an average. */
    String closes(G1Affine next, byte[] proof, List<byte[]> signatures) {
        return refusal(() -> rounds.closeRound(Federation.sender(chain, identity), round, next, proof, signatures));
    }

    private static String refusal(Executable act) {
        final CommandException refused = assertThrows(CommandException.class, act);
        assertTrue(refused.getMessage().contains("the contract refused"), refused.getMessage());
        return refused.getMessage();
    }

    private MessageContext to(CampaignEvents.Recipient recipient, MessageKind kind) {
        return new MessageContext(
                round, kind, account.toBigInteger(), recipient.account().toBigInteger());
    }
}
