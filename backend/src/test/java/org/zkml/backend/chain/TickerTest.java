package org.zkml.backend.chain;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A step that fails in every way is tried again. */
class TickerTest {

    @Test
    void triesAgainWhateverWasThrown() throws InterruptedException {
        final CountDownLatch steps = new CountDownLatch(4);
        final Runnable step = () -> {
            steps.countDown();
            switch ((int) steps.getCount()) {
                case 3 -> throw new OutOfMemoryError("not really");
                case 2 -> throw new IllegalStateException("broken");
                case 1 -> throw new ChainUnavailableException("away");
                default -> {}
            }
        };
        try (Ticker ticker = Ticker.start("test", Duration.ofMillis(1), step)) {
            assertTrue(steps.await(10, TimeUnit.SECONDS));
        }
    }
}
