package org.zkml.prover.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.zkml.prover.data.ColumnProfile;
import org.zkml.prover.data.CsvTable;
import org.zkml.prover.data.DataProfile;
import org.zkml.prover.data.DatasetEncoder;
import org.zkml.prover.data.EncodedDataset;
import org.zkml.prover.data.Schema;
import org.zkml.prover.data.SchemaProposal;
import org.zkml.prover.data.Transform;
import org.zkml.prover.fixedpoint.ModelKind;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code zkml inspect}. */
@Command(
        name = "inspect",
        mixinStandardHelpOptions = true,
        description = {
            "Shows what a CSV file holds; proposes a schema for it, or tries one.",
            "Nothing is written but the proposal."
        },
        footer = {
            "",
            "Examples:",
            "  zkml inspect data/wdbc.csv",
            "  zkml inspect data/wdbc.csv --target malignant --schema-out schema.json",
            "  zkml inspect data/randhie.csv --target mdvis --model linear --transform mdvis=log1p \\",
            "      --exclude any_visit --schema-out schema.json",
            "  zkml inspect my-part.csv --schema schema.json",
            "      would the campaign's schema take this file?"
        })
final class InspectCommand implements Callable<Integer> {

    @Mixin
    private Console console;

    @Parameters(paramLabel = "CSV", description = "A CSV file whose first line names the columns.")
    private Path csv;

    @Option(names = "--schema", paramLabel = "FILE", description = "Try whether the file fits this schema.")
    private Path schema;

    @Option(names = "--target", paramLabel = "COLUMN", description = "Propose a schema that predicts this column.")
    private String target;

    @Option(names = "--model", description = "logistic, linear or poisson. Without it: by the target.")
    private ModelKind model;

    @Option(
            names = "--limb-bits",
            defaultValue = "16",
            description = "Bits of the proof's limbs, even, 8 to 16 (default: ${DEFAULT-VALUE}).")
    private int limbBits;

    @Option(names = "--exclude", split = ",", paramLabel = "COLUMN", description = "Columns that are no features.")
    private Set<String> excluded = Set.of();

    @Option(
            names = "--transform",
            split = ",",
            paramLabel = "COLUMN=log1p",
            description = "Columns to be transformed before scaling.")
    private Map<String, Transform> transforms = new HashMap<>();

    @Option(names = "--name", defaultValue = "unnamed", description = "The proposed schema's name.")
    private String name;

    @Option(names = "--schema-out", paramLabel = "FILE", description = "Where to write the proposed schema.")
    private Path schemaOut;

    @Option(names = "--force", description = "Overwrite the schema file.")
    private boolean force;

    @Override
    public Integer call() {
        final CsvTable table = CsvTable.open(csv);
        final DataProfile profile = DataProfile.of(table);
        final ObjectNode result = show(profile);
        if (schema != null) {
            tryOn(Schema.load(schema), table, result);
        }
        if (target != null) {
            propose(profile, result);
        }
        console.result(result);
        return ExitCode.DONE.value();
    }

    private ObjectNode show(DataProfile profile) {
        final ObjectNode result = Console.object().put("file", profile.file()).put("rows", profile.rows());
        final ArrayNode columns = result.putArray("columns");
        final TextTable text =
                new TextTable("column", "kind", "missing", "least", "greatest", "mean", "deviation", "labels");
        for (ColumnProfile column : profile.columns()) {
            final boolean numeric = column.kind() == ColumnProfile.Kind.NUMERIC;
            final String labels =
                    (column.moreLabels() ? "> " : "") + column.labels().size();
            final ObjectNode json = columns.addObject()
                    .put("name", column.name())
                    .put("kind", column.kind().name().toLowerCase(Locale.ROOT))
                    .put("missing", column.missing())
                    .put("labels", column.labels().size());
            if (numeric) {
                final double mean = column.mean(Transform.NONE);
                final double deviation = column.standardDeviation(Transform.NONE);
                json.put("min", column.min()).put("max", column.max());
                json.put("mean", mean).put("standardDeviation", deviation);
                text.row(
                        column.name(),
                        "numeric",
                        column.missing(),
                        number(column.min()),
                        number(column.max()),
                        number(mean),
                        number(deviation),
                        labels);
            } else {
                text.row(column.name(), json.get("kind").asText(), column.missing(), "", "", "", "", labels);
            }
            if (column.otherThanNumbers() > 0 && numeric) {
                console.warn(profile.file() + ", line " + column.firstOtherLine() + ", column \"" + column.name()
                        + "\": \"" + column.firstOther() + "\" is no number; correct or remove the row");
            }
            if (column.isConstant()) {
                console.warn(profile.file() + ", column \"" + column.name()
                        + "\": every row has the same value; exclude it, nothing can be learnt from it");
            }
        }
        console.say("%s: %d rows", profile.file(), profile.rows());
        text.print(console);
        return result;
    }

    private void tryOn(Schema candidate, CsvTable table, ObjectNode result) {
        final EncodedDataset encoded = new DatasetEncoder(candidate).encode(table, 0);
        encoded.warnings().forEach(console::warn);
        console.say(
                "The file fits schema %s: %d rows, %d model columns, 2^%d x 2^%d entries.",
                candidate.hashHex(), encoded.n(), encoded.feat(), encoded.ln(), encoded.lk());
        final ArrayNode warnings = result.put("schemaHash", candidate.hashHex())
                .put("feat", encoded.feat())
                .put("lk", encoded.lk())
                .put("ln", encoded.ln())
                .putArray("warnings");
        encoded.warnings().forEach(warnings::add);
        encoded.wipe();
    }

    private void propose(DataProfile profile, ObjectNode result) {
        final byte[] proposal = SchemaProposal.propose(
                profile, new SchemaProposal.Request(name, "", target, model, limbBits, excluded, transforms));
        final Schema parsed = Schema.parse(proposal, "the proposal");
        console.warn(SchemaProposal.CONSTANTS_WARNING);
        result.put("schemaHash", parsed.hashHex());
        if (schemaOut == null) {
            console.say("%s", new String(proposal, java.nio.charset.StandardCharsets.UTF_8).stripTrailing());
            return;
        }
        if (Files.exists(schemaOut) && !force) {
            throw new CommandException(
                    ExitCode.CONFLICT, schemaOut + ": the file exists; name another, or use --force to overwrite it");
        }
        AtomicFile.write(schemaOut, proposal);
        console.say("Schema %s written to %s.", parsed.hashHex(), schemaOut);
        result.put("schemaFile", schemaOut.toString());
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.6g", value);
    }
}
