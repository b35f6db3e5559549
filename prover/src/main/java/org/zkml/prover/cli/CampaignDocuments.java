package org.zkml.prover.cli;

import java.util.Arrays;
import org.zkml.prover.data.Schema;

/** The documents that a campaign names by their hashes, on a server that is believed in nothing. */
final class CampaignDocuments {

    private static final String SCHEMAS = "/api/v1/schemas";
    private static final String ALLOW_LISTS = "/api/v1/allow-lists";
    private static final int TRIES = 60;
    private static final long PAUSE_MILLIS = 500;

    private final Server server;

    CampaignDocuments(Server server) {
        this.server = server;
    }

    /** The campaign's schema, its exact bytes. */
    Schema schema(CampaignTerms terms) {
        final String hash = Hex.of(terms.schemaHash());
        final Schema schema = Schema.parse(server.get(SCHEMAS + "/" + hash), "the server's schema " + hash);
        requireSame("schema", schema.hash(), terms.schemaHash());
        return schema;
    }

    AllowList allowList(CampaignTerms terms) {
        final AllowList list = AllowList.read(server.getJson(ALLOW_LISTS + "/" + Hex.of(terms.allowList())));
        requireSame("allow-list", list.root(), terms.allowList());
        return list;
    }

    /** Refuses a document that is not the one that the chain names. */
    static void requireSame(String what, byte[] found, byte[] onChain) {
        if (!Arrays.equals(found, onChain)) {
            throw new CommandException(
                    ExitCode.REFUSED,
                    "this " + what + " has the hash " + Hex.of(found) + ", the campaign's is " + Hex.of(onChain)
                            + "; get it from the campaign's owner");
        }
    }

    /** @param list null where anybody may join */
    void upload(Schema schema, AllowList list) {
        post(SCHEMAS, schema.bytes());
        if (list != null) {
            post(ALLOW_LISTS, JsonFile.pretty(list.write()));
        }
    }

    /** The server stores a document once it has seen, on chain, a campaign that names it, which may take some seconds. */
    private void post(String path, byte[] document) {
        for (int i = 1; ; i++) {
            try {
                server.post(path, document);
                return;
            } catch (CommandException e) {
                if (i == TRIES || !e.getMessage().contains("urn:zkml:problem:not-found")) {
                    throw e;
                }
            }
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CommandException(
                        ExitCode.IO, "interrupted; the campaign is open, the document not uploaded", e);
            }
        }
    }
}
