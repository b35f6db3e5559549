package org.zkml.prover.field;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Eight bytes as a long, most significant byte first. */
final class BigEndian {

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private BigEndian() {}

    static long getLong(byte[] in, int offset) {
        return (long) LONG.get(in, offset);
    }

    static void putLong(byte[] out, int offset, long value) {
        LONG.set(out, offset, value);
    }
}
