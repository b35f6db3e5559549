package org.zkml.prover.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.zkml.prover.commitment.Committer;
import org.zkml.prover.commitment.Progress;
import org.zkml.prover.commitment.SetupFile;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.engine.MalformedProofException;
import org.zkml.prover.engine.Relation;
import org.zkml.prover.engine.Verification;
import org.zkml.prover.engine.Verifier;
import org.zkml.prover.fixedpoint.ActivationTable;
import org.zkml.prover.fixedpoint.ModelKind;
import org.zkml.prover.relation.AggregateRelation;
import org.zkml.prover.relation.AggregateStatement;
import org.zkml.prover.relation.DatasetRelation;
import org.zkml.prover.relation.EvaluateRelation;
import org.zkml.prover.relation.EvaluateStatement;
import org.zkml.prover.relation.InferRelation;
import org.zkml.prover.relation.InferStatement;
import org.zkml.prover.relation.StatementJson;
import org.zkml.prover.relation.TrainRelation;
import org.zkml.prover.relation.TrainStatement;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code zkml verify}. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = {"Verifies a proof of its statement, offline.", "Exit code 0: the proof is valid; 1: it is not."},
        footer = {
            "",
            "Examples:",
            "  zkml verify --proof proof.bin --statement statement.json --setup setup.srs",
            "      also checks that the statement is about this setup and its activation table",
            "  zkml verify --proof proof.bin --statement statement.json",
            "      takes the verifying key from the statement: compare tau2, xi2 and C_table with the contract's",
            "",
            "A valid proof says that the statement is true, not that it is the one you wanted: read it."
        })
final class VerifyCommand implements Callable<Integer> {

    @Mixin
    private Console console;

    @Option(names = "--proof", required = true, paramLabel = "FILE", description = "The proof's bytes.")
    private Path proof;

    @Option(names = "--statement", required = true, paramLabel = "FILE", description = "The statement, JSON.")
    private Path statement;

    @Mixin
    private SetupOption setup;

    @Override
    public Integer call() {
        final Relation relation = ProofFiles.statement(statement, json -> StatementJson.readRelation(json.node()));
        final byte[] bytes = ProofFiles.readProof(proof);
        final String problem = problem(relation, bytes);
        final ObjectNode result = Console.object().put("valid", problem == null);
        result.put("relation", name(relation));
        result.put("proofBytes", bytes.length);
        if (problem == null) {
            console.say("The proof is valid: %s", summary(relation));
        } else {
            console.say("The proof is NOT valid: %s", problem);
            result.put("problem", problem);
        }
        console.result(result);
        return (problem == null ? ExitCode.DONE : ExitCode.PROOF_FALSE).value();
    }

    /** Null for a valid proof. */
    private String problem(Relation relation, byte[] bytes) {
        final String foreign = setup.path(console, null) == null ? keyOfStatement() : foreignSetup(relation);
        if (foreign != null) {
            return foreign;
        }
        try {
            return switch (Verifier.verify(relation, relation.verifierKey(), bytes)) {
                case Verification.Accepted accepted -> null;
                case Verification.Rejected(Verification.Stage stage, String expected) ->
                    "stage " + stage + " expected " + expected;
            };
        } catch (MalformedProofException e) {
            return proof + ": " + e.getMessage();
        } catch (IllegalArgumentException e) {
            return statement + ": no proof of this shape can be verified: " + e.getMessage();
        }
    }

    private String keyOfStatement() {
        console.warn("no --setup: the verifying key is the statement's own; compare tau2, xi2"
                + " and C_table with those of the contract");
        return null;
    }

    /** Why the statement is not about the setup, or null if it is. */
    private String foreignSetup(Relation relation) {
        final SetupFile file = setup.open(console, null);
        SetupOption.requireSafeFor(file, chainId(relation));
        if (!file.verifierKey().equals(relation.verifierKey())) {
            return statement + ": tau2 and xi2 are not those of the setup";
        }
        return switch (relation) {
            case TrainRelation train -> {
                final TrainStatement s = train.statement();
                yield foreignTable(s.table(), s.shape().b(), s.fp(), s.chainId(), file);
            }
            case InferRelation infer -> {
                final InferStatement s = infer.statement();
                yield foreignTable(s.table(), s.b(), s.fp(), s.chainId(), file);
            }
            case EvaluateRelation evaluate -> {
                final EvaluateStatement s = evaluate.statement();
                yield foreignTable(s.table(), s.b(), s.fp(), s.chainId(), file);
            }
            default -> null; // without a table
        };
    }

    private static String foreignTable(G1Affine table, int b, int fp, BigInteger chainId, SetupFile file) {
        final List<ModelKind> kinds = Arrays.stream(ModelKind.values())
                .filter(kind -> kind.fp(b) == fp)
                .toList();
        final Committer committer = SetupOption.committer(file, b + 1, chainId, Progress.SILENT);
        final boolean known = kinds.stream()
                .map(kind -> TrainingRun.commitTable(committer, ActivationTable.of(kind, b)))
                .anyMatch(table::equals);
        return known ? null : "C_table is the commitment of no activation table with b = " + b + " and fp = " + fp;
    }

    private static String name(Relation relation) {
        return switch (relation) {
            case TrainRelation train -> "TRAIN";
            case DatasetRelation dataset -> "DATASET";
            case AggregateRelation aggregate -> "AGGREGATE";
            case InferRelation infer -> "INFER";
            case EvaluateRelation evaluate -> "EVALUATE";
            default -> throw new IllegalStateException("unknown relation " + relation);
        };
    }

    private static BigInteger chainId(Relation relation) {
        return switch (relation) {
            case TrainRelation train -> train.statement().chainId();
            case DatasetRelation dataset -> dataset.statement().chainId();
            case AggregateRelation aggregate -> aggregate.statement().chainId();
            case InferRelation infer -> infer.statement().chainId();
            case EvaluateRelation evaluate -> evaluate.statement().chainId();
            default -> throw new IllegalStateException("unknown relation " + relation);
        };
    }

    private static String summary(Relation relation) {
        return switch (relation) {
            case TrainRelation train -> {
                final TrainStatement s = train.statement();
                yield "%s trained %d steps in campaign %s, round %s, on chain %s."
                        .formatted(address(s.contributor()), s.shape().steps(), s.taskId(), s.round(), s.chainId());
            }
            case DatasetRelation dataset ->
                "%s committed %d rows of %d features, on chain %s."
                        .formatted(
                                address(dataset.statement().contributor()),
                                dataset.statement().n(),
                                dataset.statement().feat(),
                                dataset.statement().chainId());
            case AggregateRelation aggregate -> {
                final AggregateStatement s = aggregate.statement();
                yield "the next model of campaign %s of %s is the average of round %s, of total weight %d, on chain %s."
                        .formatted(s.taskId(), address(s.owner()), s.round(), s.weightTotal(), s.chainId());
            }
            case InferRelation infer -> {
                final InferStatement s = infer.statement();
                yield "%s answered query %s to the model of listing %s, up to %d rows, on chain %s."
                        .formatted(address(s.server()), s.queryId(), s.listingId(), 1L << s.lq(), s.chainId());
            }
            case EvaluateRelation evaluate -> evaluation(evaluate.statement());
            default -> throw new IllegalStateException("unknown relation " + relation);
        };
    }

    private static String evaluation(EvaluateStatement s) {
        final String score = s.regression()
                ? "a mean squared error of %.6g".formatted(s.meanSquaredError())
                : "%d of %d rows right".formatted(s.hits(), s.n());
        return "%s showed that the model of round %s of campaign %s has %s on a data set of %d rows, on chain %s."
                .formatted(address(s.prover()), s.round(), s.taskId(), score, s.n(), s.chainId());
    }

    private static Address address(BigInteger word) {
        return Address.of(word);
    }
}
