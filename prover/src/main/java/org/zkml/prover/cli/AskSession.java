package org.zkml.prover.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.zkml.prover.cli.chain.Chain;
import org.zkml.prover.cli.chain.SessionKey;
import org.zkml.prover.vault.Vault;

/**
 * What a buyer asks with.
 *
 * @param key that signs for the pass
 */
record AskSession(Console console, Chain chain, Deployment deployment, Pass pass, SessionKey key, SellerClient seller) {

    /** @param url where the seller answers */
    static AskSession open(
            Console console, Workspace workspace, Passphrase passphrase, Chain chain, Pass pass, String url) {
        final SessionKey key;
        try (Vault vault = workspace.unlock(passphrase, console)) {
            key = new Secrets(vault).sessionKey(pass.sessionKey());
        }
        if (key == null) {
            throw new CommandException(
                    ExitCode.CONFLICT,
                    "the vault has no key for pass " + pass.id() + ", whose session key is " + pass.sessionKey()
                            + "; use the workspace that bought it");
        }
        return new AskSession(console, chain, workspace.deployment(), pass, key, new SellerClient(url, key));
    }

    /** @param millis since it was asked about */
    void tellVerified(AnswerFile file, long millis) {
        final ObjectNode event = Console.object()
                .put("event", "AnswerVerified")
                .put("modelId", file.query().modelId().toString())
                .put("passId", file.query().passId().toString())
                .put("count", file.query().count())
                .put("rows", file.batch().rows())
                .put("queryId", Hex.of(file.queryId()))
                .put("proofBytes", file.response().proof().length)
                .put("waitMillis", millis);
        console.say(
                "AnswerVerified: pass %s, count %d, %d rows, a proof of %d bytes.",
                file.query().passId(),
                file.query().count(),
                file.batch().rows(),
                file.response().proof().length);
        console.result(event);
    }
}
