package org.zkml.backend.inference;

import io.quarkus.narayana.jta.QuarkusTransaction;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.zkml.backend.chain.index.ChainPosition;

/** What tests of the sale write into the database and read there. */
final class SaleTables {

    private SaleTables() {}

    /** Answers, and the passes that tests made up. */
    static void clear() {
        QuarkusTransaction.requiringNew().run(() -> {
            Prediction.deleteAll();
            Refusal.deleteAll();
            PassUse.deleteAll();
            Pass.delete("id > ?1", Asked.pass(0));
        });
    }

    static PassUse use(long pass) {
        return QuarkusTransaction.requiringNew().call(() -> PassUse.findById(Asked.pass(pass)));
    }

    static long refusals(long pass) {
        return QuarkusTransaction.requiringNew().call(() -> Refusal.count("passId", Asked.pass(pass)));
    }

    static Prediction prediction(String queryId) {
        return QuarkusTransaction.requiringNew().call(() -> Prediction.findById(queryId));
    }

    /** A pass as if it had been read from the chain. */
    static void index(long pass, String sessionKey, long redeemed, boolean closed) {
        final Pass indexed = new Pass();
        indexed.id = Asked.pass(pass);
        indexed.modelId = Asked.MODEL;
        indexed.buyer = Asked.SELLER;
        indexed.sessionKey = sessionKey;
        indexed.seller = Asked.SELLER;
        indexed.queries = 1000;
        indexed.redeemed = redeemed;
        indexed.termEnd = Asked.DEADLINE;
        indexed.price = BigInteger.ZERO;
        indexed.closedBy = closed ? "0x" + "cc".repeat(32) : null;
        indexed.position = new ChainPosition();
        indexed.position.transactionHash = "0x" + "dd".repeat(32);
        indexed.purchasedAt = Instant.EPOCH;
        QuarkusTransaction.requiringNew().run(() -> indexed.persist());
    }

    static <T> List<T> atOnce(List<Callable<T>> tasks) throws Exception {
        final List<T> results = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(tasks.size())) {
            for (Future<T> result : threads.invokeAll(tasks)) {
                results.add(result.get());
            }
        }
        return results;
    }
}
