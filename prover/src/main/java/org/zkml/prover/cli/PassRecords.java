package org.zkml.prover.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.zkml.prover.cli.chain.SessionKey;

/** The queries of a pass in a workspace, each with its answer: {@code passes/CONTRACTS/ID/COUNT.json}. A query is on disk before anybody hears of it, so it is asked again and not anew. */
final class PassRecords {

    private static final String SUFFIX = ".json";

    private final Path folder;
    private final Pass pass;
    private final TreeMap<Long, AnswerFile> files = new TreeMap<>();

    PassRecords(Workspace workspace, Pass pass) {
        this.folder = workspace.passFolder(pass.id());
        this.pass = pass;
        for (Path path : paths(folder)) {
            final AnswerFile file = AnswerFile.read(path);
            requireOwn(path, file, workspace.deployment());
            files.put(file.query().count(), file);
        }
    }

    private static List<Path> paths(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> paths = Files.list(folder)) {
            return new ArrayList<>(
                    paths.filter(path -> path.getFileName().toString().matches("[1-9][0-9]*\\.json"))
                            .toList());
        } catch (IOException e) {
            throw new CommandException(ExitCode.IO, folder + ": cannot be read (" + e + ")", e);
        }
    }

    /** Development chains begin anew, and with them the numbers of passes. */
    private void requireOwn(Path path, AnswerFile file, Deployment deployment) {
        if (!file.chainId().equals(deployment.chainId())
                || !file.market().equals(deployment.inferenceMarket())
                || !file.query().passId().equals(pass.id())
                || !SessionKey.isBy(pass.sessionKey(), file.queryId(), file.signature())) {
            throw new CommandException(
                    ExitCode.CONFLICT,
                    path + ": this query is of another pass, chain or market; move " + folder + " away");
        }
    }

    /** The highest count that a query was signed for, or redeemed with; 0 before the first. */
    long asked() {
        return Math.max(pass.redeemed(), files.isEmpty() ? 0 : files.lastKey());
    }

    /** The query of a count, or null. */
    AnswerFile get(long count) {
        return files.get(count);
    }

    /** All, in the order of their counts. */
    List<AnswerFile> all() {
        return List.copyOf(files.values());
    }

    Path path(long count) {
        return folder.resolve(count + SUFFIX);
    }

    /** Keeps a query with what is known of its answer, on disk once this returns. */
    AnswerFile keep(AnswerFile file) {
        PrivateFolder.create(folder);
        file.write(path(file.query().count()));
        files.put(file.query().count(), file);
        return file;
    }

    /** The answers to a job that is done, a line a row. */
    String csv(int rows, AskJob job) {
        final StringBuilder csv = new StringBuilder("row,prediction,tableValue,count,queryId\n");
        for (int from = 0; from < rows; from += job.batch()) {
            final AnswerFile answer = files.get(job.first() + Math.min(rows, from + job.batch()));
            final double[] values = answer.response().values();
            final int[] tableValues = answer.response().tableValues();
            for (int i = 0; i < values.length; i++) {
                csv.append(from + i + 1)
                        .append(',')
                        .append(values[i])
                        .append(',')
                        .append(tableValues[i])
                        .append(',')
                        .append(answer.query().count())
                        .append(',')
                        .append(Hex.of(answer.queryId()))
                        .append('\n');
            }
        }
        return csv.toString();
    }
}
