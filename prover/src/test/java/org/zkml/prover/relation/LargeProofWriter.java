package org.zkml.prover.relation;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Writes the proof that the gas of a verification is measured with: {@link LargeProof#COMMAND}. */
@EnabledIfSystemProperty(named = "zkml.write.fixtures", matches = "true")
class LargeProofWriter {

    @Test
    void writes() throws IOException {
        LargeProof.write();
    }
}
