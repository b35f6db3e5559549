package org.zkml.prover.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ShortBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.zkml.prover.cli.chain.SessionKey;

/**
 * The queries of a pass in a workspace, each with its answer: {@code passes/CONTRACTS/ID/COUNT.json}. A query is on disk before anybody hears of it, so it is asked again and not anew. What was
 * given up is {@code COUNT.dropped.json}, a false answer that the seller has signed for {@code COUNT.refused.json}; further ones are numbered.
 */
final class PassRecords {

    private static final String SUFFIX = ".json";
    private static final String DROPPED = "dropped";
    private static final String REFUSED = "refused";

    private final Path folder;
    private final Pass pass;
    private final TreeMap<Long, AnswerFile> files = new TreeMap<>();
    private final Set<ShortBuffer> droppedRows = new HashSet<>();
    private long dropped;
    private long used;
    private long highestDropped;

    PassRecords(Workspace workspace, Pass pass) {
        this.folder = workspace.passFolder(pass.id());
        this.pass = pass;
        for (Path path : paths("[1-9][0-9]*\\.json")) {
            final AnswerFile file = AnswerFile.read(path);
            requireOwn(path, file, workspace.deployment());
            files.put(file.query().count(), file);
        }
        for (Path path : paths("[1-9][0-9]*\\." + DROPPED + "(-[1-9][0-9]*)?\\.json")) {
            final AnswerFile file = AnswerFile.read(path);
            requireOwn(path, file, workspace.deployment());
            final JsonFile mark = JsonFile.read(path).object(DROPPED);
            countDropped(
                    file,
                    mark.integer("number", 1, Integer.MAX_VALUE),
                    mark.integer("used", 0, AnswerFile.COUNT_HIGHEST));
        }
    }

    private List<Path> paths(String name) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.filter(path -> path.getFileName().toString().matches(name))
                    .toList();
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

    private void countDropped(AnswerFile file, long number, long newUsed) {
        highestDropped = Math.max(highestDropped, file.query().count());
        if (file.refusedRow() != null) {
            droppedRows.add(file.refusedRow());
        }
        if (number > dropped) {
            dropped = number;
            used = newUsed;
        }
    }

    /** Up to which count the seller has charged, by its last word when a query was given up; 0 if none was. */
    long used() {
        return used;
    }

    /** The count after which the next query comes: the highest of those asked here, redeemed, or counted by the seller though they were given up; 0 before the first. */
    long asked() {
        return askedBelow(Long.MAX_VALUE);
    }

    /** As {@link #asked}, without the queries that were asked here under this count or a higher one. */
    long askedBelow(long count) {
        final Long highest = files.lowerKey(count);
        return Math.max(Math.max(pass.redeemed(), used), highest == null ? 0 : highest);
    }

    /** The highest count that the seller has a signature under. */
    long signed() {
        return Math.max(asked(), highestDropped);
    }

    /** The count that the seller has charged at least, whatever it says: redeemed, or with a verified answer. */
    long charged() {
        return files.values().stream()
                .filter(AnswerFile::verified)
                .mapToLong(file -> file.query().count())
                .reduce(pass.redeemed(), Math::max);
    }

    /** The quantised features of all rows that the seller refused by name, in queries that were given up among others. */
    Set<ShortBuffer> refusedRows() {
        final Set<ShortBuffer> rows = new HashSet<>(droppedRows);
        files.values().stream()
                .map(AnswerFile::refusedRow)
                .filter(Objects::nonNull)
                .forEach(rows::add);
        return rows;
    }

    /** The query of a count, or null. */
    AnswerFile get(long count) {
        return files.get(count);
    }

    /** All, in the order of their counts. */
    List<AnswerFile> all() {
        return List.copyOf(files.values());
    }

    /** Those whose answers are not verified yet, in the order of their counts. */
    List<AnswerFile> outstanding() {
        return files.values().stream().filter(file -> !file.verified()).toList();
    }

    /** Where they are. */
    Path folder() {
        return folder;
    }

    private Path path(long count) {
        return folder.resolve(count + SUFFIX);
    }

    /** Keeps a query that is new, on disk once this returns. */
    AnswerFile create(AnswerFile file) {
        JsonFile.create(path(file.query().count()), file.json());
        files.put(file.query().count(), file);
        return file;
    }

    /** Keeps what is known now of a query and its answer, on disk once this returns. */
    AnswerFile keep(AnswerFile file) {
        JsonFile.write(path(file.query().count()), file.json());
        files.put(file.query().count(), file);
        return file;
    }

    /** Gives a query up: its rows can be asked about anew. @param newUsed up to which count the seller has charged, by its own word */
    void drop(AnswerFile file, long newUsed) {
        final ObjectNode json = file.json();
        final long number = dropped + 1;
        json.putObject(DROPPED).put("number", number).put("used", newUsed);
        final long count = file.query().count();
        JsonFile.create(free(count, DROPPED), json);
        try {
            Files.deleteIfExists(path(count));
        } catch (IOException e) {
            throw new CommandException(
                    ExitCode.IO, path(count) + ": cannot be deleted (" + e + "); check the folder's permissions", e);
        }
        files.remove(count);
        countDropped(file, number, newUsed);
    }

    /** Keeps a false answer, whose receipt the buyer can show; the same one once. */
    Path keepRefused(AnswerFile file) {
        final long count = file.query().count();
        final JsonNode written =
                JsonFile.parse("", JsonFile.pretty(file.json())).node();
        for (int i = 1; Files.exists(numbered(count, REFUSED, i)); i++) {
            if (JsonFile.read(numbered(count, REFUSED, i)).node().equals(written)) {
                return numbered(count, REFUSED, i);
            }
        }
        final Path path = free(count, REFUSED);
        JsonFile.create(path, file.json());
        return path;
    }

    private Path free(long count, String kind) {
        int i = 1;
        while (Files.exists(numbered(count, kind, i))) {
            i++;
        }
        return numbered(count, kind, i);
    }

    private Path numbered(long count, String kind, int number) {
        return folder.resolve(count + "." + kind + (number == 1 ? "" : "-" + number) + SUFFIX);
    }
}
