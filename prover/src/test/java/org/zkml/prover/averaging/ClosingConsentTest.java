package org.zkml.prover.averaging;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.zkml.prover.envelope.MessageKind;

class ClosingConsentTest {

    @Test
    void hasOneSizeForSignaturesOfAllSizes() {
        for (int length : new int[] {1, 65, 66, 4096}) {
            final byte[] signature = new byte[length];
            Arrays.fill(signature, (byte) 0xa5);
            final byte[] bytes = new ClosingConsent(signature).encode();
            assertEquals(MessageKind.CLOSING.payloadBytes(0), bytes.length);
            assertArrayEquals(signature, ClosingConsent.decode(bytes).signature());
        }
    }

    @Test
    void refusesSignaturesThatAreNone() {
        assertThrows(IllegalArgumentException.class, () -> new ClosingConsent(new byte[0]));
        assertThrows(IllegalArgumentException.class, () -> new ClosingConsent(new byte[4097]));
    }

    @Test
    void refusesBytesThatItDidNotWrite() {
        final byte[] bytes = new ClosingConsent(new byte[65]).encode();
        assertThrows(IllegalArgumentException.class, () -> ClosingConsent.decode(Arrays.copyOf(bytes, 4097)));
        assertThrows(IllegalArgumentException.class, () -> ClosingConsent.decode(Arrays.copyOf(bytes, 4099)));
        assertThrows(IllegalArgumentException.class, () -> ClosingConsent.decode(new byte[0]));
        for (int length : new int[] {0, 4097, 0x8041, 0xffff}) {
            final byte[] changed = bytes.clone();
            changed[0] = (byte) (length >> 8);
            changed[1] = (byte) length;
            assertThrows(IllegalArgumentException.class, () -> ClosingConsent.decode(changed));
        }
        for (int at : new int[] {67, 4097}) {
            final byte[] changed = bytes.clone();
            changed[at] = 1;
            assertThrows(IllegalArgumentException.class, () -> ClosingConsent.decode(changed));
        }
    }
}
