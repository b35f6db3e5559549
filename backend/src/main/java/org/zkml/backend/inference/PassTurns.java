package org.zkml.backend.inference;

import java.math.BigInteger;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Queries of a pass, one after the other: what comes at the same time is neither computed nor refused twice. Counts follow each other anyway. Of this instance only; what several may not do at
 * the same time, the database's locks prevent. A lock stays for every pass that was asked with, of which each costs a purchase.
 */
final class PassTurns {

    /** Or one pass could have all threads of the server wait. */
    private static final int PATIENCE_SECONDS = 2;

    private final Map<BigInteger, Lock> locks = new ConcurrentHashMap<>();

    /** @throws PassBusyException if its turn does not come within two seconds */
    <T> T take(BigInteger passId, Supplier<T> work) {
        final Lock lock = locks.computeIfAbsent(passId, id -> new ReentrantLock(true));
        if (!isMine(lock)) {
            throw new PassBusyException(passId);
        }
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    private static boolean isMine(Lock lock) {
        try {
            return lock.tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while it waited for its turn; nothing was charged", e);
        }
    }
}
