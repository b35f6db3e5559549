package org.zkml.prover.cli;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import org.zkml.prover.relation.EvaluateStatement;

/** Compares a statement computed here with the contract's, word by word. */
final class StatementCheck {

    private static final int WORD = 32;
    private static final String KEY = " tau2 tau2 tau2 tau2 xi2 xi2 xi2 xi2";
    private static final List<String> TRAIN =
            List.of(("domain chainId registry contributor taskId round lb li lk lt steps"
                            + " b fp c d C_table C_table C_X C_X C_Y C_Y C_in C_in C_out C_out" + KEY)
                    .split(" "));
    private static final List<String> DATASET =
            List.of(("domain chainId registry contributor schemaHash ln lk b n feat C_X C_X C_Y C_Y" + KEY).split(" "));

    private static final List<String> AGGREGATE =
            List.of(("domain chainId registry owner taskId round lk b N C_sum C_sum C_next C_next" + KEY).split(" "));

    private static final List<String> INFER = List.of(
            ("domain chainId registry server listingId queryId lq lk b fp C_table C_table C_X C_X C_W C_W C_P C_P"
                            + KEY)
                    .split(" "));

    private static final List<String> EVALUATE = List.of(
            ("domain chainId registry prover taskId round ln lk b fp n hits E C_table C_table C_X C_X C_Y C_Y C_W C_W"
                            + KEY)
                    .split(" "));

    private static final int HITS = EVALUATE.indexOf("hits");

    private StatementCheck() {}

    static void requireTrain(byte[] here, byte[] onChain) {
        require(TRAIN, here, onChain);
    }

    static void requireDataset(byte[] here, byte[] onChain) {
        require(DATASET, here, onChain);
    }

    static void requireAggregate(byte[] here, byte[] onChain) {
        require(AGGREGATE, here, onChain);
    }

    static void requireInfer(byte[] here, byte[] onChain) {
        require(INFER, here, onChain);
    }

    /** @param onChain the contract's struct: hits also of a regression, whose statement has none, and at the end whether it is one */
    static void requireEvaluate(EvaluateStatement here, byte[] onChain) {
        final byte[] encoded = here.encode();
        final ByteArrayOutputStream words = new ByteArrayOutputStream();
        words.write(encoded, 0, WORD * HITS);
        if (here.regression()) {
            words.write(new byte[WORD], 0, WORD);
        }
        words.write(encoded, WORD * HITS, encoded.length - WORD * HITS);
        final int end = Math.max(0, onChain.length - WORD);
        require(EVALUATE, words.toByteArray(), Arrays.copyOf(onChain, end));
        if (new BigInteger(1, Arrays.copyOfRange(onChain, end, onChain.length)).signum() == 0 == here.regression()) {
            throw new CommandException(
                    ExitCode.REFUSED, "the contract's statement is of the other form; " + cure("regression"));
        }
    }

    /** @param onChain the words after the domain, which the verifier contract adds */
    private static void require(List<String> names, byte[] here, byte[] onChain) {
        if (here.length != WORD * names.size() || onChain.length != here.length - WORD) {
            throw new CommandException(
                    ExitCode.REFUSED,
                    "the contract's statement has " + onChain.length / WORD + " words, ours " + (here.length / WORD - 1)
                            + "; is this tool as new as the contracts?");
        }
        for (int i = 1; i < names.size(); i++) {
            final byte[] ours = Arrays.copyOfRange(here, WORD * i, WORD * (i + 1));
            final byte[] theirs = Arrays.copyOfRange(onChain, WORD * (i - 1), WORD * i);
            if (!Arrays.equals(ours, theirs)) {
                throw new CommandException(
                        ExitCode.REFUSED,
                        "the contract's statement has another " + names.get(i) + ": " + new BigInteger(1, theirs)
                                + ", computed here: " + new BigInteger(1, ours) + "; " + cure(names.get(i)));
            }
        }
    }

    private static String cure(String field) {
        return switch (field) {
            case "C_in" -> "the vault holds another model than this round starts from: fetch the round's model";
            case "C_X", "C_Y" -> "prove with the data set that has the seat";
            case "C_table", "tau2", "xi2" -> "use the setup of this deployment";
            case "round" -> "the campaign is in another round: prove again";
            default -> "check the deployment file and the campaign's terms before anything else";
        };
    }
}
