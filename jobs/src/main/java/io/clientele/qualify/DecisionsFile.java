package io.clientele.qualify;

import io.clientele.failure.Failure;
import io.clientele.qualify.matching.Decisions;
import io.clientele.qualify.matching.Decisions.Pair;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * {@code conf/decisions.csv}: what a data steward has decided about pairs of contact records, one line each:
 * {@code contact_id_1,contact_id_2,decision}, the decision being {@code same} or {@code different}; further columns, who and
 * when and why, are theirs. A decision holds as long as its line stands.
 */
final class DecisionsFile {

    private static final List<String> HEADER = List.of("contact_id_1", "contact_id_2", "decision");

    private DecisionsFile() {}

    /** No decisions, if there is no such file. */
    static Decisions read(Path file) {
        if (!Files.exists(file)) {
            return Decisions.NONE;
        }
        try {
            List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
            if (lines.isEmpty() || !fields(lines.get(0)).equals(HEADER)) {
                throw Failure.configuration("%s: line 1: must begin with %s", file, String.join(",", HEADER));
            }
            Set<Pair> same = new HashSet<>();
            Set<Pair> different = new HashSet<>();
            for (int i = 1; i < lines.size(); i++) {
                if (!lines.get(i).isBlank()) {
                    decide(lines.get(i), file + ": line " + (i + 1), same, different);
                }
            }
            return new Decisions(same, different);
        } catch (IllegalArgumentException e) {
            throw Failure.configuration("%s: %s; remove one of the lines", file, e.getMessage());
        } catch (IOException e) {
            throw Failure.configuration("%s: cannot be read as text in UTF-8", file);
        }
    }

    private static void decide(String line, String where, Set<Pair> same, Set<Pair> different) {
        List<String> fields = fields(line);
        if (fields.size() < HEADER.size()
                || fields.get(0).isEmpty()
                || fields.get(1).isEmpty()) {
            throw Failure.configuration("%s: must have two identifiers of contact records and a decision", where);
        }
        Pair pair = new Pair(fields.get(0), fields.get(1));
        if (pair.one().equals(pair.two())) {
            throw Failure.configuration("%s: names one contact record twice", where);
        }
        switch (fields.get(2)) {
            case "same" -> same.add(pair);
            case "different" -> different.add(pair);
            default ->
                throw Failure.configuration(
                        "%s: the decision must be 'same' or 'different', got '%s'", where, fields.get(2));
        }
    }

    private static List<String> fields(String line) {
        return List.of(line.split(",", -1)).stream()
                .limit(HEADER.size())
                .map(String::strip)
                .toList();
    }
}
