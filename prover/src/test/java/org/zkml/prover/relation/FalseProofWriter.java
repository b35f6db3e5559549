package org.zkml.prover.relation;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Writes the liars' proofs for the contract's tests: {@link FalseProof#COMMAND}. */
@EnabledIfSystemProperty(named = "zkml.write.fixtures", matches = "true")
class FalseProofWriter {

    @Test
    void writes() throws IOException {
        FalseProof.write();
    }
}
