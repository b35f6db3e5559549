package org.zkml.prover;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.tngtech.archunit.core.domain.JavaModifier;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

/** Blinders and pads hide data only if nobody can guess them: outside of tests there is one source, and nobody can choose what it gives. */
class RandomnessTest {
    @Test
    void comesFromSecureRandomAlone() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveNameMatching("java\\.util\\.(.*\\.)?(Random|SplittableRandom|ThreadLocalRandom|RandomGenerator.*)")
                .orShould()
                .callMethod(Math.class, "random")
                .check(ProverClasses.ALL);
    }

    @Test
    void isNeverSeeded() {
        noClasses()
                .should()
                .callMethodWhere(describe(
                        "a seed is set",
                        call -> call.getTargetOwner().isEquivalentTo(SecureRandom.class)
                                && call.getName().equals("setSeed")))
                .orShould()
                .callConstructor(SecureRandom.class, byte[].class)
                .check(ProverClasses.ALL);
    }

    @Test
    void cannotBeChosenByACaller() {
        assertFalse(ProverClasses.ALL
                .get("org.zkml.prover.engine.ProverRandomness")
                .getModifiers()
                .contains(JavaModifier.PUBLIC));
    }
}
