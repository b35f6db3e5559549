package org.zkml.prover.relation;

import java.util.List;

/** The relations about one model, with names for their constraints: what is called the same is the same in all of them (docs/proof-system.md, section 7a). */
enum ModelForm {
    INFER(
            List.of("logits", "rows", "features", "limbs", "entries", "table side"),
            List.of(
                    "logits", "model", "total", "x1", "w1", "h", "d1", "d2", "hx", "dx", "haux", "d3", "mult", "ht",
                    "out")),
    EVALUATE(
            List.of("logits", "rows", "hits", "targets", "errors", "limbs", "entries", "table side"),
            List.of(
                    "logits", "model", "total", "x1", "w1", "h", "d1", "d2", "s", "y1", "y2", "y3", "e1", "e2", "haux",
                    "d3", "mult", "ht", "out")),
    REGRESSION(
            List.of("logits", "rows", "errors", "limbs", "entries", "table side"),
            List.of(
                    "logits", "model", "total", "x1", "w1", "h", "d1", "d2", "e1", "e2", "haux", "d3", "mult", "ht",
                    "out"));

    private final List<String> sums;
    private final List<String> claims;

    ModelForm(List<String> sums, List<String> claims) {
        this.sums = sums;
        this.claims = claims;
    }

    /** The number of a sum, or -1. */
    int sum(String name) {
        return sums.indexOf(name);
    }

    /** The constraint of this form, or null if it has none of that name. */
    Constraint constraint(Constraint.Kind kind, String name) {
        return switch (kind) {
            case SUM -> sums.contains(name) ? Constraint.sum(sums.indexOf(name)) : null;
            case EQUATION -> Constraint.equation(0);
            case CLAIM -> claims.contains(name) ? Constraint.claim(claims.indexOf(name)) : null;
        };
    }
}
