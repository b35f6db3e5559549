package org.zkml.prover.msm;

/**
 * Affine points in numbered places that are summed up in rows: additions of many pairs share an inversion (Montgomery's trick). What is put in first comes from
 * a source, by number: bases, where {@code 2 i} is point i and {@code 2 i + 1} its negative, or the places of other rows. Additions may be put off until
 * {@link #finish}; until then their results are not to be read. Equal and opposite points and infinity are handled. Runs of places that are
 * added to begin at multiples of {@link #ALIGNMENT}.
 */
interface PointRows {

    /** No machine has more lanes. */
    int ALIGNMENT = 32;

    /** {@code this[to + i] = source[order[a + i]] + source[order[b + i]]}. */
    void addFromSource(int[] order, int a, int b, int to, int count);

    /** {@code this[to + i] = source[order[from + i]]}, at once; to may be any place. */
    void copyFromSource(int[] order, int from, int to, int count);

    /** {@code this[to + i] += this[from + i]}. */
    void add(int to, int from, int count);

    /** Carries out all additions. */
    void finish();

    /** Writes the point at a place as eight limbs. */
    void get(int place, long[] out);

    /** Rows of that many places whose source are these. */
    PointRows next(int places);
}
