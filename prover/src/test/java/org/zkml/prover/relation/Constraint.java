package org.zkml.prover.relation;

/** One constraint of a relation: what a lying prover breaks, and what a test drops from a verifier. */
record Constraint(Kind kind, int index) {

    enum Kind {
        SUM,
        EQUATION,
        CLAIM
    }

    static Constraint sum(int index) {
        return new Constraint(Kind.SUM, index);
    }

    static Constraint equation(int index) {
        return new Constraint(Kind.EQUATION, index);
    }

    static Constraint claim(int index) {
        return new Constraint(Kind.CLAIM, index);
    }

    boolean is(Kind otherKind, int otherIndex) {
        return kind == otherKind && index == otherIndex;
    }
}
