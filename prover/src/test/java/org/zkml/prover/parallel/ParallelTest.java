package org.zkml.prover.parallel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParallelTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7})
    void visitsEveryIndexOnce(int threads) {
        inPoolOf(threads, () -> {
            for (int length : new int[] {0, 1, 2, 5, 63, 64, 65, 1000}) {
                for (int minChunk : new int[] {1, 3, 64, 5000}) {
                    int[] visits = new int[length];
                    Parallel.forRange(10, 10 + length, minChunk, (from, to) -> {
                        assertTrue(to - from >= Math.min(minChunk, length), "a chunk below the minimum");
                        for (int i = from; i < to; i++) {
                            visits[i - 10]++;
                        }
                    });
                    int[] once = new int[length];
                    Arrays.fill(once, 1);
                    assertArrayEquals(once, visits, "length " + length + ", chunk " + minChunk);
                }
            }
        });
    }

    @Test
    void reachesTheEndsOfTheIntegers() {
        AtomicInteger calls = new AtomicInteger();
        long[] total = new long[1];
        Parallel.forRange(Integer.MIN_VALUE, Integer.MAX_VALUE, 1 << 20, (from, to) -> {
            calls.incrementAndGet();
            synchronized (total) {
                total[0] += (long) to - from;
            }
        });
        assertEquals((1L << 32) - 1, total[0]);
        assertTrue(calls.get() >= 1);
    }

    @Test
    void usesSeveralThreads() {
        inPoolOf(2, () -> {
            Set<Thread> seen = ConcurrentHashMap.newKeySet();
            CyclicBarrier bothIn = new CyclicBarrier(2);
            AtomicInteger calls = new AtomicInteger();
            Parallel.forRange(0, 8, 1, (from, to) -> {
                seen.add(Thread.currentThread());
                if (calls.getAndIncrement() < 2) {
                    await(bothIn);
                }
            });
            assertEquals(2, seen.size());
        });
    }

    @Test
    void runsSmallRangesInTheCallingThread() {
        Thread caller = Thread.currentThread();
        Parallel.forRange(0, 99, 50, (from, to) -> assertSame(caller, Thread.currentThread()));
    }

    @Test
    void nestsWithoutDeadlock() {
        AtomicInteger sum = new AtomicInteger();
        Parallel.forRange(
                0, 64, 1, (from, to) -> Parallel.forRange(0, 64 * (to - from), 1, (a, b) -> sum.addAndGet(b - a)));
        assertEquals(64 * 64, sum.get());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void throwsTheFailureOfTheLowestRange(int threads) {
        inPoolOf(threads, () -> {
            for (int repeat = 0; repeat < 50; repeat++) {
                IllegalStateException failure = assertThrows(
                        IllegalStateException.class,
                        () -> Parallel.forRange(0, 100, 1, (from, to) -> {
                            for (int i = from; i < to; i++) {
                                if (i % 30 == 17) {
                                    throw new IllegalStateException("index " + i);
                                }
                            }
                        }));
                assertEquals("index 17", failure.getMessage());
            }
        });
    }

    @Test
    void propagatesErrors() {
        AssertionError failure = new AssertionError("here");
        assertSame(
                failure,
                assertThrows(
                        AssertionError.class,
                        () -> Parallel.forRange(0, 100, 1, (from, to) -> {
                            throw failure;
                        })));
    }

    @Test
    void rejectsBadArguments() {
        assertThrows(IllegalArgumentException.class, () -> Parallel.forRange(1, 0, 1, (a, b) -> {}));
        assertThrows(IllegalArgumentException.class, () -> Parallel.forRange(0, 1, 0, (a, b) -> {}));
    }

    private static void inPoolOf(int threads, Runnable body) {
        try (ForkJoinPool pool = new ForkJoinPool(threads)) {
            pool.submit(() -> {
                        assertEquals(threads, Parallel.threads());
                        body.run();
                    })
                    .join();
        }
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException("the second thread did not come", e);
        }
    }
}
