package org.zkml.prover.poly;

import java.util.Arrays;
import org.zkml.prover.field.Fr;
import org.zkml.prover.field.FrVector;
import org.zkml.prover.field.Scalar;

/**
 * A public weight of a linear claim: the prover writes its table, the verifier evaluates its multilinear extension in time linear in
 * the number of variables. Points are lowest variable first.
 */
public sealed interface Weight {

    int numVars();

    /** A fresh table of 2^numVars values. */
    FrVector table();

    /** The value of the extension; the point has numVars coordinates. */
    Scalar evaluate(Scalar... u);

    /** {@code eq(point, x)}. */
    static Weight eq(Scalar... point) {
        return new AtPoint(point);
    }

    /** {@code eq(point, x)} for {@code x < n}, else 0. */
    static Weight eqBelow(long n, Scalar... point) {
        return new Below(n, point);
    }

    /** {@code eq(point, x - 1)} for {@code x > 0}, and 0 for x = 0: reads a table one step ahead of the point. */
    static Weight successor(Scalar... point) {
        return new Successor(point);
    }

    /** 1 everywhere. */
    static Weight ones(int numVars) {
        return new Ones(numVars);
    }

    /** Any table of few values; evaluated by its definition. */
    static Weight dense(Scalar... values) {
        return new Dense(values);
    }

    /** 1 at the index, 0 elsewhere. */
    static Weight unit(int numVars, int index) {
        final Scalar[] bits = new Scalar[numVars];
        Arrays.setAll(bits, k -> (index >> k & 1) == 1 ? Scalar.ONE : Scalar.ZERO);
        return new AtPoint(bits);
    }

    /** The product of weights of disjoint variables, the first one's lowest. */
    static Weight tensor(Weight... parts) {
        return new Tensor(parts);
    }

    /** See {@link Weight#eq}. */
    record AtPoint(Scalar[] point) implements Weight {
        @Override
        public int numVars() {
            return point.length;
        }

        @Override
        public FrVector table() {
            return Eq.table(point);
        }

        @Override
        public Scalar evaluate(Scalar... u) {
            return Eq.at(point, u);
        }
    }

    /** See {@link Weight#eqBelow}. */
    record Below(long n, Scalar[] point) implements Weight {
        @Override
        public int numVars() {
            return point.length;
        }

        @Override
        public FrVector table() {
            final long[] table = Eq.table(point).toTable();
            Arrays.fill(table, (int) (Fr.LIMBS * n), table.length, 0);
            return FrVector.of(table);
        }

        @Override
        public Scalar evaluate(Scalar... u) {
            return Eq.below(point, u, n);
        }
    }

    /** See {@link Weight#successor}. */
    record Successor(Scalar[] point) implements Weight {
        @Override
        public int numVars() {
            return point.length;
        }

        @Override
        public FrVector table() {
            final long[] table = Eq.table(point).toTable();
            System.arraycopy(table, 0, table, Fr.LIMBS, table.length - Fr.LIMBS);
            Fr.setZero(table, 0);
            return FrVector.of(table);
        }

        @Override
        public Scalar evaluate(Scalar... u) {
            return Eq.successor(point, u);
        }
    }

    /** See {@link Weight#ones}. */
    record Ones(int numVars) implements Weight {
        @Override
        public FrVector table() {
            final FrVector table = FrVector.zeros(1 << numVars);
            table.addConstant(Scalar.ONE);
            return table;
        }

        @Override
        public Scalar evaluate(Scalar... u) {
            return Scalar.ONE;
        }
    }

    /** See {@link Weight#dense}. */
    record Dense(Scalar[] values) implements Weight {
        public Dense {
            if (Integer.bitCount(values.length) != 1) {
                throw new IllegalArgumentException(values.length + " values, not a power of two");
            }
        }

        @Override
        public int numVars() {
            return Integer.numberOfTrailingZeros(values.length);
        }

        @Override
        public FrVector table() {
            final FrVector table = FrVector.zeros(values.length);
            for (int i = 0; i < values.length; i++) {
                table.set(i, values[i]);
            }
            return table;
        }

        @Override
        public Scalar evaluate(Scalar... u) {
            return Multilinear.evaluate(table(), u);
        }
    }

    /** See {@link Weight#tensor}. */
    record Tensor(Weight[] parts) implements Weight {
        @Override
        public int numVars() {
            return Arrays.stream(parts).mapToInt(Weight::numVars).sum();
        }

        @Override
        public FrVector table() {
            FrVector low = FrVector.zeros(1);
            low.set(0, Scalar.ONE);
            for (Weight part : parts) {
                low = outer(low, part.table());
            }
            return low;
        }

        /** out[high][low] = low * high. */
        private static FrVector outer(FrVector low, FrVector high) {
            final int size = low.size();
            final FrVector out = FrVector.zeros(size * high.size());
            if (size == 1) {
                out.addScaled(high, low.get(0));
            } else if (size < FrVector.CHUNK) {
                small(out, low, high);
            } else {
                for (int i = 0; i < high.size(); i++) {
                    final FrVector factor = out.constant(high.get(i));
                    final FrVector source = out.sameForm(low);
                    final int to = size * i;
                    FrVector.forChunks(size, (at, count) -> out.mul(to + at, source, at, factor, 0, count));
                }
            }
            return out;
        }

        /** Two tables of all elements, one repeated as a whole and one with every element repeated, are multiplied. */
        private static void small(FrVector out, FrVector low, FrVector high) {
            final int size = low.size();
            final long[] lows = low.toTable();
            final long[] highs = high.toTable();
            final long[] tiled = new long[Fr.LIMBS * out.size()];
            final long[] stretched = new long[Fr.LIMBS * out.size()];
            for (int i = 0; i < out.size(); i++) {
                Fr.copy(tiled, Fr.LIMBS * i, lows, Fr.LIMBS * (i % size));
                Fr.copy(stretched, Fr.LIMBS * i, highs, Fr.LIMBS * (i / size));
            }
            final FrVector x = out.sameForm(FrVector.of(tiled));
            final FrVector y = out.sameForm(FrVector.of(stretched));
            FrVector.forChunks(out.size(), (at, count) -> out.mul(at, x, at, y, at, count));
        }

        @Override
        public Scalar evaluate(Scalar... u) {
            if (u.length != numVars()) {
                throw new IllegalArgumentException(numVars() + " variables, a point of " + u.length);
            }
            Scalar product = Scalar.ONE;
            int from = 0;
            for (Weight part : parts) {
                product = product.mul(part.evaluate(Arrays.copyOfRange(u, from, from + part.numVars())));
                from += part.numVars();
            }
            return product;
        }
    }
}
