package io.clientele.collect;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.clientele.CommandRun;
import io.clientele.LakeTables;
import io.clientele.Project;
import io.clientele.testing.SparkTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One row per bad thing that a file may hold, each with what must become of it. All are collected by one run. */
@SparkTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputTest {

    private static final String HEADER = "order,product,label,quantity,price,at,customer\n";
    private static final String GOOD = "o1,p1,Tea,1,2.50,2025-01-31 10:00,c1\n";

    /** How the order lines of each source are written, beyond the common part of {@link #sourceYaml}. */
    private static final List<Dialect> DIALECTS = List.of(
            new Dialect("utf8", "UTF-8", ",", ".", "['yyyy-MM-dd HH:mm']", "reject"),
            new Dialect("french", "windows-1252", ";", ",", "['dd/MM/yyyy HH:mm']", "earlier"),
            new Dialect("utf16", "UTF-16", ",", ".", "['yyyy-MM-dd HH:mm']", "reject"),
            new Dialect("twoways", "UTF-8", ",", ".", "['dd/MM/yyyy HH:mm', 'MM/dd/yyyy HH:mm']", "reject"));

    private record Dialect(
            String name, String charset, String delimiter, String decimal, String dates, String repeatedHour) {}

    /** A bad thing, the file that holds it, and the outcome: the file's status, records accepted, rejects and labels. */
    private record Case(String bad, String file, ByteBuffer content, String outcome) {}

    @TempDir
    private static Path folder;

    private final Map<String, Row> files = new HashMap<>();
    private final Map<String, List<String>> labels = new HashMap<>();
    private final Map<String, List<Row>> reasons = new HashMap<>();
    private final Map<String, Long> rejectedRecords = new HashMap<>();

    static List<Case> cases() {
        return List.of(
                file("an empty file", "utf8/empty.csv", "", "rejected 0 [file_empty]"),
                file("a header and nothing else", "utf8/header.csv", HEADER, "collected 0 []"),
                bytes(
                        "a gzip file cut short",
                        "utf8/short.csv.gz",
                        cutShort(gzip(HEADER + GOOD.repeat(5_000))),
                        "rejected 0 [file_unreadable]"),
                bytes(
                        "text named .gz",
                        "utf8/text.csv.gz",
                        (HEADER + GOOD).getBytes(UTF_8),
                        "rejected 0 [file_unreadable]"),
                bytes("a whole gzip file", "utf8/whole.csv.gz", gzip(HEADER + GOOD), "collected 1 [] Tea"),
                bytes("binary rubbish", "utf8/rubbish.csv", rubbish(), "rejected 0 [file_columns]"),
                bytes(
                        "binary rubbish after the header",
                        "utf8/rubbish2.csv",
                        concat((HEADER + GOOD).getBytes(UTF_8), new byte[] {0, 1, 2, (byte) 0xFF, '\n'}),
                        "collected 1 [undecodable_text@3] Tea"),
                file(
                        "another delimiter",
                        "utf8/semicolons.csv",
                        (HEADER + GOOD).replace(',', ';'),
                        "rejected 0 [file_columns]"),
                file(
                        "a missing column",
                        "utf8/missing.csv",
                        "order,product,label,quantity,price,at\no1,p1,Tea,1,2.50,2025-01-31 10:00\n",
                        "rejected 0 [file_columns]"),
                file(
                        "an unknown column",
                        "utf8/unknown.csv",
                        HEADER.replace("\n", ",colour\n") + GOOD.replace("\n", ",red\n"),
                        "rejected 0 [file_columns]"),
                file(
                        "a column named twice",
                        "utf8/twice.csv",
                        HEADER.replace("label", "product") + GOOD,
                        "rejected 0 [file_columns]"),
                file(
                        "columns in another order",
                        "utf8/swapped.csv",
                        "label,product,order,quantity,price,at,customer\nTea,p1,o1,1,2.50,2025-01-31 10:00,c1\n",
                        "collected 1 [] Tea"),
                file(
                        "a field too few and one too many",
                        "utf8/fields.csv",
                        HEADER + "o1,p1,Tea\n" + GOOD + GOOD.replace("\n", ",x\n"),
                        "collected 1 [wrong_field_count@2, wrong_field_count@4] Tea"),
                file(
                        "a quoted line break",
                        "utf8/break.csv",
                        HEADER + GOOD.replace("Tea", "\"Green\nTea\""),
                        "collected 1 [] Green\nTea"),
                file(
                        "doubled quotes",
                        "utf8/quotes.csv",
                        HEADER + GOOD.replace("Tea", "\"7\"\" \"\"Tea\"\"\""),
                        "collected 1 [] 7\" \"Tea\""),
                file(
                        "an unbalanced quote",
                        "utf8/unbalanced.csv",
                        HEADER + GOOD.replace("Tea", "\"Tea") + GOOD + GOOD,
                        "collected 2 [unbalanced_quote@2] Tea Tea"),
                file("a byte-order mark", "utf8/bom.csv", "\uFEFF" + HEADER + GOOD, "collected 1 [] Tea"),
                bytes(
                        "latin letters in a file said to be UTF-8",
                        "utf8/latin.csv",
                        (HEADER + GOOD.replace("Tea", "Thé") + GOOD).getBytes(ISO_8859_1),
                        "collected 1 [undecodable_text@2] Tea"),
                bytes(
                        "windows-1252 with € and œ, decimal comma",
                        "french/euro.csv",
                        french("o1;p1;Cœur à 5 €;1;1 234,50;31/01/2025 10:00;c1\n", "windows-1252"),
                        "collected 1 [] Cœur à 5 €"),
                bytes(
                        "a decimal point where commas are written",
                        "french/point.csv",
                        french("o1;p1;Tea;1;2.50;31/01/2025 10:00;c1\n", "windows-1252"),
                        "collected 0 [not_a_number:unit_price@2]"),
                bytes(
                        "UTF-16 with its mark",
                        "utf16/marked.csv",
                        concat(
                                new byte[] {(byte) 0xFF, (byte) 0xFE},
                                (HEADER + GOOD.replace("Tea", "Thé €")).getBytes(UTF_16LE)),
                        "collected 1 [] Thé €"),
                file("UTF-8 in a file said to be UTF-16", "utf16/utf8.csv", HEADER + GOOD, "rejected 0 [file_columns]"),
                file(
                        "a field of 10 MB",
                        "utf8/long.csv",
                        HEADER + GOOD.replace("Tea", "x".repeat(10_000_000)) + GOOD,
                        "collected 1 [too_long@2] Tea"),
                file(
                        "a quoted field of 10 MB on many lines",
                        "utf8/longlines.csv",
                        HEADER + GOOD.replace("Tea", "\"" + ("x".repeat(99_999) + "\n").repeat(3) + "\""),
                        "collected 1 [] "
                                + ("x".repeat(99_999) + "\n").repeat(3).strip()),
                file(
                        "a day that does not exist",
                        "utf8/day.csv",
                        HEADER + at("2025-02-29 10:00"),
                        "collected 0 [impossible_date:ordered_at@2]"),
                file(
                        "an hour that does not exist",
                        "utf8/hour.csv",
                        HEADER + at("2025-01-31 25:00"),
                        "collected 0 [impossible_date:ordered_at@2]"),
                file(
                        "no date at all",
                        "utf8/word.csv",
                        HEADER + at("yesterday"),
                        "collected 0 [not_a_date:ordered_at@2]"),
                file(
                        "a year out of range",
                        "utf8/year.csv",
                        HEADER + at("0025-01-31 10:00"),
                        "collected 0 [date_out_of_range:ordered_at@2]"),
                file(
                        "the hour that March skips",
                        "utf8/march.csv",
                        HEADER + at("2025-03-30 02:30"),
                        "collected 0 [nonexistent_time:ordered_at@2]"),
                file(
                        "the hour that October repeats",
                        "utf8/october.csv",
                        HEADER + at("2025-10-26 02:30"),
                        "collected 0 [ambiguous_time:ordered_at@2]"),
                bytes(
                        "the repeated hour, where the source says which",
                        "french/october.csv",
                        french("o1;p1;Tea;1;2,50;26/10/2025 02:30;c1\n", "windows-1252"),
                        "collected 1 [] Tea"),
                file(
                        "a date that reads two ways",
                        "twoways/both.csv",
                        HEADER + at("03/04/2025 10:00") + at("31/01/2025 10:00"),
                        "collected 1 [ambiguous_date:ordered_at@2] Tea"),
                file(
                        "a number that is none",
                        "utf8/number.csv",
                        HEADER + GOOD.replace(",1,", ",one,"),
                        "collected 0 [not_a_number:quantity@2]"),
                file(
                        "a huge amount",
                        "utf8/huge.csv",
                        HEADER + GOOD.replace("2.50", "1e300") + GOOD.replace("2.50", "99999999999999"),
                        "collected 0 [not_a_number:unit_price@2, number_out_of_range:unit_price@3]"),
                file(
                        "the largest amount that fits",
                        "utf8/large.csv",
                        HEADER + GOOD.replace("2.50", "9999999999.9999").replace(",1,", ",999999999.999,"),
                        "collected 1 [] Tea"),
                file(
                        "a negative amount",
                        "utf8/negative.csv",
                        HEADER + GOOD.replace("2.50", "-2.50"),
                        "collected 1 [] Tea"),
                file(
                        "more decimals than fit",
                        "utf8/decimals.csv",
                        HEADER + GOOD.replace("2.50", "2.12345"),
                        "collected 0 [too_many_decimals:unit_price@2]"),
                file(
                        "a required value that is absent",
                        "utf8/absent.csv",
                        HEADER + GOOD.replace("p1", ""),
                        "collected 0 [missing_value:product_ref@2]"),
                file(
                        "several things wrong at once",
                        "utf8/several.csv",
                        HEADER + ",p1,Tea,x,y,never,c1\n",
                        "collected 0 [missing_value:order_id@2, not_a_date:ordered_at@2, not_a_number:quantity@2,"
                                + " not_a_number:unit_price@2]"),
                file("an anonymous sale", "utf8/anonymous.csv", HEADER + GOOD.replace("c1", ""), "collected 1 [] Tea"),
                file("the same key twice", "utf8/same.csv", HEADER + GOOD + GOOD, "collected 2 [] Tea Tea"));
    }

    @BeforeAll
    void collectThemAll(SparkSession spark) throws IOException {
        Path conf = Project.copyConf(folder.resolve("conf"));
        try (Stream<Path> shipped = Files.list(conf.resolve("sources"))) {
            for (Path source : shipped.toList()) {
                Files.delete(source);
            }
        }
        for (Dialect dialect : DIALECTS) {
            Files.writeString(conf.resolve("sources/" + dialect.name() + ".yaml"), sourceYaml(dialect));
        }
        for (Case bad : cases()) {
            Path file = folder.resolve("raw").resolve(bad.file());
            Files.createDirectories(file.getParent());
            Files.write(file, bad.content().array());
        }
        String lake = folder.resolve("lake").toString();
        CommandRun run = CommandRun.of(
                "run",
                "collect",
                "--date",
                "2025-01-31",
                "--conf",
                conf.toString(),
                "--raw",
                folder.resolve("raw").toString(),
                "--lake",
                lake);
        assertThat(run.exitCode()).as(run.err()).isZero();
        LakeTables.register(spark, lake);
        look(spark);
    }

    static Stream<Arguments> namedCases() {
        return cases().stream().map(bad -> arguments(org.junit.jupiter.api.Named.of(bad.bad(), bad)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("namedCases")
    void shouldEndAsItMust(Case bad) {
        assertThat(outcome(bad.file())).isEqualTo(bad.outcome());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("namedCases")
    void shouldAccountForEveryRecord(Case bad) {
        Row file = files.get(bad.file());

        assertThat(file.getLong(2)).isEqualTo(file.getLong(3) + file.getLong(4));
        assertThat(labels.getOrDefault(bad.file(), List.of())).hasSize((int) file.getLong(3));
        assertThat(rejectedRecords.getOrDefault(bad.file(), 0L)).isEqualTo(file.getLong(4));
    }

    private String outcome(String file) {
        List<String> accepted = labels.getOrDefault(file, List.of());
        String rejects = reasons.getOrDefault(file, List.of()).stream()
                .map(row -> row.getString(2)
                        + (row.isNullAt(3) ? "" : ":" + row.getString(3))
                        + (row.isNullAt(1) ? "" : "@" + row.getLong(1)))
                .collect(Collectors.joining(", ", "[", "]"));
        return (files.get(file).getString(1) + " " + accepted.size() + " " + rejects + " " + String.join(" ", accepted))
                .strip();
    }

    /** One look at each table serves all cases. */
    private void look(SparkSession spark) {
        for (Row row : spark.sql("select file, status, records, accepted, rejected from collected.files")
                .collectAsList()) {
            files.put(row.getString(0), row);
        }
        for (Row row : spark.sql("select file, product_label from collected.order_lines order by file, position")
                .collectAsList()) {
            labels.computeIfAbsent(row.getString(0), file -> new ArrayList<>()).add(row.getString(1));
        }
        for (Row row : spark.sql("select file, position, reason.issue, reason.column from"
                        + " (select file, position, explode(reasons) as reason from collected.rejects)"
                        + " order by file, position, issue, column")
                .collectAsList()) {
            reasons.computeIfAbsent(row.getString(0), file -> new ArrayList<>()).add(row);
        }
        for (Row row : spark.sql("select file, count(*) from collected.rejects group by file")
                .collectAsList()) {
            rejectedRecords.put(row.getString(0), row.getLong(1));
        }
    }

    private static String sourceYaml(Dialect dialect) {
        return """
                entity: order_lines
                files: "%s/*"
                format: {kind: csv, charset: %s, delimiter: "%s"}
                columns: [order, product, label, quantity, price, at, customer]
                values: {decimal: "%s", zone: Europe/Paris, dates: %s, repeatedHour: %s}
                mapping:
                  order_id: order
                  product_ref: product
                  product_label: label
                  quantity: quantity
                  unit_price: price
                  ordered_at: at
                  customer_ref: customer
                  currency: "'EUR'"
                """.formatted(
                        dialect.name(),
                        dialect.charset(),
                        dialect.delimiter(),
                        dialect.decimal(),
                        dialect.dates(),
                        dialect.repeatedHour());
    }

    private static Case file(String bad, String name, String content, String outcome) {
        return bytes(bad, name, content.getBytes(UTF_8), outcome);
    }

    private static Case bytes(String bad, String name, byte[] content, String outcome) {
        return new Case(bad, name, ByteBuffer.wrap(content), outcome);
    }

    private static String at(String moment) {
        return GOOD.replace("2025-01-31 10:00", moment);
    }

    private static byte[] french(String line, String charset) {
        return (HEADER.replace(',', ';') + line).getBytes(Charset.forName(charset));
    }

    private static byte[] gzip(String text) {
        try (ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
            try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
                out.write(text.getBytes(UTF_8));
            }
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] cutShort(byte[] whole) {
        return Arrays.copyOf(whole, whole.length - 20);
    }

    private static byte[] rubbish() {
        byte[] bytes = new byte[50_000];
        new Random(7).nextBytes(bytes);
        return bytes;
    }

    private static byte[] concat(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }
}
