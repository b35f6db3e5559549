package org.zkml.prover.data;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A JSON object of which every field must be asked for: what is left over is a mistake, as is a missing field or one of another type. */
final class StrictObject {
    private final JsonNode node;
    private final String path;
    private final String source;
    private final Set<String> known = new LinkedHashSet<>();

    StrictObject(JsonNode node, String path, String source) {
        this.node = node;
        this.path = path;
        this.source = source;
        if (!node.isObject()) {
            throw problem("", "is " + describe(node), "write an object, {...}");
        }
    }

    String text(String name) {
        JsonNode value = required(name, "a text, \"...\"");
        if (!value.isTextual() || value.asText().isEmpty()) {
            throw problem(name, "is " + describe(value), "write a text that is not empty, \"...\"");
        }
        return value.asText();
    }

    /** A text, or the default if the field is not there. */
    String textOr(String name, String otherwise) {
        known.add(name);
        return node.has(name) ? text(name) : otherwise;
    }

    double number(String name) {
        JsonNode value = required(name, "a number");
        double number = value.asDouble();
        if (!value.isNumber() || !Double.isFinite(number)) {
            throw problem(name, "is " + describe(value), "write a number, without quotation marks");
        }
        return number;
    }

    /** A number, or the default if the field is not there. */
    double numberOr(String name, double otherwise) {
        known.add(name);
        return node.has(name) ? number(name) : otherwise;
    }

    int integer(String name) {
        JsonNode value = required(name, "an integer");
        if (!value.isIntegralNumber() || !value.canConvertToInt()) {
            throw problem(name, "is " + describe(value), "write an integer");
        }
        return value.asInt();
    }

    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        JsonNode array = array(name);
        for (int i = 0; i < array.size(); i++) {
            if (!array.get(i).isTextual()) {
                throw problem(name + "[" + i + "]", "is " + describe(array.get(i)), "write a text, \"...\"");
            }
            texts.add(array.get(i).asText());
        }
        return texts;
    }

    StrictObject object(String name) {
        return new StrictObject(required(name, "an object, {...}"), child(name), source);
    }

    List<StrictObject> objects(String name) {
        List<StrictObject> objects = new ArrayList<>();
        JsonNode array = array(name);
        for (int i = 0; i < array.size(); i++) {
            objects.add(new StrictObject(array.get(i), child(name) + "[" + i + "]", source));
        }
        return objects;
    }

    /** To be called when every field was asked for. */
    void end() {
        node.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw problem(name, "is not a field of this object", "remove it, or use one of " + known);
            }
        });
    }

    /** A problem of a field, or of the object itself if {@code name} is empty. */
    SchemaException problem(String name, String problem, String cure) {
        return new SchemaException(source, name.isEmpty() ? path : child(name), problem, cure);
    }

    private JsonNode array(String name) {
        JsonNode value = required(name, "a list, [...]");
        if (!value.isArray() || value.isEmpty()) {
            throw problem(name, "is " + describe(value), "write a list that is not empty, [...]");
        }
        return value;
    }

    private JsonNode required(String name, String type) {
        known.add(name);
        JsonNode value = node.get(name);
        if (value == null) {
            throw problem(name, "is missing", "add \"" + name + "\": " + type);
        }
        return value;
    }

    private String child(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private static String describe(JsonNode value) {
        return switch (value.getNodeType()) {
            case ARRAY -> value.isEmpty() ? "an empty list" : "a list";
            case OBJECT -> "an object";
            case STRING -> "the text " + DataException.quoted(value.asText());
            case NULL -> "null";
            default -> value.toString();
        };
    }
}
