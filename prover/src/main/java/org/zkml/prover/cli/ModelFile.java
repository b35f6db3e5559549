package org.zkml.prover.cli;

import java.math.BigInteger;
import java.nio.file.Path;
import java.util.HexFormat;
import org.zkml.prover.envelope.MessageContext;
import org.zkml.prover.envelope.MessageKind;

/**
 * An averaged model on its way to one seat by a file, where no server passes it on: encrypted to the seat, which checks it against the chain. So neither who brings it nor who made it has to be trusted.
 *
 * @param round the round that was averaged
 * @param envelope of the kind MODEL (docs/secure-averaging.md, "Messages")
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
record ModelFile(BigInteger campaignId, long round, Address sender, Address recipient, byte[] envelope) {

    private static final String FORMAT = "zkml-model/1";

    static ModelFile of(MessageContext context, byte[] envelope) {
        return new ModelFile(
                context.round().campaignId(),
                context.round().round(),
                Address.of(context.sender()),
                Address.of(context.recipient()),
                envelope);
    }

    static ModelFile read(Path path) {
        final JsonFile file = JsonFile.read(path);
        if (!file.text("format").equals(FORMAT)) {
            throw file.problem(
                    "format", "is \"" + file.text("format") + "\"", "take a file of \"zkml model hand-over\"");
        }
        return new ModelFile(
                file.decimal("campaignId"),
                file.integer("round", 0, Integer.MAX_VALUE),
                file.address("sender"),
                file.address("recipient"),
                file.parsed("envelope", text -> HexFormat.of().parseHex(text.replaceFirst("^0x", ""))));
    }

    void write(Path path) {
        JsonFile.write(
                path,
                Console.object()
                        .put("format", FORMAT)
                        .put("campaignId", campaignId.toString())
                        .put("round", round)
                        .put("sender", sender.toString())
                        .put("recipient", recipient.toString())
                        .put("envelope", Hex.of(envelope)));
    }

    /** What is in it for this account; it is of this round of these contracts, or it does not open. */
    byte[] open(Deployment deployment, Mailbox mailbox) {
        final MessageContext context = new MessageContext(
                deployment.round(campaignId, round),
                MessageKind.MODEL,
                sender.toBigInteger(),
                recipient.toBigInteger());
        return mailbox.open(context, new Mailbox.Signed(envelope, new byte[0]))
                .orElseThrow(() -> new CommandException(
                        ExitCode.BAD_INPUT,
                        "the file's model is encrypted to " + recipient
                                + ", and does not open with the keys of this vault; take the file for this account"));
    }
}
