package org.zkml.prover.msm;

/**
 * Whether the vector kernels can run: the module {@code jdk.incubator.vector} is there ({@code --add-modules}), and the processor has
 * vectors of at least four doubles. Both paths give the same sums.
 */
public final class Lanes {

    private static final boolean AVAILABLE = find();

    private Lanes() {}

    public static boolean available() {
        return AVAILABLE;
    }

    private static boolean find() {
        return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent() && FqLanes.LANES >= 4;
    }
}
