package org.zkml.prover.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.zkml.prover.fixedpoint.FixedPoint;
import org.zkml.prover.fixedpoint.ModelKind;
import org.zkml.prover.hash.Keccak256;

/**
 * What a campaign fixes about its data: features with their scaling, target, model kind, limb width. The document is described in data/schemas/README.md; its identity is the
 * keccak of its exact bytes.
 */
public final class Schema {
    /** Larger documents are refused. */
    public static final int MAX_SIZE_BYTES = 1 << 20;

    /** The name of the model's first column, which is 1 in every row. */
    public static final String INTERCEPT = "(intercept)";

    private final byte[] bytes;
    private final String name;
    private final ModelKind model;
    private final FixedPoint format;
    private final Target target;
    private final List<Feature> features;

    Schema(byte[] bytes, String name, ModelKind model, FixedPoint format, Target target, List<Feature> features) {
        this.bytes = bytes.clone();
        this.name = name;
        this.model = model;
        this.format = format;
        this.target = target;
        this.features = List.copyOf(features);
    }

    /**
     * Reads a schema file.
     *
     * @throws SchemaException if it cannot be read or used
     */
    public static Schema load(Path path) {
        String source = path.toString();
        try {
            if (Files.size(path) > MAX_SIZE_BYTES) {
                throw SchemaParser.tooLarge(source);
            }
            return parse(Files.readAllBytes(path), source);
        } catch (NoSuchFileException e) {
            throw new SchemaException(source, "", "there is no such file", "check the path");
        } catch (IOException e) {
            throw new SchemaException(source, "", "the file cannot be read (" + e + ")", "check path and permissions");
        }
    }

    /**
     * Reads a schema document.
     *
     * @param source a name for messages
     * @throws SchemaException if it cannot be used
     */
    public static Schema parse(byte[] bytes, String source) {
        return SchemaParser.parse(bytes, source);
    }

    /** The exact document. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** The keccak of the exact document, 32 bytes. */
    public byte[] hash() {
        return Keccak256.hash(bytes);
    }

    /** {@link #hash} in hexadecimal, with 0x. */
    public String hashHex() {
        return "0x" + HexFormat.of().formatHex(hash());
    }

    public String name() {
        return name;
    }

    public ModelKind model() {
        return model;
    }

    public FixedPoint format() {
        return format;
    }

    public Target target() {
        return target;
    }

    public List<Feature> features() {
        return features;
    }

    /** Number of the model's columns, the intercept among them: {@code feat} of the proof system. */
    public int featureColumns() {
        return 1 + features.stream().mapToInt(Feature::width).sum();
    }

    /** Log2 of the padded number of columns: {@code lk} of the proof system. */
    public int lk() {
        return Powers.ceilLog2(featureColumns());
    }

    /** Names of the model's columns: intercept, then the features in order, a category as {@code column=label}. */
    public List<String> columnNames() {
        List<String> names = new ArrayList<>(List.of(INTERCEPT));
        for (Feature feature : features) {
            switch (feature) {
                case Feature.Numeric numeric -> names.add(numeric.column());
                case Feature.Categorical categorical ->
                    categorical.categories().forEach(label -> names.add(categorical.column() + "=" + label));
            }
        }
        return names;
    }
}
