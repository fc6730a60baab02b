package io.clientele.generate;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The days that are simulated, numbered from 0, and how they are written; earlier days have negative numbers. */
final class Days {

    /** How many days before the first are known: the oldest contact records are of then. */
    static final int PAST = 2_000;

    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final DateTimeFormatter FRENCH = DateTimeFormatter.ofPattern("dd/MM/yyyy", Locale.ROOT);

    private final LocalDate first;
    private final int count;
    private final int nights;
    private final String[] iso;
    private final String[] french;
    private final int[] offsets;

    /**
     * @param until the last day
     * @param nights how many of the last days have a delivery of contacts, the first of which is the stock
     */
    Days(LocalDate until, int count, int nights) {
        this.first = until.minusDays(count - 1L);
        this.count = count;
        this.nights = nights;
        this.iso = new String[PAST + count];
        this.french = new String[PAST + count];
        this.offsets = new int[PAST + count];
        for (int i = 0; i < PAST + count; i++) {
            LocalDate day = first.plusDays(i - PAST);
            iso[i] = day.toString();
            french[i] = day.format(FRENCH);
            offsets[i] = PARIS.getRules().getOffset(day.atTime(LocalTime.NOON)).getTotalSeconds();
        }
    }

    int count() {
        return count;
    }

    int last() {
        return count - 1;
    }

    /** The day of the stock of contacts. */
    int stock() {
        return count - nights;
    }

    LocalDate date(int day) {
        return first.plusDays(day);
    }

    String iso(int day) {
        return iso[PAST + day];
    }

    String french(int day) {
        return french[PAST + day];
    }

    static String french(LocalDate date) {
        return date.format(FRENCH);
    }

    /** dd/MM/yyyy HH:mm:ss as the clock hangs in Paris. */
    String frenchTime(int day, int second) {
        return french(day) + ' ' + clock(second);
    }

    /** An instant in UTC of a second of the day in Paris, from seven in the morning on. */
    String utc(int day, int second) {
        return iso(day) + 'T' + clock(second - offsets[PAST + day]) + 'Z';
    }

    private static String clock(int second) {
        StringBuilder text = new StringBuilder(8);
        two(text, second / 3600).append(':');
        two(text, second / 60 % 60).append(':');
        return two(text, second % 60).toString();
    }

    private static StringBuilder two(StringBuilder text, int number) {
        return text.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
    }
}
