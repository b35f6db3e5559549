package org.zkml.prover.cli;

import org.zkml.prover.data.Schema;

/** Brings documents to a server that stores them only once it has seen, on chain, a campaign that names them. */
final class DocumentUpload {

    private static final int TRIES = 60;
    private static final long PAUSE_MILLIS = 500;

    private final Server server;

    DocumentUpload(Server server) {
        this.server = server;
    }

    void schema(Schema schema) {
        post("/api/v1/schemas", schema.bytes());
    }

    void allowList(AllowList list) {
        post("/api/v1/allow-lists", JsonFile.pretty(list.write()));
    }

    private void post(String path, byte[] document) {
        for (int i = 1; ; i++) {
            try {
                server.post(path, document);
                return;
            } catch (CommandException e) {
                // The server's view of the chain may be some seconds behind.
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
