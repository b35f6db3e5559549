package org.zkml.prover.field;

/**
 * Whether the vector kernels run here: the module {@code jdk.incubator.vector} is there ({@code --add-modules}), and the processor multiplies and adds
 * doubles in one instruction on vectors of 256 bits or more (or is a 64-bit ARM, where 128 bits have it too). Where not, the scalar kernels do
 * the same work: all results have the same bytes.
 */
public final class Lanes {

    private static final boolean AVAILABLE = find();

    private Lanes() {}

    public static boolean available() {
        return AVAILABLE;
    }

    private static boolean find() {
        return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()
                && (LaneField.LANES >= 4
                        || LaneField.LANES == 2 && System.getProperty("os.arch").equals("aarch64"));
    }
}
