package org.zkml.prover.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.zkml.prover.fixedpoint.ModelKind;

class SchemaProposalTest {
    @TempDir
    Path folder;

    @Test
    void profilesEveryColumn() throws IOException {
        DataProfile profile = profile("n,c,k,e,m\n1,x,5,,1\n3,y,5.0,NA,2\n2,x,5,?,oops\n");
        assertEquals(3, profile.rows());
        ColumnProfile n = profile.column("n");
        assertEquals(ColumnProfile.Kind.NUMERIC, n.kind());
        assertEquals(1, n.min());
        assertEquals(3, n.max());
        assertEquals(2, n.mean(Transform.NONE));
        assertEquals(Math.sqrt(2.0 / 3), n.standardDeviation(Transform.NONE), 1e-15);
        assertEquals((Math.log(2) + Math.log(3) + Math.log(4)) / 3, n.mean(Transform.LOG1P), 1e-15);
        ColumnProfile c = profile.column("c");
        assertEquals(ColumnProfile.Kind.CATEGORICAL, c.kind());
        assertEquals(Map.of("x", 2, "y", 1), c.labels());
        assertTrue(profile.column("k").isConstant());
        assertEquals(ColumnProfile.Kind.EMPTY, profile.column("e").kind());
        assertEquals(3, profile.column("e").missing());
        assertEquals(2, profile.column("e").firstMissingLine());
        assertEquals("oops", profile.column("m").firstOther());
        assertEquals(4, profile.column("m").firstOtherLine());
        assertThrows(DataException.class, () -> profile.column("z"));
        assertThrows(DataException.class, () -> profile("a,b\n"));
    }

    @Test
    void proposesASchemaThatReadsTheFile() throws IOException {
        String text = "n,c,y\n1,x,no\n3,y,yes\n2,x,no\n";
        Schema schema = propose(text, "y", null, Set.of());
        assertEquals(ModelKind.LOGISTIC, schema.model());
        assertEquals(new Target.Binary("y", "no", "yes"), schema.target());
        assertEquals(
                List.of(
                        new Feature.Numeric("n", new NumericScaling(Transform.NONE, 2, 0.816497), 8),
                        new Feature.Categorical("c", List.of("x", "y"))),
                schema.features());
        CsvTable table = CsvTable.open(Files.writeString(folder.resolve("again.csv"), text));
        assertEquals(3, new DatasetEncoder(schema).encode(table, 0).n());
    }

    @Test
    void proposesLinearModelsForNumbersAndCountsOnRequest() throws IOException {
        String text = "n,y\n1,0\n3,1\n2,5\n";
        assertEquals(ModelKind.LINEAR, propose(text, "y", null, Set.of()).model());
        assertEquals(
                new Target.Numeric("y", new NumericScaling(Transform.NONE, 2, 2.16025)),
                propose(text, "y", null, Set.of()).target());
        assertEquals(
                new Target.Numeric("y", new NumericScaling(Transform.NONE, 0, 1)),
                propose(text, "y", ModelKind.POISSON, Set.of()).target());
    }

    @Test
    void writesConstantsWithoutExponent() throws IOException {
        DataProfile profile = profile("n,y\n12345678,0\n22345678,1\n0.00001,1\n");
        String document =
                new String(SchemaProposal.propose(profile, request("y", null, Set.of())), StandardCharsets.UTF_8);
        assertTrue(document.contains("\"mean\" : 11563800,"), document);
        DataProfile tiny = profile("n,y\n0.00001,0\n0.00003,1\n0.00002,1\n");
        String small = new String(SchemaProposal.propose(tiny, request("y", null, Set.of())), StandardCharsets.UTF_8);
        assertTrue(small.contains("\"mean\" : 0.00002,"), small);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'n,y\n5,0\n5.0,1\n'| n | every row has the value \"5\"",
                "'n,y\nx,0\nx,1\n'| n | every row has the value \"x\"",
                "'n,y\n1,0\n2,0\n'| y | every row has the value \"0\"",
                "'n,y\n1,0\n,1\n3,1\n'| n | 1 of 3 rows have no value, first line 3",
                "'n,y\n1,0\n2,\n3,1\n'| y | 1 of 3 rows have no value, first line 3",
            })
    void refusesColumnsThatCannotBeUsed(String text, String column, String problem) {
        DataException failure = assertThrows(DataException.class, () -> propose(text, "y", null, Set.of()));
        assertEquals(column, failure.column());
        assertTrue(failure.getMessage().contains(problem), failure.getMessage());
    }

    @Test
    void refusesNamesAndStrayTexts() throws IOException {
        StringBuilder names = new StringBuilder("id,n,y\n");
        StringBuilder stray = new StringBuilder("n,y\nx7,1\n");
        for (int i = 0; i < 101; i++) {
            names.append("p")
                    .append(i)
                    .append(',')
                    .append(i)
                    .append(',')
                    .append(i % 2)
                    .append('\n');
            stray.append(i).append(',').append(i % 2).append('\n');
        }
        DataException failure = assertThrows(DataException.class, () -> propose(names.toString(), "y", null, Set.of()));
        assertTrue(failure.getMessage().contains("names or free text"), failure.getMessage());
        assertEquals(
                1, propose(names.toString(), "y", null, Set.of("id")).features().size());

        DataException cell = assertThrows(DataException.class, () -> propose(stray.toString(), "y", null, Set.of()));
        assertEquals("x7", cell.value());
        assertEquals(2, cell.line());
    }

    @Test
    void refusesUnknownNamesAndModelsThatDoNotFit() {
        String text = "n,y\n1,0\n3,1\n2,5\n";
        assertThrows(DataException.class, () -> propose(text, "z", null, Set.of()));
        assertThrows(DataException.class, () -> propose(text, "y", null, Set.of("z")));
        assertThrows(DataException.class, () -> propose(text, "y", null, Set.of("n")));
        assertThrows(DataException.class, () -> propose(text, "y", ModelKind.LOGISTIC, Set.of()));
    }

    private Schema propose(String text, String target, ModelKind model, Set<String> excluded) throws IOException {
        return Schema.parse(SchemaProposal.propose(profile(text), request(target, model, excluded)), "proposal");
    }

    private static SchemaProposal.Request request(String target, ModelKind model, Set<String> excluded) {
        return new SchemaProposal.Request("test", "", target, model, 16, excluded, Map.of());
    }

    private DataProfile profile(String text) throws IOException {
        return DataProfile.of(CsvTable.open(Files.writeString(folder.resolve("table.csv"), text)));
    }
}
