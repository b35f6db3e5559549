package org.zkml.prover.averaging;

import java.util.Arrays;
import java.util.HexFormat;
import org.zkml.prover.envelope.RoundId;
import org.zkml.prover.hash.Keccak256;
import org.zkml.prover.vault.Vault;

/**
 * What an aggregator has said of each contribution's share, in its open vault: that it has it (RECEIPT), or that it has not (a dispute), never both. A provider that holds a receipt answers a dispute in clear: whoever said both
 * would have an honest provider's share published (docs/secure-averaging.md, "Disputes").
 */
public final class ShareVerdicts {

    private static final byte[] RECEIPT = {1};
    private static final byte[] DISPUTE = {2};

    private final Vault vault;

    public ShareVerdicts(Vault vault) {
        this.vault = vault;
    }

    /**
     * Notes that the share is there, and saves the vault: before the receipt leaves.
     *
     * @return false, and nothing is noted, if the contribution was disputed: then no receipt may leave
     */
    public boolean acknowledge(RoundId round, Contributor contributor) {
        return note(round, contributor, RECEIPT);
    }

    /**
     * Notes that the share is missing, and saves the vault: before the dispute leaves.
     *
     * @return false, and nothing is noted, if the share was acknowledged: then no dispute may leave
     */
    public boolean dispute(RoundId round, Contributor contributor) {
        return note(round, contributor, DISPUTE);
    }

    private boolean note(RoundId round, Contributor contributor, byte[] verdict) {
        final String name = name(round, contributor);
        if (vault.contains(name)) {
            return Arrays.equals(vault.get(name), verdict);
        }
        vault.putSaved(name, verdict);
        return true;
    }

    private static String name(RoundId round, Contributor contributor) {
        return "verdicts/"
                + HexFormat.of()
                        .formatHex(Keccak256.hash(
                                round.encode(), RoundId.word(contributor.account()), contributor.commitmentsHash()));
    }
}
