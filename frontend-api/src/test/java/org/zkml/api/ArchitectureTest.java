package org.zkml.api;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The directions of docs/architecture.md: resources ask services; the chain and the database are the backend's. */
class ArchitectureTest {
    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.zkml.api");

    @Test
    void leavesTheChainToTheBackend() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.web3j..", "org.zkml.prover.cli..")
                .allowEmptyShould(true)
                .check(ALL);
    }

    @Test
    void leavesTheDatabaseAndItsTransactionsToTheBackend() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "jakarta.persistence..",
                        "jakarta.transaction..",
                        "java.sql..",
                        "javax.sql..",
                        "org.hibernate..")
                .allowEmptyShould(true)
                .check(ALL);
    }
}
