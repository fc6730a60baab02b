package io.clientele.collect;

import io.clientele.failure.Failure;
import io.clientele.lake.RawZone;
import io.clientele.lake.RawZone.RawFile;
import io.clientele.schema.CollectedFiles;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Tells, of the files that lie in the raw zone, those to collect from those collected and those that changed since. */
final class Arrivals {

    static final String COLLECTED = "collected";
    static final String REJECTED = "rejected";
    static final String CHANGED = "changed";

    /** A file that came again with another content. */
    record Change(Arrival arrival, String checksum, boolean isNew) {}

    /** What the ledger of files says of one of them. */
    private record Known(String status, String checksum, long size, Instant modifiedAt) {}

    private final List<Arrival> fresh = new ArrayList<>();
    private final List<Change> changes = new ArrayList<>();
    private final List<String> silent = new ArrayList<>();

    private Arrivals() {}

    /**
     * Looks at the raw zone.
     *
     * @param files {@code collected.files}; all of it comes to the driver: one row a file, not one a record
     * @throws Failure (input) if a source's folder is not there, or if a source that is not optional never had a file
     */
    static Arrivals find(Map<String, Source> sources, RawZone raw, Dataset<Row> files, LocalDate date) {
        Arrivals arrivals = new Arrivals();
        Map<String, Known> known = new HashMap<>();
        Set<String> seenChanges = new HashSet<>();
        for (Row row : files.select(
                        CollectedFiles.FILE.col(),
                        CollectedFiles.STATUS.col(),
                        CollectedFiles.CHECKSUM.col(),
                        CollectedFiles.SIZE_BYTES.col(),
                        CollectedFiles.MODIFIED_AT.col())
                .orderBy(CollectedFiles.BATCH.col())
                .collectAsList()) {
            Known file = new Known(row.getString(1), row.getString(2), row.getLong(3), row.getInstant(4));
            if (file.status().equals(CHANGED)) {
                seenChanges.add(row.getString(0) + file.checksum());
            } else {
                known.put(row.getString(0), file);
            }
        }
        sources.forEach((name, source) -> arrivals.look(name, source, raw, known, seenChanges, date));
        return arrivals;
    }

    /** Files never collected, or refused whole and mended since. */
    List<Arrival> fresh() {
        return fresh;
    }

    List<Change> changes() {
        return changes;
    }

    /** Sources of which nothing new has come. */
    List<String> silent() {
        return silent;
    }

    private void look(
            String name,
            Source source,
            RawZone raw,
            Map<String, Known> known,
            Set<String> seenChanges,
            LocalDate date) {
        List<RawFile> found = raw.list(name, source.files());
        if (found.isEmpty() && !source.optional()) {
            throw Failure.input(
                    "source %s: no file matches '%s' under %s; check --raw, or say 'optional: true' in conf/sources/%s.yaml",
                    name, source.files(), raw.root(), name);
        }
        Optional<Pattern> dated = Optional.ofNullable(source.dated()).map(Pattern::compile);
        int before = fresh.size();
        for (RawFile file : found) {
            Optional<LocalDate> day = dated.flatMap(pattern -> day(pattern, file.name()));
            if (day.isPresent() && day.get().isAfter(date)) {
                continue;
            }
            Arrival arrival = new Arrival(name, file, day.orElse(date), dated.isEmpty() || day.isPresent());
            Known earlier = known.get(file.name());
            if (earlier == null) {
                fresh.add(arrival);
            } else if (!isSame(earlier, file)) {
                lookAgain(arrival, earlier, raw, seenChanges);
            }
        }
        if (fresh.size() == before) {
            silent.add(name);
        }
    }

    private void lookAgain(Arrival arrival, Known earlier, RawZone raw, Set<String> seenChanges) {
        if (earlier.status().equals(REJECTED)) {
            fresh.add(arrival);
            return;
        }
        String checksum = raw.sha256(arrival.file().name());
        if (!checksum.equals(earlier.checksum())) {
            changes.add(new Change(
                    arrival, checksum, !seenChanges.contains(arrival.file().name() + checksum)));
        }
    }

    private static boolean isSame(Known earlier, RawFile file) {
        return earlier.size() == file.size() && earlier.modifiedAt().equals(file.modifiedAt());
    }

    private static Optional<LocalDate> day(Pattern pattern, String name) {
        Matcher matcher = pattern.matcher(name);
        if (!matcher.find()) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDate.parse(matcher.group(1).replace("-", ""), DateTimeFormatter.BASIC_ISO_DATE));
        } catch (DateTimeParseException noDay) {
            return Optional.empty();
        }
    }
}
