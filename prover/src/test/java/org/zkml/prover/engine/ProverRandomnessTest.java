package org.zkml.prover.engine;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@code Prover.prove} draws comes from {@code SecureRandom} and nothing else (docs/proof-system.md, section 4.1). */
class ProverRandomnessTest {

    private static final String SOURCE = ProverRandomness.class.getName();
    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.zkml.prover");

    /** A lambda is no class of its own: the instructions that make one are looked for. */
    @Test
    void theOnlyImplementationIsTheSecureOne() {
        final List<String> makers = new ArrayList<>();
        for (JavaClass type : MAIN) {
            if (!type.getName().equals(SOURCE) && type.isAssignableTo(SOURCE)) {
                makers.add(type.getName());
            }
            makers.addAll(lambdasOfTheSource(type));
        }
        assertEquals(List.of(SOURCE + ".secure"), makers);
    }

    private static List<String> lambdasOfTheSource(JavaClass type) {
        final String descriptor = ProverRandomness.class.descriptorString();
        final List<String> makers = new ArrayList<>();
        for (var method : read(type).methods()) {
            method.code()
                    .ifPresent(code -> code.forEach(element -> {
                        if (element instanceof InvokeDynamicInstruction lambda
                                && lambda.typeSymbol()
                                        .returnType()
                                        .descriptorString()
                                        .equals(descriptor)) {
                            makers.add(
                                    type.getName() + "." + method.methodName().stringValue());
                        }
                    }));
        }
        return makers;
    }

    private static ClassModel read(JavaClass type) {
        try (InputStream in = type.getSource().orElseThrow().getUri().toURL().openStream()) {
            return ClassFile.of().parse(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void onlyTheProverHandsItOn() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(Prover.class.getName())
                .and()
                .doNotHaveFullyQualifiedName(SOURCE)
                .should()
                .callMethodWhere(describe(
                        "a source of randomness is chosen",
                        call -> call.getName().equals("secure")
                                        && call.getTargetOwner().getName().equals(SOURCE)
                                || call.getTargetOwner().getName().equals(Prover.class.getName())
                                        && call.getTarget().getRawParameterTypes().stream()
                                                .anyMatch(type -> type.getName().equals(SOURCE))))
                .check(MAIN);
    }
}
