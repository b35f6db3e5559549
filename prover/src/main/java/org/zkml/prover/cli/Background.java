package org.zkml.prover.cli;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/** Work that goes on beside the command, in a thread that does not keep the process alive. */
final class Background<T> {

    private final FutureTask<T> task;

    private Background(FutureTask<T> task) {
        this.task = task;
    }

    static <T> Background<T> start(Supplier<T> work) {
        final FutureTask<T> task = new FutureTask<>(work::get);
        final Thread thread = new Thread(task, "zkml-background");
        thread.setDaemon(true);
        thread.start();
        return new Background<>(task);
    }

    /** The result, waited for; or what the work threw. */
    T await() {
        try {
            return task.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException failure -> throw failure;
                case Error failure -> throw failure;
                default -> throw new IllegalStateException(e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException(ExitCode.IO, "interrupted", e);
        }
    }
}
