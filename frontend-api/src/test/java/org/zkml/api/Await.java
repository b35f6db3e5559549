package org.zkml.api;

import static io.restassured.RestAssured.get;

import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;

/** Waits for what the server does in its own time. */
public final class Await {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private Await() {}

    /** Until the resource that the answer points at is final and the projection has it. */
    public static ValidatableResponse relayed(Response accepted) {
        final String location = accepted.header("Location");
        final long limit = System.nanoTime() + LIMIT.toNanos();
        while (true) {
            final Response now = get(location);
            final String status = now.path("status");
            // Planned and sent pass; the projection comes last.
            if (status.equals("final") && !isPending(now)) {
                return now.then().statusCode(200);
            }
            if (status.equals("failed") || System.nanoTime() > limit) {
                throw new AssertionError(location + " did not become final: " + now.asString());
            }
            pause();
        }
    }

    private static boolean isPending(Response now) {
        final String id = now.path("id");
        return id != null && now.path("blockNumber") == null;
    }

    /** Until the assertion holds. */
    public static void until(Runnable assertion) {
        final long limit = System.nanoTime() + LIMIT.toNanos();
        while (true) {
            try {
                assertion.run();
                return;
            } catch (AssertionError e) {
                if (System.nanoTime() > limit) {
                    throw e;
                }
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
