package org.zkml.backend.inference;

import java.math.BigInteger;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Queries of a pass, one after the other: what comes at the same time is neither computed nor refused twice. Counts follow each other anyway. Of this instance only; what several may not do at
 * the same time, the database's locks prevent. A lock stays for every pass that was asked with, of which each costs a purchase.
 */
final class PassTurns {

    private final Map<BigInteger, Lock> locks = new ConcurrentHashMap<>();

    <T> T take(BigInteger passId, Supplier<T> work) {
        final Lock lock = locks.computeIfAbsent(passId, id -> new ReentrantLock(true));
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
