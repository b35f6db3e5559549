package org.zkml.backend;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The directions of docs/architecture.md: the server asks the prover, never the other way, and one package talks to the chain. */
class ArchitectureTest {
    private static final String WRAPPERS = "org.zkml.prover.cli.chain.contract";
    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.zkml.backend");

    @Test
    void usesWeb3jAndTheContractsOnlyInThePackageChain() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.zkml.backend.chain..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.web3j..", WRAPPERS)
                .allowEmptyShould(true)
                .check(ALL);
    }

    @Test
    void usesNothingOfTheCommandLineButTheContracts() {
        noClasses()
                .should()
                .dependOnClassesThat(describe("are the command line's", ArchitectureTest::isOfTheCommandLine))
                .allowEmptyShould(true)
                .check(ALL);
    }

    @Test
    void knowsNothingOfTheMarketWhereItTalksToTheChain() {
        noClasses()
                .that()
                .resideInAPackage("org.zkml.backend.chain..")
                .should()
                .dependOnClassesThat(
                        resideInAPackage("org.zkml.backend..").and(not(resideInAPackage("org.zkml.backend.chain.."))))
                .check(ALL);
    }

    @Test
    void hasNoCyclesBetweenItsParts() {
        slices().matching("org.zkml.backend.(*)..").should().beFreeOfCycles().check(ALL);
    }

    @Test
    void hasNoRest() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jakarta.ws.rs..", "org.jboss.resteasy..", "io.vertx.ext.web..", "org.zkml.api..")
                .allowEmptyShould(true)
                .check(ALL);
    }

    private static boolean isOfTheCommandLine(JavaClass type) {
        final String name = type.getPackageName();
        return (name + ".").startsWith("org.zkml.prover.cli.") && !name.equals(WRAPPERS);
    }
}
