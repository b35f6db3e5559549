package org.zkml.backend.chain;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Runs a step again and again on a thread of its own. What goes wrong is told once and tried again: nothing that the step waits for is the
 * server's to give up on.
 */
public final class Ticker implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Ticker.class);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

    private final String name;
    private final Runnable step;
    private final ScheduledExecutorService thread;
    private volatile String trouble;

    private Ticker(String name, Runnable step) {
        this.name = name;
        this.step = step;
        this.thread = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name(name).factory());
    }

    /** @param every pause between two steps */
    public static Ticker start(String name, Duration every, Runnable step) {
        final Ticker ticker = new Ticker(name, step);
        ticker.thread.scheduleWithFixedDelay(ticker::tick, 0, every.toMillis(), TimeUnit.MILLISECONDS);
        return ticker;
    }

    private void tick() {
        try {
            step.run();
            trouble = null;
        } catch (ChainUnavailableException e) {
            if (isNew(e)) {
                LOG.warnf("%s waits: %s", name, e.getMessage());
            }
        } catch (RuntimeException
                | Error e) { // of an error too: whatever was not caught would end all further steps, in silence
            if (isNew(e)) {
                LOG.errorf(e, "%s failed, and tries again", name);
            }
        }
    }

    private boolean isNew(Throwable e) {
        final String now = e.toString();
        final boolean differs = !now.equals(trouble);
        trouble = now;
        return differs;
    }

    /** Waits for the step that runs to end. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
