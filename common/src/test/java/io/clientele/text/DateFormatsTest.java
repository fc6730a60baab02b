package io.clientele.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clientele.text.DateFormats.Overlap;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.time.api.DateTimes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DateFormatsTest {

    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final DateFormats FRENCH = formats("dd/MM/yyyy", "dd/MM/yyyy HH:mm", "dd/MM/yyyy HH:mm:ss");
    private static final DateFormats UTC = new DateFormats(
            List.of("yyyy-MM-dd'T'HH:mm:ss.SSSSSS", "yyyy-MM-dd HH:mm"), ZoneOffset.UTC, Overlap.REJECT);

    @ParameterizedTest
    @CsvSource({
        "31/01/2025, 2025-01-31",
        "29/02/2024, 2024-02-29",
        "01/01/1900, 1900-01-01",
        "31/12/2199, 2199-12-31",
        "31/01/2025 23:59, 2025-01-31",
    })
    void shouldReadDays(String text, LocalDate expected) {
        assertThat(FRENCH.parseDate(text)).isEqualTo(Parsed.of(expected));
    }

    @ParameterizedTest
    @CsvSource({
        "31/02/2025, IMPOSSIBLE_DATE",
        "29/02/2025, IMPOSSIBLE_DATE",
        "29/02/1900, IMPOSSIBLE_DATE",
        "00/01/2025, IMPOSSIBLE_DATE",
        "12/13/2025, IMPOSSIBLE_DATE",
        "31/01/2025 24:00, IMPOSSIBLE_DATE",
        "31/01/2025 10:60, IMPOSSIBLE_DATE",
        "31/01/2025 10:59:60, IMPOSSIBLE_DATE",
        "31/12/1899, DATE_OUT_OF_RANGE",
        "01/01/2200, DATE_OUT_OF_RANGE",
        "01/01/0000, DATE_OUT_OF_RANGE",
        "2025-01-31, NOT_A_DATE",
        "31/01/25, NOT_A_DATE",
        "31/01/2025 and more, NOT_A_DATE",
        "31/01/99999999999999999999, NOT_A_DATE",
        "yesterday, NOT_A_DATE",
    })
    void shouldSayWhatIsWrongWithADate(String text, Issue issue) {
        assertThat(FRENCH.parseDate(text)).isEqualTo(Parsed.failed(issue));
        assertThat(FRENCH.parseInstant(text)).isEqualTo(Parsed.failed(issue));
    }

    @ParameterizedTest
    @CsvSource({
        "31/01/2025, 2025-01-30T23:00:00Z",
        "31/01/2025 10:30, 2025-01-31T09:30:00Z",
        "31/01/2025 10:30:15, 2025-01-31T09:30:15Z",
        "31/07/2025 10:30, 2025-07-31T08:30:00Z",
    })
    void shouldReadClocksInTheZoneOfTheSource(String text, Instant expected) {
        assertThat(FRENCH.parseInstant(text)).isEqualTo(Parsed.of(expected));
    }

    @ParameterizedTest
    @CsvSource({
        "yyyy-MM-dd'T'HH:mm:ssXXX, 2025-01-31T10:00:00+05:00, 2025-01-31T05:00:00Z",
        "yyyy-MM-dd'T'HH:mm:ssXXX, 2025-01-31T10:00:00Z, 2025-01-31T10:00:00Z",
        "yyyy-MM-dd HH:mm Z, 2025-10-26 02:30 +0200, 2025-10-26T00:30:00Z",
        "yyyy-MM-dd HH:mm Z, 2025-03-30 02:30 +0100, 2025-03-30T01:30:00Z",
        "yyyy-MM-dd HH:mm VV, 2025-01-31 10:00 America/New_York, 2025-01-31T15:00:00Z",
        "yyyyMMddHHmmss, 20250131103015, 2025-01-31T09:30:15Z",
        "yyyy-MM-dd HH:mm:ss.SSS, 2025-01-31 10:30:15.250, 2025-01-31T09:30:15.250Z",
        "yyyy-MM-dd HH, 2025-01-31 10, 2025-01-31T09:00:00Z",
        "dd MMM yyyy, 31 jan 2025, 2025-01-30T23:00:00Z",
        "yyyy-MM-dd hh:mm a, 2025-01-31 03:30 pm, 2025-01-31T14:30:00Z",
    })
    void shouldFollowThePatternAndAWrittenOffset(String pattern, String text, Instant expected) {
        assertThat(formats(pattern).parseInstant(text)).isEqualTo(Parsed.of(expected));
    }

    @ParameterizedTest
    @ValueSource(strings = {"30/03/2025 02:00", "30/03/2025 02:30", "30/03/2025 02:59:59"})
    void shouldRefuseTheHourThatMarchSkips(String text) {
        for (Overlap overlap : Overlap.values()) {
            var formats = new DateFormats(List.of("dd/MM/yyyy HH:mm", "dd/MM/yyyy HH:mm:ss"), PARIS, overlap);

            assertThat(formats.parseInstant(text)).isEqualTo(Parsed.failed(Issue.NONEXISTENT_TIME));
        }
    }

    @ParameterizedTest
    @CsvSource({"EARLIER, 2025-10-26T00:30:00Z", "LATER, 2025-10-26T01:30:00Z"})
    void shouldTakeTheOctoberHourThatTheSourceMeans(Overlap overlap, Instant expected) {
        var formats = new DateFormats(List.of("dd/MM/yyyy HH:mm"), PARIS, overlap);

        assertThat(formats.parseInstant("26/10/2025 02:30")).isEqualTo(Parsed.of(expected));
    }

    @Test
    void shouldRefuseTheOctoberHourWhenTheSourceDoesNotSay() {
        assertThat(FRENCH.parseInstant("26/10/2025 02:30")).isEqualTo(Parsed.failed(Issue.AMBIGUOUS_TIME));
        assertThat(FRENCH.parseDate("26/10/2025 02:30")).isEqualTo(Parsed.of(LocalDate.of(2025, 10, 26)));
        assertThat(FRENCH.parseInstant("26/10/2025 03:00")).isEqualTo(Parsed.of(Instant.parse("2025-10-26T02:00:00Z")));
    }

    @ParameterizedTest
    @CsvSource({"05/05/2025, 2025-05-05", "13/04/2025, 2025-04-13", "04/13/2025, 2025-04-13"})
    void shouldAcceptTwoFormatsThatAgree(String text, LocalDate expected) {
        assertThat(formats("dd/MM/yyyy", "MM/dd/yyyy").parseDate(text)).isEqualTo(Parsed.of(expected));
    }

    @Test
    void shouldRefuseTwoFormatsThatDisagree() {
        assertThat(formats("dd/MM/yyyy", "MM/dd/yyyy").parseDate("03/04/2025"))
                .isEqualTo(Parsed.failed(Issue.AMBIGUOUS_DATE));
    }

    @Test
    void shouldRefuseAPatternThatIsNone() {
        assertThatThrownBy(() -> formats("not a pattern")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(DateFormatsTest::formats).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldKeepLettersThatThePatternQuotes() {
        assertThat(formats("'day' dd/MM/yyyy").parseDate("day 31/01/2025"))
                .isEqualTo(Parsed.of(LocalDate.of(2025, 1, 31)));
    }

    @Test
    void shouldTravelToExecutors() throws Exception {
        var bytes = new ByteArrayOutputStream();
        try (var out = new ObjectOutputStream(bytes)) {
            out.writeObject(FRENCH);
        }
        try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            var arrived = (DateFormats) in.readObject();

            assertThat(arrived.parseDate("31/01/2025")).isEqualTo(Parsed.of(LocalDate.of(2025, 1, 31)));
        }
    }

    @Property(tries = 300)
    void shouldReadBackEveryMomentInUtc(@ForAll("moments") LocalDateTime moment) {
        String text = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS", Locale.ROOT)
                .format(moment);
        String minutes =
                DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT).format(moment);

        assertThat(UTC.parseInstant(text)).isEqualTo(Parsed.of(moment.toInstant(ZoneOffset.UTC)));
        assertThat(UTC.parseInstant(minutes))
                .isEqualTo(Parsed.of(moment.withSecond(0).withNano(0).toInstant(ZoneOffset.UTC)));
        assertThat(UTC.parseDate(text)).isEqualTo(Parsed.of(moment.toLocalDate()));
    }

    @Property(tries = 500)
    void shouldNeverThrow(@ForAll("hostile") String text) {
        assertThat(FRENCH.parseInstant(text)).isNotNull();
        assertThat(UTC.parseDate(text)).isNotNull();
    }

    @Provide
    Arbitrary<LocalDateTime> moments() {
        return DateTimes.dateTimes()
                .between(LocalDateTime.of(1900, 1, 1, 0, 0), LocalDateTime.of(2199, 12, 31, 23, 59, 59))
                .ofPrecision(ChronoUnit.MICROS);
    }

    @Provide
    Arbitrary<String> hostile() {
        return Hostile.strings("0123456789/-: T+.");
    }

    private static DateFormats formats(String... patterns) {
        return new DateFormats(List.of(patterns), PARIS, Overlap.REJECT);
    }
}
