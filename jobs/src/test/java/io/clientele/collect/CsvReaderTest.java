package io.clientele.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import io.clientele.text.Issue;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class CsvReaderTest {

    private static final int LONGEST = 1_000;

    @Test
    void shouldGoOnAfterAnUnbalancedQuote() throws IOException {
        var records = read("a,b\n1,\"open\n2,two\n3,\"three\"\n4,four\n");

        assertThat(records).extracting(RawRecord::issue).containsExactly(Issue.UNBALANCED_QUOTE, null, null, null);
        assertThat(records).extracting(RawRecord::position).containsExactly(2L, 3L, 4L, 5L);
        assertThat(records.get(1).values()).containsExactly("2", "two");
    }

    @Test
    void shouldKeepLineBreaksAndDoubledQuotesInsideQuotes() throws IOException {
        var records = read("a,b\r\n1,\"two\r\nlines\"\r\n2,\"said \"\"yes\"\"\"\r\n");

        assertThat(records.get(0).values()).containsExactly("1", "two\nlines");
        assertThat(records.get(1).values()).containsExactly("2", "said \"yes\"");
        assertThat(records.get(1).position()).isEqualTo(4);
    }

    @Test
    void shouldTakeAQuoteInsideAnUnquotedFieldForWhatItIs() throws IOException {
        assertThat(read("a,b\n1,7\" record\n").get(0).values()).containsExactly("1", "7\" record");
    }

    @Test
    void shouldNotHoldMoreThanTheLimitOfALine() throws IOException {
        var records = read("a,b\n1," + "x".repeat(100_000) + "\n2,y\n");

        assertThat(records.get(0).issue()).isEqualTo(Issue.TOO_LONG);
        assertThat(records.get(0).raw()).hasSize(LONGEST);
        assertThat(records.get(1).values()).containsExactly("2", "y");
    }

    @Test
    void shouldSayThatTheDelimiterIsAnotherWithoutShowingTheLine() {
        assertThatThrownBy(() -> read("a;b\n1;2\n"))
                .isInstanceOf(RefusedFile.class)
                .hasMessageContaining("missing a, b")
                .hasMessageContaining("the delimiter seems to be ';'");
    }

    @Test
    void shouldFindColumnsByTheirNames() throws IOException {
        assertThat(read("b,a\nB,A\n").get(0).values()).containsExactly("A", "B");
    }

    @Test
    void shouldSkipBlankLinesAndCountThem() throws IOException {
        assertThat(read("a,b\n\n\n1,2\n")).extracting(RawRecord::position).containsExactly(4L);
    }

    /** Whatever can be written can be read back, and read as a well-known library reads it. */
    @Property(tries = 500)
    void shouldReadBackWhatWasWritten(@ForAll("tables") List<List<String>> rows) throws IOException {
        String text = "a,b\n"
                + rows.stream()
                        .map(row -> row.stream().map(CsvReaderTest::quoted).collect(Collectors.joining(",")))
                        .collect(Collectors.joining("\n"));
        List<List<String>> expected = rows.stream()
                .map(row ->
                        row.stream().map(cell -> cell.isEmpty() ? null : cell).toList())
                .toList();

        assertThat(read(text)).extracting(RawRecord::values).isEqualTo(expected);

        CsvParserSettings settings = new CsvParserSettings();
        settings.setIgnoreLeadingWhitespaces(false);
        settings.setIgnoreTrailingWhitespaces(false);
        settings.setIgnoreLeadingWhitespacesInQuotes(false);
        settings.setIgnoreTrailingWhitespacesInQuotes(false);
        settings.setHeaderExtractionEnabled(true);
        List<List<String>> theirs = new CsvParser(settings)
                .parseAll(new StringReader(text)).stream().map(Arrays::asList).toList();
        assertThat(theirs).isEqualTo(expected);
    }

    /** Hostile text ends in records, well formed or not, and every line that is not blank is in one of them. */
    @Property(tries = 500)
    void shouldAccountForEveryLine(@ForAll("hostile") String body) throws IOException {
        var records = read("a,b\n" + body);

        long lines = body.lines().filter(line -> !line.isEmpty()).count();
        long inRecords = records.stream()
                .mapToLong(record ->
                        record.raw().lines().filter(line -> !line.isEmpty()).count())
                .sum();
        assertThat(inRecords).isEqualTo(lines);
    }

    @Provide
    Arbitrary<List<List<String>>> tables() {
        Arbitrary<String> cell =
                Arbitraries.strings().withChars("ab \",;é€").withChars('\n').ofMaxLength(8);
        return cell.filter(text -> !text.equals("\n"))
                .list()
                .ofSize(2)
                .filter(row -> !row.get(0).isEmpty())
                .list()
                .ofMinSize(1)
                .ofMaxSize(6);
    }

    @Provide
    Arbitrary<String> hostile() {
        return Arbitraries.strings().withChars("ab,\"\n").ofMaxLength(60);
    }

    private static String quoted(String cell) {
        return cell.isEmpty() ? "" : '"' + cell.replace("\"", "\"\"") + '"';
    }

    private static List<RawRecord> read(String text) throws IOException {
        Source source = new Source(
                Entity.EVENTS,
                "*.csv",
                false,
                null,
                new Source.Format(Source.Kind.CSV, null, null, null, null),
                List.of("a", "b"),
                null,
                null,
                null,
                null,
                Map.of("occurred_at", "a", "channel", "b", "event_type", "b"),
                null,
                null);
        CsvReader reader = new CsvReader(source, new Lines(new StringReader(text), LONGEST), LONGEST);
        List<RawRecord> records = new ArrayList<>();
        for (RawRecord record = reader.next(); record != null; record = reader.next()) {
            records.add(record);
        }
        return records;
    }
}
