package io.clientele.text;

import java.io.Serializable;
import java.text.ParsePosition;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Dates and times as one source writes them: its patterns, its time zone, and what it means by the hour that comes twice
 * in autumn. Strict: nothing is rolled over, shifted or guessed.
 */
public final class DateFormats implements Serializable {

    private static final long serialVersionUID = 1L;
    private static final int FIRST_YEAR = 1900;
    private static final int LAST_YEAR = 2199;
    private static final Pattern Y_OUTSIDE_QUOTES = Pattern.compile("y(?=[^']*(?:'[^']*'[^']*)*$)");

    /** What to make of a local time that the clocks showed twice. */
    public enum Overlap {
        REJECT,
        EARLIER,
        LATER
    }

    private final List<String> patterns;
    private final ZoneId zone;
    private final Overlap overlap;
    private transient List<DateTimeFormatter> formatters;

    /**
     * @param patterns patterns of {@link DateTimeFormatter}, tried in turn, of which at least one
     * @param zone where a time without offset or zone was read off the clock
     * @throws IllegalArgumentException if a pattern is not one
     */
    public DateFormats(List<String> patterns, ZoneId zone, Overlap overlap) {
        this.patterns = List.copyOf(patterns);
        this.zone = zone;
        this.overlap = overlap;
        this.formatters = formatters(this.patterns);
    }

    /** The instant that the text names; a date alone is its midnight. */
    public Parsed<Instant> parseInstant(String text) {
        return parse(text).then(this::instant);
    }

    /** The calendar day that the text names, in its own zone; an hour is left aside. */
    public Parsed<LocalDate> parseDate(String text) {
        return parse(text).map(found -> found.query(TemporalQueries.localDate()));
    }

    private Parsed<TemporalAccessor> parse(String text) {
        String clean = Texts.clean(text);
        if (clean == null) {
            return Parsed.absent();
        }
        TemporalAccessor found = null;
        boolean hasForm = false;
        for (DateTimeFormatter formatter : formatters()) {
            ParsePosition position = new ParsePosition(0);
            TemporalAccessor unresolved = formatter.parseUnresolved(clean, position);
            if (unresolved == null || position.getErrorIndex() >= 0 || position.getIndex() < clean.length()) {
                continue;
            }
            hasForm = true;
            TemporalAccessor resolved = resolved(formatter, clean);
            if (resolved == null) {
                continue;
            }
            if (found != null && !sameMoment(found, resolved)) {
                return Parsed.failed(Issue.AMBIGUOUS_DATE);
            }
            found = resolved;
        }
        if (found == null) {
            return Parsed.failed(hasForm ? Issue.IMPOSSIBLE_DATE : Issue.NOT_A_DATE);
        }
        int year = found.query(TemporalQueries.localDate()).getYear();
        return year < FIRST_YEAR || year > LAST_YEAR ? Parsed.failed(Issue.DATE_OUT_OF_RANGE) : Parsed.of(found);
    }

    private Parsed<Instant> instant(TemporalAccessor found) {
        LocalDateTime local = local(found);
        ZoneId written = found.query(TemporalQueries.zone());
        List<ZoneOffset> offsets = (written == null ? zone : written).getRules().getValidOffsets(local);
        if (offsets.size() == 1) {
            return Parsed.of(local.toInstant(offsets.get(0)));
        }
        if (offsets.isEmpty()) {
            return Parsed.failed(Issue.NONEXISTENT_TIME);
        }
        return switch (overlap) {
            case EARLIER -> Parsed.of(local.toInstant(offsets.get(0)));
            case LATER -> Parsed.of(local.toInstant(offsets.get(1)));
            case REJECT -> Parsed.failed(Issue.AMBIGUOUS_TIME);
        };
    }

    private static LocalDateTime local(TemporalAccessor found) {
        LocalTime time = found.query(TemporalQueries.localTime());
        return found.query(TemporalQueries.localDate()).atTime(time == null ? LocalTime.MIDNIGHT : time);
    }

    private static boolean sameMoment(TemporalAccessor one, TemporalAccessor other) {
        return local(one).equals(local(other));
    }

    private static TemporalAccessor resolved(DateTimeFormatter formatter, String text) {
        try {
            TemporalAccessor resolved = formatter.parse(text);
            return resolved.query(TemporalQueries.localDate()) == null ? null : resolved;
        } catch (DateTimeException impossible) {
            return null;
        }
    }

    private List<DateTimeFormatter> formatters() {
        if (formatters == null) {
            formatters = formatters(patterns);
        }
        return formatters;
    }

    private static List<DateTimeFormatter> formatters(List<String> patterns) {
        if (patterns.isEmpty()) {
            throw new IllegalArgumentException("at least one date pattern is needed");
        }
        return patterns.stream().map(DateFormats::formatter).toList();
    }

    /** Strict resolution wants the proleptic year, which few people write: {@code yyyy} is taken for {@code uuuu}. */
    private static DateTimeFormatter formatter(String pattern) {
        return new DateTimeFormatterBuilder()
                .parseCaseInsensitive()
                .appendPattern(Y_OUTSIDE_QUOTES.matcher(pattern).replaceAll("u"))
                .toFormatter(Locale.ROOT)
                .withResolverStyle(ResolverStyle.STRICT);
    }
}
