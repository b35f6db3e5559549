package org.zkml.prover.sumcheck;

import java.util.List;
import org.zkml.prover.field.FrVector;
import org.zkml.prover.field.Scalar;

/**
 * Sums over one cube that share tables: each part is {@code sum_x weight(x) sum_terms (+-1) prod factors(x)}. The sum-check binds the tables in
 * place, highest variable first; in the end each holds one value.
 */
public final class SumGroup {

    /** The largest degree of a summand in a variable: weight and factors of a term. */
    public static final int MAX_DEGREE = 4;

    /** A product of factors, by index, added or subtracted; no factors: the constant 1. */
    public record Term(boolean negative, int... factors) {

        public static Term plus(int... factors) {
            return new Term(false, factors);
        }

        public static Term minus(int... factors) {
            return new Term(true, factors);
        }
    }

    /**
     * One sum of the relation.
     *
     * @param sum its number, which is its power of gamma
     * @param weight index of the factor that multiplies all terms, or -1
     */
    public record Part(int sum, int weight, List<Term> terms) {
        public Part {
            terms = List.copyOf(terms);
        }

        /** The degree in a variable of a term and the weight. */
        int degree(Term term) {
            return term.factors().length + (weight < 0 ? 0 : 1);
        }
    }

    private final int numVars;
    private final List<Part> parts;
    private final FrVector[] factors;

    /** @param factors tables of 2^numVars values; taken over, and changed */
    public SumGroup(int numVars, List<Part> parts, FrVector... factors) {
        this.numVars = numVars;
        this.parts = List.copyOf(parts);
        this.factors = factors.clone();
        for (int i = 0; i < factors.length; i++) {
            if (factors[i].size() != 1 << numVars) {
                throw new IllegalArgumentException(
                        "factor " + i + " has " + factors[i].size() + " values, not 2^" + numVars);
            }
            this.factors[i] = factors[0].sameForm(factors[i]);
        }
        for (Part part : parts) {
            for (Term term : part.terms()) {
                if (part.degree(term) > MAX_DEGREE) {
                    throw new IllegalArgumentException(
                            "sum " + part.sum() + " has a term of degree above " + MAX_DEGREE);
                }
            }
        }
    }

    public int numVars() {
        return numVars;
    }

    public List<Part> parts() {
        return parts;
    }

    /** Number of factors. */
    public int factorCount() {
        return factors.length;
    }

    /** The table of factor i. */
    public FrVector factor(int i) {
        return factors[i];
    }

    /** Binds the highest variable of all tables. */
    void bindHighest(Scalar challenge) {
        for (int i = 0; i < factors.length; i++) {
            factors[i] = factors[i].bindHighest(challenge);
        }
    }

    /** The largest degree of a part in a variable. */
    int degree() {
        int degree = 0;
        for (Part part : parts) {
            for (Term term : part.terms()) {
                degree = Math.max(degree, part.degree(term));
            }
        }
        return degree;
    }
}
