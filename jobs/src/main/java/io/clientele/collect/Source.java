package io.clientele.collect;

import static io.clientele.config.Requirement.check;

import io.clientele.table.Field;
import io.clientele.text.DateFormats;
import java.io.Serializable;
import java.nio.charset.Charset;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

/**
 * A source, as a file of {@code conf/sources} declares it.
 *
 * @param entity what its records are about
 * @param files pattern of its files, relative to the raw zone; names in {@code .gz} are decompressed
 * @param optional whether the source may have no file at all
 * @param dated regular expression whose first group is the business day in a file's name, yyyy-MM-dd or yyyyMMdd; files of
 *     days after the run's are left for their own night. Without it, every file belongs to the run that finds it
 * @param format how the files are written
 * @param columns the columns delivered, by the names in the header, or in order when there is no header
 * @param optionalColumns those of the columns that a file may lack, as when its layout has grown over the years: their values
 *     are absent then
 * @param unknownColumns what to do with a column that is not among them
 * @param missingColumns what to do when one of them is absent
 * @param values how numbers and dates are written
 * @param mapping for each column of the entity, a Spark SQL expression over the delivered columns, which are text; what
 *     the expression gives is read as the column's type, as {@code values} says
 * @param keys the entity's columns that tell one thing from another; a later record with the same ones replaces the earlier
 * @param repeats whether records equal in every delivered column are kept, or count once
 */
record Source(
        Entity entity,
        String files,
        Boolean optional,
        String dated,
        Format format,
        List<String> columns,
        List<String> optionalColumns,
        Policy unknownColumns,
        Policy missingColumns,
        Values values,
        Map<String, String> mapping,
        List<String> keys,
        Repeats repeats)
        implements Serializable {

    /** What to do when a file's columns are not those declared. */
    enum Policy {
        REJECT,
        IGNORE
    }

    /** What to do with records that are equal to the letter. */
    enum Repeats {
        KEEP,
        DROP
    }

    /** How a file is laid out. */
    enum Kind {
        CSV,
        JSON,
        PARQUET
    }

    /**
     * The layout of a file.
     *
     * @param kind csv, json (one object a line) or parquet
     * @param charset how text is encoded; a byte-order mark is recognised
     * @param delimiter what separates the fields of a line
     * @param quote what encloses a field that holds a delimiter; doubled within
     * @param header whether the first line names the columns
     */
    record Format(Kind kind, String charset, String delimiter, String quote, Boolean header) implements Serializable {
        Format {
            check(kind != null, "key 'format.kind' is missing: csv, json or parquet");
            charset = charset == null ? "UTF-8" : charset;
            check(isCharset(charset), "key 'format.charset': Java knows no charset '%s'", charset);
            delimiter = delimiter == null ? "," : delimiter;
            quote = quote == null ? "\"" : quote;
            header = header == null || header;
            check(delimiter.length() == 1, "key 'format.delimiter' must be one character, got '%s'", delimiter);
            check(quote.length() == 1, "key 'format.quote' must be one character, got '%s'", quote);
        }

        Charset decodes() {
            return Charset.forName(charset);
        }

        private static boolean isCharset(String name) {
            try {
                return Charset.isSupported(name);
            } catch (IllegalArgumentException badName) {
                return false;
            }
        }
    }

    /**
     * How values are written.
     *
     * @param decimal the decimal separator
     * @param dates patterns of days and of times, tried in turn; two that read the same text differently make it ambiguous
     * @param zone where the clock hangs that gave times without offset
     * @param repeatedHour which of the two is meant when the clocks go back; by default neither, and the record is refused
     * @param withheld what stands where the source knows a value and may not tell it; read as absent, and flagged
     */
    record Values(String decimal, List<String> dates, String zone, DateFormats.Overlap repeatedHour, String withheld)
            implements Serializable {

        static final List<String> ISO =
                List.of("yyyy-MM-dd", "yyyy-MM-dd HH:mm[:ss]", "yyyy-MM-dd'T'HH:mm[:ss][.SSSSSS][.SSS][XXX]");

        Values {
            decimal = decimal == null ? "." : decimal;
            dates = dates == null ? ISO : List.copyOf(dates);
            zone = zone == null ? "UTC" : zone;
            repeatedHour = repeatedHour == null ? DateFormats.Overlap.REJECT : repeatedHour;
            check(
                    decimal.equals(".") || decimal.equals(","),
                    "key 'values.decimal' must be '.' or ',', got '%s'",
                    decimal);
            check(isZone(zone), "key 'values.zone': there is no time zone '%s'", zone);
            try {
                new DateFormats(dates, ZoneId.of(zone), repeatedHour);
            } catch (IllegalArgumentException e) {
                check(false, "key 'values.dates': %s", e.getMessage());
            }
        }

        DateFormats formats() {
            return new DateFormats(dates, ZoneId.of(zone), repeatedHour);
        }

        private static boolean isZone(String name) {
            return ZoneId.getAvailableZoneIds().contains(name);
        }
    }

    Source {
        check(
                entity != null,
                "key 'entity' is missing: one of contacts, order_lines, products, events, consents, companies_register");
        check(files != null && !files.isBlank(), "key 'files' is missing: the pattern of the files in the raw zone");
        check(format != null, "key 'format' is missing");
        check(columns != null && !columns.isEmpty(), "key 'columns' is missing: the columns delivered");
        check(new HashSet<>(columns).size() == columns.size(), "key 'columns' names a column twice");
        optionalColumns = optionalColumns == null ? List.of() : List.copyOf(optionalColumns);
        for (String column : optionalColumns) {
            check(columns.contains(column), "key 'optionalColumns': '%s' is not among the columns", column);
        }
        check(
                optionalColumns.isEmpty() || format.kind() == Kind.JSON || format.header(),
                "key 'optionalColumns': files without header cannot lack a column");
        check(
                mapping != null && !mapping.isEmpty(),
                "key 'mapping' is missing: an expression for each column of %s",
                entity);
        optional = optional != null && optional;
        unknownColumns = unknownColumns == null ? Policy.REJECT : unknownColumns;
        missingColumns = missingColumns == null ? Policy.REJECT : missingColumns;
        values = values == null ? new Values(null, null, null, null, null) : values;
        keys = keys == null ? List.of() : List.copyOf(keys);
        repeats = repeats == null ? Repeats.KEEP : repeats;
        for (String column : mapping.keySet()) {
            check(
                    entity.mapped(column).isPresent(),
                    "key 'mapping.%s': %s has no such column (it has %s)",
                    column,
                    entity.table(),
                    entity.mapped().stream().map(Field::column).collect(Collectors.joining(", ")));
        }
        for (Field field : entity.mapped()) {
            check(
                    !field.spec().isRequired() || mapping.containsKey(field.column()),
                    "key 'mapping.%s' is missing, and %s requires it",
                    field.column(),
                    entity.table());
        }
        for (String key : keys) {
            check(mapping.containsKey(key), "key 'keys': '%s' is not among the mapped columns", key);
        }
        check(
                !entity.needsKey() || !keys.isEmpty(),
                "key 'keys' is missing: what tells one of the %s from another",
                entity.part());
        check(keys.isEmpty() || repeats == Repeats.KEEP, "'repeats: drop' has no meaning beside 'keys'");
        if (dated != null) {
            check(
                    isPatternWithGroup(dated),
                    "key 'dated' must be a regular expression with one group, got '%s'",
                    dated);
        }
    }

    /** Whether a file that lacks a column is refused. */
    boolean needs(String column) {
        return missingColumns == Policy.REJECT && !optionalColumns.contains(column);
    }

    private static boolean isPatternWithGroup(String expression) {
        try {
            return Pattern.compile(expression).matcher("").groupCount() == 1;
        } catch (PatternSyntaxException invalid) {
            return false;
        }
    }
}
