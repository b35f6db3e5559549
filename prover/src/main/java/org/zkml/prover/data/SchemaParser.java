package org.zkml.prover.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.zkml.prover.fixedpoint.FixedPoint;
import org.zkml.prover.fixedpoint.ModelKind;

/** Reads schema documents, strictly: a document that another reader might understand differently is refused. */
final class SchemaParser {
    static final String FORMAT = "zkml-schema/1";
    static final double MAX_CLIP = 8;

    /** Forward weights and features of so many columns still add up in 64 bits, at the largest limb width. */
    static final int MAX_COLUMNS = 1 << 16;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private SchemaParser() {}

    static Schema parse(byte[] bytes, String source) {
        if (bytes.length > Schema.MAX_SIZE_BYTES) {
            throw tooLarge(source);
        }
        StrictObject root = new StrictObject(readJson(bytes, source), "", source);
        String format = root.text("format");
        if (!format.equals(FORMAT)) {
            throw root.problem("format", "is \"" + format + "\"", "this version reads only \"" + FORMAT + "\"");
        }
        String name = root.text("name");
        root.textOr("description", "");
        ModelKind model = oneOf(root, root.text("model"), "model", ModelKind.values(), ModelKind::id);
        FixedPoint fixedPoint = fixedPoint(root);
        Target target = target(root.object("target"), model);
        List<Feature> features = new ArrayList<>();
        root.objects("features").forEach(object -> features.add(feature(object)));
        root.end();
        Schema schema = new Schema(bytes, name, model, fixedPoint, target, features);
        checkColumns(root, schema);
        return schema;
    }

    static SchemaException tooLarge(String source) {
        return new SchemaException(
                source,
                "",
                "the document is larger than " + Schema.MAX_SIZE_BYTES + " bytes",
                "use fewer columns or categories");
    }

    private static JsonNode readJson(byte[] bytes, String source) {
        try {
            return JSON.readTree(bytes);
        } catch (JsonProcessingException e) {
            String place = e.getLocation() == null
                    ? ""
                    : "line " + e.getLocation().getLineNr() + ", character "
                            + e.getLocation().getColumnNr();
            throw new SchemaException(source, place, "not JSON: " + e.getOriginalMessage(), "correct the document");
        } catch (IOException e) {
            throw new SchemaException(source, "", "not JSON: " + e.getMessage(), "correct the document");
        }
    }

    private static FixedPoint fixedPoint(StrictObject root) {
        int b = root.integer("limbBits");
        try {
            return new FixedPoint(b);
        } catch (IllegalArgumentException e) {
            throw root.problem("limbBits", "is " + b, "write an even number from 8 to 16; 16 is the most exact");
        }
    }

    private static Target target(StrictObject object, ModelKind model) {
        String column = object.text("column");
        String kind = object.text("kind");
        Target target = switch (kind) {
            case "binary" -> new Target.Binary(column, object.text("negative"), object.text("positive"));
            case "numeric" -> new Target.Numeric(column, scaling(object));
            default -> throw object.problem("kind", "is \"" + kind + "\"", "write \"binary\" or \"numeric\"");
        };
        object.end();
        if (target instanceof Target.Binary binary && binary.negative().equals(binary.positive())) {
            throw object.problem("positive", "equals negative", "name two different labels");
        }
        if (model == ModelKind.LOGISTIC != target instanceof Target.Binary) {
            throw object.problem(
                    "kind",
                    "is \"" + kind + "\"",
                    "a logistic model needs a binary target, every other model a numeric one");
        }
        NumericScaling unscaled = new NumericScaling(Transform.NONE, 0, 1);
        if (model == ModelKind.POISSON && !((Target.Numeric) target).scaling().equals(unscaled)) {
            throw object.problem(
                    "", "scales the target", "a poisson model predicts counts: use mean 0, scale 1 and no transform");
        }
        return target;
    }

    private static Feature feature(StrictObject object) {
        String column = object.text("column");
        String kind = object.text("kind");
        Feature feature = switch (kind) {
            case "numeric" -> new Feature.Numeric(column, scaling(object), clip(object));
            case "categorical" -> new Feature.Categorical(column, categories(object));
            default -> throw object.problem("kind", "is \"" + kind + "\"", "write \"numeric\" or \"categorical\"");
        };
        object.end();
        return feature;
    }

    private static NumericScaling scaling(StrictObject object) {
        Transform transform = oneOf(
                object,
                object.textOr("transform", Transform.NONE.id()),
                "transform",
                Transform.values(),
                Transform::id);
        double mean = object.number("mean");
        double scale = object.number("scale");
        if (scale <= 0) {
            throw object.problem("scale", "is " + scale, "write a number above 0, like the standard deviation");
        }
        return new NumericScaling(transform, mean, scale);
    }

    private static double clip(StrictObject object) {
        double clip = object.numberOr("clip", MAX_CLIP);
        if (clip <= 0 || clip > MAX_CLIP) {
            throw object.problem(
                    "clip", "is " + clip, "write a number above 0, at most 8, the end of the fixed-point range");
        }
        return clip;
    }

    private static List<String> categories(StrictObject object) {
        List<String> categories = object.texts("categories");
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < categories.size(); i++) {
            if (!seen.add(categories.get(i))) {
                throw object.problem(
                        "categories[" + i + "]", "\"" + categories.get(i) + "\" occurs twice", "remove one of them");
            }
        }
        return categories;
    }

    private static void checkColumns(StrictObject root, Schema schema) {
        Set<String> seen = new HashSet<>(Set.of(schema.target().column()));
        long columns = 1;
        for (int i = 0; i < schema.features().size(); i++) {
            Feature feature = schema.features().get(i);
            columns += feature.width();
            if (!seen.add(feature.column())) {
                throw root.problem(
                        "features[" + i + "].column",
                        "\"" + feature.column() + "\" is the target or an earlier feature",
                        "name every column once");
            }
        }
        if (columns > MAX_COLUMNS) {
            throw root.problem(
                    "features",
                    "make " + columns + " columns of the model",
                    "at most " + MAX_COLUMNS + " can be proved");
        }
    }

    private static <T> T oneOf(StrictObject object, String text, String field, T[] values, Function<T, String> id) {
        List<String> ids = Arrays.stream(values).map(id).toList();
        int index = ids.indexOf(text);
        if (index < 0) {
            throw object.problem(field, "is \"" + text + "\"", "write one of " + ids);
        }
        return values[index];
    }
}
