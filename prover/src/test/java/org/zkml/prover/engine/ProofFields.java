package org.zkml.prover.engine;

import java.util.ArrayList;
import java.util.List;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.engine.ColumnSpec.Kind;
import org.zkml.prover.field.Fr;

/** Every point and scalar of a proof, in order: the one manifest of the tests. Named as in the vectors. */
public final class ProofFields {

    /** One point or scalar. */
    public record Field(String name, boolean point, int offset) {
        public int sizeBytes() {
            return point ? G1Affine.BYTES : Fr.BYTES;
        }
    }

    private final List<Field> fields = new ArrayList<>();
    private int length;

    private ProofFields() {}

    /** The fields of a structure's proofs (docs/proof-system.md, section 3, messages 1 to 13). */
    public static List<Field> of(Structure structure) {
        final ProofFields all = new ProofFields();
        all.points("A", "B", "C");
        all.columns(structure, Kind.FIRST_PHASE);
        all.columns(structure, Kind.SECOND_PHASE);
        structure.hiddenSums().forEach(all::scalars);
        for (int k = structure.n1() - 1; k >= 0; k--) {
            final String round = "s1[" + k + "].";
            all.scalars(round + "c0", round + "c2", round + "c3", round + "c4");
        }
        structure.values().forEach(name -> all.scalars(name + "~"));
        structure.clearValues().forEach(name -> all.scalars(name + "~"));
        for (int k = structure.n2() - 1; k >= 0; k--) {
            all.scalars("s2[" + k + "].c0", "s2[" + k + "].c2");
        }
        all.points("C_V", "C_nu");
        for (int k = 0; k < structure.n2(); k++) {
            all.points("q" + k);
        }
        all.points("R", "Q", "g");
        all.scalars("a", "e");
        all.points("pi1", "pi2", "delta");
        return List.copyOf(all.fields);
    }

    private void columns(Structure structure, Kind kind) {
        for (int j : structure.columnsOf(kind)) {
            points(structure.columns().get(j).name());
        }
    }

    private void points(String... names) {
        add(true, names);
    }

    private void scalars(String... names) {
        add(false, names);
    }

    private void add(boolean point, String... names) {
        for (String name : names) {
            final Field field = new Field(name, point, length);
            fields.add(field);
            length += field.sizeBytes();
        }
    }
}
