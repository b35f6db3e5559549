package org.zkml.prover.relation;

import java.io.IOException;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.zkml.prover.commitment.KnownSetup;

/** Writes the proofs of the contract's tests: {@link ProofFixture#COMMAND}. */
@EnabledIfSystemProperty(named = "zkml.write.fixtures", matches = "true")
class ProofFixtureWriter {

    @ParameterizedTest
    @EnumSource
    void writes(ProofFixture fixture) throws IOException {
        fixture.write(KnownSetup.of(17));
    }
}
