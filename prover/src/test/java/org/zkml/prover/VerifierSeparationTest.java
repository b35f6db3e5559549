package org.zkml.prover;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.zkml.prover.field.Lanes;

/**
 * What decides whether a proof is true stands alone: nothing that it reaches belongs to the prover, and nothing that it reaches can make
 * it answer differently the next time.
 */
class VerifierSeparationTest {
    private static final Pattern VERIFIER = Pattern.compile(".*Verifier|Verification|.*Relation");
    private static final Pattern PROVER = Pattern.compile(
            ".*Prover.*|.*Witness|.*Writer|.*Trainer|Committer|Opening|CommittedPolynomial|PadPolynomials|.*Sumcheck");

    private static final Set<JavaClass> REACHED = Stream.concat(
                    verifiers(),
                    verifiers()
                            .flatMap(type -> type.getTransitiveDependenciesFromSelf().stream())
                            .map(Dependency::getTargetClass))
            .map(JavaClass::getBaseComponentType)
            .filter(type -> type.getPackageName().startsWith(ProverClasses.ROOT))
            .collect(toSet());

    private static final DescribedPredicate<JavaClass> REACHED_BY_A_VERIFIER =
            describe("are reached by a verifier", REACHED::contains);

    private static Stream<JavaClass> verifiers() {
        return ProverClasses.ALL.stream()
                .filter(resideInAnyPackage("org.zkml.prover.engine..", "org.zkml.prover.relation.."))
                .filter(type -> is(type, VERIFIER));
    }

    @Test
    void findsTheVerifierAndWhatItNeeds() {
        final Set<String> names = REACHED.stream().map(JavaClass::getSimpleName).collect(toSet());
        assertTrue(
                names.containsAll(Set.of("Verifier", "TrainRelation", "Transcript", "Pairing", "Keccak256")),
                names::toString);
    }

    @Test
    void reachesNoClassOfTheProver() {
        noClasses()
                .that(REACHED_BY_A_VERIFIER)
                .should()
                .dependOnClassesThat(describe("are the prover's", type -> is(type, PROVER)))
                .check(ProverClasses.ALL);
    }

    @Test
    void hasNoClockNoRandomnessNoFilesAndNoLog() {
        noClasses()
                .that(REACHED_BY_A_VERIFIER)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.time..", "java.nio.file..", "java.net..", "java.util.logging..", "org.slf4j..")
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching("java\\.io\\.(File|RandomAccess|Print).*|.*Random(Generator)?")
                .orShould()
                .accessTargetWhere(describe(
                        "reads the clock, the environment or the console",
                        access -> access.getTargetOwner().isEquivalentTo(System.class)
                                && !access.getName().equals("arraycopy")
                                && !isTheQuestionForTheArchitecture(access)
                                && !access.getName().equals("identityHashCode")))
                .check(ProverClasses.ALL);
    }

    /** Lanes chooses between kernels of the same results: {@code PathsTest}. */
    private static boolean isTheQuestionForTheArchitecture(JavaAccess<?> access) {
        return access.getOriginOwner().isEquivalentTo(Lanes.class)
                && access.getName().equals("getProperty");
    }

    private static boolean is(JavaClass type, Pattern name) {
        return name.matcher(type.getSimpleName()).matches();
    }
}
