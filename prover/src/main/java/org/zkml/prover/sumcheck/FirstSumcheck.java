package org.zkml.prover.sumcheck;

import java.util.Arrays;
import java.util.List;
import org.zkml.prover.field.Scalar;

/** The prover's side of the first sum-check: all sums at once, highest variable first (docs/proof-system.md, section 4.2). */
public final class FirstSumcheck {

    private final GroupSumcheck[] groups;

    /** @param sumClaims what each sum is claimed to be, by its number */
    public FirstSumcheck(List<SumGroup> groups, Scalar[] sumClaims, Scalar gamma) {
        this.groups = groups.stream()
                .map(group -> new GroupSumcheck(group, sumClaims, gamma))
                .toArray(GroupSumcheck[]::new);
    }

    /** The message c_0, c_2, c_3, c_4 when variable k is next. */
    public Scalar[] round(int k) {
        final Scalar[] total = new Scalar[SumGroup.MAX_DEGREE + 1];
        Arrays.fill(total, Scalar.ZERO);
        for (GroupSumcheck group : groups) {
            group.addRound(k, total);
        }
        return new Scalar[] {total[0], total[2], total[3], total[4]};
    }

    /** Binds variable k to the challenge. */
    public void bind(int k, Scalar challenge) {
        for (GroupSumcheck group : groups) {
            group.bind(k, challenge);
        }
    }
}
