package org.zkml.prover.relation;

import java.math.BigInteger;
import java.util.Random;
import org.zkml.prover.commitment.KnownSetup;
import org.zkml.prover.engine.Witness.Blinded;
import org.zkml.prover.poly.MultilinearPolynomial;
import org.zkml.prover.vectors.SeededScalars;

/** A random data set in range, with its commitments, statement and witness. */
public record DatasetInstance(DatasetStatement statement, Blinded x, Blinded y) implements Instance {

    /** 2^ln rows and 2^lk features, of which n and feat are in use. */
    public record Shape(int ln, int lk, int b, int n, int feat) {
        public Shape {
            Shapes.requireRange("n", n, 1, 1L << ln);
            Shapes.requireRange("feat", feat, 1, 1L << lk);
        }
    }

    /** Entries over the whole range, both of its ends among them where there is room. */
    public static DatasetInstance random(Shape shape, long seed, KnownSetup setup) {
        final Random random = new Random(seed);
        final int half = 1 << (shape.b - 1);
        final int[] x = new int[1 << (shape.ln + shape.lk)];
        final int[] y = new int[1 << shape.ln];
        for (int row = 0; row < shape.n; row++) {
            for (int k = 1; k < shape.feat; k++) {
                x[k + (row << shape.lk)] = random.nextInt(-half, half);
            }
            x[row << shape.lk] = 1 << (shape.b - 4);
            y[row] = random.nextInt(-half, half);
        }
        y[0] = -half;
        y[shape.n - 1] = half - 1;
        return of(shape, x, y, seed, setup);
    }

    /** Any tables; blinders from the seed. */
    static DatasetInstance of(Shape shape, int[] x, int[] y, long seed, KnownSetup setup) {
        final SeededScalars blinders = new SeededScalars("blinders of data set " + seed);
        final Blinded blindedX = new Blinded(MultilinearPolynomial.ofSmall(x), blinders.apply("X"));
        final Blinded blindedY = new Blinded(MultilinearPolynomial.ofSmall(y), blinders.apply("Y"));
        return new DatasetInstance(statement(shape, seed, blindedX, blindedY, setup), blindedX, blindedY);
    }

    private static DatasetStatement statement(Shape shape, long seed, Blinded x, Blinded y, KnownSetup setup) {
        final SeededScalars words = new SeededScalars("statement " + seed);
        return new DatasetStatement(
                BigInteger.valueOf(31337),
                Instance.address(words.apply("registry")),
                Instance.address(words.apply("contributor")),
                words.apply("schemaHash").toBigInteger(),
                shape.ln,
                shape.lk,
                shape.b,
                shape.n,
                shape.feat,
                Instance.commit(x, setup),
                Instance.commit(y, setup),
                setup.key());
    }

    @Override
    public DatasetRelation relation() {
        return new DatasetRelation(statement);
    }

    @Override
    public DatasetWitness witness() {
        return new DatasetWitness(statement, x, y);
    }

    /** This data under another's statement, with the blinders that fit it. */
    public DatasetInstance disguisedAs(DatasetInstance other, KnownSetup setup) {
        return new DatasetInstance(
                other.statement, Instance.disguised(x, other.x, setup), Instance.disguised(y, other.y, setup));
    }

    /** The statement about other commitments. */
    DatasetStatement withCommitments(Blinded newX, Blinded newY, KnownSetup setup) {
        return new DatasetStatement(
                statement.chainId(),
                statement.registry(),
                statement.contributor(),
                statement.schemaHash(),
                statement.ln(),
                statement.lk(),
                statement.b(),
                statement.n(),
                statement.feat(),
                Instance.commit(newX, setup),
                Instance.commit(newY, setup),
                setup.key());
    }
}
