package org.zkml.prover;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The directions of docs/architecture.md; the order of the packages is read from its table, so that page and code cannot differ. */
class ArchitectureTest {
    private static final Path PAGE = Path.of("../docs/architecture.md");
    private static final Pattern NAME = Pattern.compile("`(\\w+)`");

    @TestFactory
    List<DynamicTest> importsOnlyPackagesAboveItInTheTable() throws IOException {
        final List<String> order = packagesOfThePage();
        return order.stream()
                .map(name -> DynamicTest.dynamicTest(name, () -> importsNoneOf(name, order)))
                .toList();
    }

    private static void importsNoneOf(String name, List<String> order) {
        final String[] below = order.stream()
                .skip(order.indexOf(name) + 1L)
                .map(ArchitectureTest::withSubpackages)
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage(withSubpackages(name))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(below)
                .because("docs/architecture.md lists them below it")
                .allowEmptyShould(true)
                .check(ProverClasses.ALL);
    }

    @Test
    void everyPackageIsInTheTable() throws IOException {
        final Set<String> unlisted = ProverClasses.ALL.stream()
                .map(type -> type.getPackageName().substring(ProverClasses.ROOT.length()))
                .map(name -> name.isEmpty() ? "(root)" : name.split("\\.", -1)[1])
                .collect(Collectors.toCollection(TreeSet::new));
        unlisted.removeAll(packagesOfThePage());
        assertEquals(Set.of(), unlisted);
    }

    @Test
    void usesWeb3jOnlyToTalkToTheChain() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.zkml.prover.cli.chain..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.web3j..")
                .allowEmptyShould(true)
                .check(ProverClasses.ALL);
    }

    @Test
    void usesTheCommandLineLibraryOnlyInCommands() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.zkml.prover.cli..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("picocli..")
                .allowEmptyShould(true)
                .check(ProverClasses.ALL);
    }

    @Test
    void knowsNothingOfTheServer() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.zkml.backend..", "org.zkml.api..", "io.quarkus..", "jakarta..")
                .check(ProverClasses.ALL);
    }

    /** The first column's names, row by row; within a row the later may import the earlier. */
    private static List<String> packagesOfThePage() throws IOException {
        final String page = Files.readString(PAGE);
        final int start = page.indexOf("\n## prover packages");
        assertFalse(start < 0, PAGE + " has no section on the prover's packages");
        final List<String> names = page.substring(start, page.indexOf("\n## ", start + 1))
                .lines()
                .filter(line -> line.startsWith("| `"))
                .flatMap(line -> NAME.matcher(line.split("\\|", -1)[1]).results())
                .map(match -> match.group(1))
                .toList();
        assertEquals("cli", names.getLast());
        return names;
    }

    private static String withSubpackages(String name) {
        return ProverClasses.ROOT + "." + name + "..";
    }
}
