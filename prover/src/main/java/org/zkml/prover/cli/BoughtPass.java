package org.zkml.prover.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;

/** A pass and its model as they were bought: {@code passes/CONTRACTS/ID/pass.json}. All of it is for good on chain, so a node that says something else later is no node to believe. */
final class BoughtPass {

    private static final String FORMAT = "zkml-pass/1";
    private static final String NAME = "pass.json";
    private static final String TERM_END = "termEnd";

    /** A purchase that a reorganisation moves to another block can begin and end so much earlier, seconds. */
    private static final long MOVED_BACK_SECONDS = 900;

    private BoughtPass() {}

    /** Keeps what was bought. */
    static void keep(Path folder, Pass pass, Listing listing, CampaignTerms terms) {
        PrivateFolder.create(folder);
        JsonFile.write(
                folder.resolve(NAME),
                describe(pass, listing, terms).put(TERM_END, pass.termEnd()).put("format", FORMAT));
    }

    /** Holds what a node says now against what was bought; a pass of an earlier version of this workspace is kept as it is now. */
    static void require(Path folder, Pass pass, Listing listing, CampaignTerms terms) {
        final Path path = folder.resolve(NAME);
        if (!Files.exists(path)) {
            keep(folder, pass, listing, terms);
            return;
        }
        final JsonFile kept = JsonFile.read(path);
        if (!kept.text("format").equals(FORMAT)) {
            throw kept.problem("format", "is \"" + kept.text("format") + "\"", "this version reads \"" + FORMAT + "\"");
        }
        for (var member : describe(pass, listing, terms).properties()) {
            final JsonNode before = kept.node().path(member.getKey());
            if (!before.equals(member.getValue())) {
                throw new CommandException(
                        ExitCode.REFUSED,
                        path + ": " + member.getKey() + " was " + before + " when the pass was bought, the node says "
                                + member.getValue()
                                + "; nothing was sent: use another node, or, if this is another chain,"
                                + " move the folder away");
            }
        }
        if (kept.integer(TERM_END, 0, Long.MAX_VALUE) - MOVED_BACK_SECONDS
                > pass.termEnd()) { // a pause of the market moves it on, nothing far back
            throw new CommandException(
                    ExitCode.REFUSED,
                    path + ": the pass ended at " + kept.node().get(TERM_END) + " when it was bought, by the node at "
                            + pass.termEnd() + "; nothing was sent: use another node");
        }
    }

    private static ObjectNode describe(Pass pass, Listing listing, CampaignTerms terms) {
        final ObjectNode json = Console.object()
                .put("passId", pass.id().toString())
                .put("modelId", pass.modelId().toString())
                .put("buyer", pass.buyer().toString())
                .put("sessionKey", pass.sessionKey().toString())
                .put("seller", pass.seller().toString())
                .put("queries", Long.toString(pass.queries()))
                .put("price", pass.price().toString())
                .put("feeBasisPoints", pass.feeBasisPoints())
                .put("version", listing.version())
                .put("kind", terms.kind().id())
                .put("b", terms.b())
                .put("lk", terms.lk())
                .put("features", Long.toString(terms.feat()))
                .put("schemaHash", Hex.of(terms.schemaHash()));
        json.putObject("model")
                .put("x", listing.commitment().x().toString())
                .put("y", listing.commitment().y().toString());
        return json;
    }
}
