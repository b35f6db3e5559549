package org.zkml.backend.verification;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
import java.util.OptionalInt;

/** How much of the machine the verifier may take. */
@ConfigMapping(prefix = "zkml.verification")
public interface VerificationConfig {

    /** Proofs verified at the same time. Default: one a processor. */
    OptionalInt threads();

    /** Proofs that may wait for a thread; requests beyond are turned away. */
    @WithDefault("16")
    @Min(0)
    int waiting();
}
