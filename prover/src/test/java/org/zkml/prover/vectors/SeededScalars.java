package org.zkml.prover.vectors;

import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.hash.Keccak256;

/** Scalars that depend on a seed and a label alone, keccak256(seed/label) mod r: randomness that a test can repeat. */
public record SeededScalars(String seed) implements Function<String, Scalar> {

    @Override
    public Scalar apply(String label) {
        return Scalar.reduce(Keccak256.hash((seed + "/" + label).getBytes(StandardCharsets.UTF_8)));
    }
}
