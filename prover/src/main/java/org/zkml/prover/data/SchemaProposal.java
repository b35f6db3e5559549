package org.zkml.prover.data;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.zkml.prover.fixedpoint.ModelKind;

/** Writes a schema document for a file: numbers standardised, labels as categories, in the file's order of columns. A draft for a campaign's owner to edit. */
public final class SchemaProposal {
    /** To be shown with every proposal. */
    public static final String CONSTANTS_WARNING =
            "The scaling constants were computed from this file. A schema is public: replace them by constants from public knowledge"
                    + " (published studies, usual ranges) before you open a campaign, or they tell something about these rows.";

    /** A column with more labels than this is taken for names or free text. */
    public static final int MAX_CATEGORIES = 100;

    /** Digits of scaling constants. */
    private static final MathContext DIGITS = new MathContext(6);

    private static final JsonMapper JSON = new JsonMapper();

    private final DataProfile profile;
    private final String target;
    private final ObjectNode root = JSON.createObjectNode();
    private final Map<String, Transform> transforms;

    private SchemaProposal(DataProfile profile, String target, Map<String, Transform> transforms) {
        this.profile = profile;
        this.target = target;
        this.transforms = transforms;
    }

    /**
     * What the proposal is to be made of.
     *
     * @param target the column to predict
     * @param model null to choose by the target: logistic for two labels, else linear
     * @param excluded columns to leave out
     * @param transforms columns to transform before scaling, the target possibly among them
     */
    public record Request(
            String name,
            String description,
            String target,
            ModelKind model,
            int limbBits,
            Set<String> excluded,
            Map<String, Transform> transforms) {
        public Request {
            excluded = Set.copyOf(excluded);
            transforms = Map.copyOf(transforms);
        }
    }

    /**
     * The document, which {@link Schema#parse} reads.
     *
     * @throws DataException if a column cannot be used: constant, empty, with missing values, or with too many labels
     */
    public static byte[] propose(DataProfile profile, Request request) {
        return new SchemaProposal(profile, request.target(), request.transforms()).document(request);
    }

    private byte[] document(Request request) {
        Set<String> named = new HashSet<>(request.excluded());
        named.addAll(transforms.keySet());
        named.forEach(profile::column); // an unknown name is a mistake
        ColumnProfile targetProfile = usable(target);
        boolean binary = targetProfile.labels().size() == 2 && !targetProfile.moreLabels();
        ModelKind model = request.model() != null ? request.model() : binary ? ModelKind.LOGISTIC : ModelKind.LINEAR;
        if (model == ModelKind.LOGISTIC && !binary) {
            throw DataException.column(
                    profile.file(),
                    target,
                    "a logistic model needs a target with two labels, this one has "
                            + (targetProfile.moreLabels() ? "more than " : "")
                            + targetProfile.labels().size(),
                    "choose another target or a linear model");
        }
        root.put("format", SchemaParser.FORMAT).put("name", request.name());
        if (!request.description().isEmpty()) {
            root.put("description", request.description());
        }
        root.put("model", model.id()).put("limbBits", request.limbBits());
        writeTarget(targetProfile, model);
        ArrayNode features = root.putArray("features");
        for (ColumnProfile column : profile.columns()) {
            if (!column.name().equals(target) && !request.excluded().contains(column.name())) {
                writeFeature(features.addObject(), usable(column.name()));
            }
        }
        if (features.isEmpty()) {
            throw DataException.file(profile.file(), "no column is left for a feature", "exclude fewer columns");
        }
        return bytes();
    }

    private void writeTarget(ColumnProfile column, ModelKind model) {
        ObjectNode node = root.putObject("target").put("column", column.name());
        if (model == ModelKind.LOGISTIC) {
            List<String> labels = column.sortedLabels();
            node.put("kind", "binary").put("negative", labels.get(0)).put("positive", labels.get(1));
        } else if (model == ModelKind.POISSON) {
            node.put("kind", "numeric").put("mean", 0).put("scale", 1);
        } else {
            writeScaling(node, column);
        }
    }

    private void writeFeature(ObjectNode node, ColumnProfile column) {
        node.put("column", column.name());
        if (column.kind() == ColumnProfile.Kind.NUMERIC) {
            writeScaling(node, column);
            node.put("clip", (int) SchemaParser.MAX_CLIP);
            return;
        }
        if (column.labels().size() > MAX_CATEGORIES) {
            throw DataException.column(
                    profile.file(),
                    column.name(),
                    "has more than " + MAX_CATEGORIES + " different labels: it looks like names or free text",
                    "exclude the column");
        }
        ArrayNode categories = node.put("kind", "categorical").putArray("categories");
        column.sortedLabels().forEach(categories::add);
    }

    private void writeScaling(ObjectNode node, ColumnProfile column) {
        Transform transform = transforms.getOrDefault(column.name(), Transform.NONE);
        if (column.otherThanNumbers() > 0) {
            throw NumericCell.problem(profile.file(), column.firstOtherLine(), column.name(), column.firstOther());
        }
        if (!column.accepts(transform)) {
            throw DataException.column(
                    profile.file(), column.name(), "has values without a " + transform.id(), "leave the transform out");
        }
        node.put("kind", "numeric");
        if (transform != Transform.NONE) {
            node.put("transform", transform.id());
        }
        node.put("mean", rounded(column.mean(transform)));
        node.put("scale", rounded(column.standardDeviation(transform)));
    }

    private ColumnProfile usable(String name) {
        ColumnProfile column = profile.column(name);
        if (column.missing() > 0) {
            throw DataException.column(
                    profile.file(),
                    name,
                    column.missing() + " of " + profile.rows() + " rows have no value, first line "
                            + column.firstMissingLine(),
                    "fill them in, remove the rows, or exclude the column");
        }
        if (column.isConstant()) {
            throw DataException.column(
                    profile.file(),
                    name,
                    "every row has the value "
                            + DataException.quoted(column.labels().firstKey()) + ", so nothing can be learnt from it",
                    "exclude the column");
        }
        return column;
    }

    /** Without exponent, which JSON allows but people misread. */
    private static BigDecimal rounded(double value) {
        BigDecimal rounded = new BigDecimal(value).round(DIGITS).stripTrailingZeros();
        return rounded.scale() < 0 ? rounded.setScale(0) : rounded;
    }

    private byte[] bytes() {
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
        printer.indentObjectsWith(indenter);
        printer.indentArraysWith(indenter);
        try {
            String text = JSON.writer()
                    .with(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN)
                    .with(printer)
                    .writeValueAsString(root);
            return (text + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of texts and numbers was not written", e);
        }
    }
}
