package io.clientele.collect;

import io.clientele.collect.Lines.Line;
import io.clientele.text.Issue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads delimited text as RFC 4180 defines it, with any delimiter and quote. Written here because no library goes on after
 * an unbalanced quote: they give up the file, or swallow the lines up to the next quote. Here the line with the quote is
 * refused, and the reading goes on with the line after it.
 */
final class CsvReader implements RecordReader {

    /** A quoted field of more lines than this is taken for an unbalanced quote. */
    private static final int MOST_LINES = 200;

    private final Source source;
    private final Lines lines;
    private final char delimiter;
    private final char quote;
    private final int longest;
    private int[] positions;
    private int fieldCount;

    CsvReader(Source source, Lines lines, int longest) {
        this.source = source;
        this.lines = lines;
        this.longest = longest;
        this.delimiter = source.format().delimiter().charAt(0);
        this.quote = source.format().quote().charAt(0);
    }

    @Override
    public RawRecord next() throws IOException {
        if (positions == null) {
            readHeader();
        }
        Line first = lines.next();
        while (first != null && first.text().isEmpty()) {
            first = lines.next();
        }
        return first == null ? null : record(first);
    }

    private RawRecord record(Line first) throws IOException {
        if (first.isCut()) {
            return RawRecord.malformed(
                    first.number(), first.text(), Issue.TOO_LONG, "more than " + longest + " characters");
        }
        List<String> fields = new ArrayList<>(fieldCount);
        String raw = split(first, fields);
        if (raw == null) {
            return RawRecord.malformed(first.number(), first.text(), Issue.UNBALANCED_QUOTE, null);
        }
        if (isUndecodable(raw)) {
            return RawRecord.malformed(first.number(), raw, Issue.UNDECODABLE_TEXT, null);
        }
        if (fields.size() != fieldCount) {
            return RawRecord.malformed(
                    first.number(),
                    raw,
                    Issue.WRONG_FIELD_COUNT,
                    "%d fields, expected %d".formatted(fields.size(), fieldCount));
        }
        String[] values = new String[positions.length];
        for (int i = 0; i < positions.length; i++) {
            String value = positions[i] < 0 ? "" : fields.get(positions[i]);
            values[i] = value.isEmpty() ? null : value;
        }
        return RawRecord.of(first.number(), raw, Arrays.asList(values));
    }

    /**
     * Splits a record into fields, reading on while a quoted field is open.
     *
     * @return the record's text; null if its quotes do not balance, and then only its first line is consumed
     */
    private String split(Line first, List<String> fields) throws IOException {
        StringBuilder raw = new StringBuilder(first.text());
        List<Line> further = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        int i = 0;
        while (true) {
            field.setLength(0);
            if (i < raw.length() && raw.charAt(i) == quote) {
                i = quoted(raw, i + 1, field, further);
                if (i < 0) {
                    for (int k = further.size() - 1; k >= 0; k--) {
                        lines.putBack(further.get(k));
                    }
                    return null;
                }
            } else {
                int stop = i;
                while (stop < raw.length() && raw.charAt(stop) != delimiter) {
                    stop++;
                }
                field.append(raw, i, stop);
                i = stop;
            }
            fields.add(field.toString());
            if (i == raw.length()) {
                return raw.toString();
            }
            i++;
        }
    }

    /** Reads a quoted field from after its opening quote; gives the position after its closing one, or -1. */
    private int quoted(StringBuilder raw, int start, StringBuilder field, List<Line> further) throws IOException {
        int i = start;
        while (true) {
            if (i == raw.length()) {
                Line next = further.size() < MOST_LINES && raw.length() < longest ? lines.next() : null;
                if (next == null) {
                    return -1;
                }
                further.add(next);
                raw.append('\n').append(next.text());
                if (next.isCut()) {
                    return -1;
                }
            } else if (raw.charAt(i) != quote) {
                field.append(raw.charAt(i));
                i++;
            } else if (i + 1 < raw.length() && raw.charAt(i + 1) == quote) {
                field.append(quote);
                i += 2;
            } else {
                boolean isEnd = i + 1 == raw.length() || raw.charAt(i + 1) == delimiter;
                return isEnd ? i + 1 : -1;
            }
        }
    }

    private void readHeader() throws IOException {
        List<String> columns = source.columns();
        if (!source.format().header()) {
            fieldCount = columns.size();
            positions = new int[fieldCount];
            for (int i = 0; i < fieldCount; i++) {
                positions[i] = i;
            }
            return;
        }
        Line line = lines.next();
        if (line == null) {
            throw new RefusedFile(Issue.FILE_EMPTY, "expected a header with " + columns.size() + " columns");
        }
        List<String> names = new ArrayList<>();
        if (line.isCut() || split(line, names) == null) {
            throw new RefusedFile(Issue.FILE_COLUMNS, "the header cannot be read");
        }
        Map<String, Integer> found = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            if (found.put(names.get(i).strip(), i) != null) {
                throw new RefusedFile(Issue.FILE_COLUMNS, "column %d of the header repeats a name".formatted(i + 1));
            }
        }
        Set<String> missing = new HashSet<>(columns);
        missing.removeAll(found.keySet());
        if (missing.size() < columns.size()) {
            missing.removeIf(column -> !source.needs(column));
        }
        if (!missing.isEmpty()) {
            throw new RefusedFile(Issue.FILE_COLUMNS, "missing " + listed(missing) + hint(line.text(), names));
        }
        Set<String> unknown = new HashSet<>(found.keySet());
        columns.forEach(unknown::remove);
        if (!unknown.isEmpty() && source.unknownColumns() == Source.Policy.REJECT) {
            throw new RefusedFile(
                    Issue.FILE_COLUMNS,
                    "%d columns, of which %d unknown; 'unknownColumns: ignore' would let them pass"
                            .formatted(names.size(), unknown.size()));
        }
        fieldCount = names.size();
        positions = columns.stream()
                .mapToInt(column -> found.getOrDefault(column, -1))
                .toArray();
    }

    private String listed(Set<String> missing) {
        return source.columns().stream().filter(missing::contains).collect(Collectors.joining(", "));
    }

    /** A header in one piece most often has another delimiter. Its text is not shown: it may be a record. */
    private String hint(String header, List<String> names) {
        if (names.size() > 1) {
            return "";
        }
        for (char other : new char[] {';', ',', '\t', '|'}) {
            if (other != delimiter && header.indexOf(other) >= 0) {
                return "; the delimiter seems to be '" + (other == '\t' ? "\\t" : other) + "', not '" + delimiter + "'";
            }
        }
        return "; the file has one column";
    }

    /** Whether bytes could not be decoded, or are of no text. */
    static boolean isUndecodable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\uFFFD' || (c < ' ' && c != '\t' && c != '\n')) {
                return true;
            }
        }
        return false;
    }
}
