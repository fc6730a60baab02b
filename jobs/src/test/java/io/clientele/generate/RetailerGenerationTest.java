package io.clientele.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.clientele.failure.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetailerGenerationTest {

    private static final LocalDate UNTIL = LocalDate.of(2025, 11, 30);

    @TempDir
    private Path folder;

    @Test
    void shouldWriteTheSameBytesWithOneThreadAsWithFour() throws IOException {
        generate(settings(4_500, 7, 0.005), "one", 1);
        generate(settings(4_500, 7, 0.005), "four", 4);

        assertThat(checksums("one")).isEqualTo(checksums("four")).hasSizeGreaterThan(6 * 40);
    }

    @Test
    void shouldWriteOtherBytesForAnotherSeed() throws IOException {
        generate(settings(300, 7, 0.005), "seven", 1);
        generate(settings(300, 8, 0.005), "eight", 1);

        Map<String, String> seven = checksums("seven");
        Map<String, String> eight = checksums("eight");
        assertThat(seven.keySet()).isEqualTo(eight.keySet());
        for (String file : List.of(
                "raw/crm/crm-2025-11-28.csv",
                "raw/products/products-2025-11-28.parquet",
                "raw/web_accounts/web_accounts-2025-11-28.jsonl.gz",
                "truth/contacts.csv")) {
            assertThat(seven.get(file)).isNotNull().isNotEqualTo(eight.get(file));
        }
    }

    @Test
    void shouldTellThePersonOfDeliveredRecordsOnly() throws IOException {
        generate(settings(2_500, 3, 0.02), "out", 2);

        Map<String, Set<String>> delivered = new HashMap<>();
        for (Feed feed : Feed.values()) {
            if (feed.kind() == Feed.Kind.CONTACTS) {
                delivered.put(feed.source(), keys(feed));
            }
        }
        List<String> truth = Files.readAllLines(folder.resolve("out/truth/contacts.csv"));
        Set<String> told = new HashSet<>();
        assertThat(truth.get(0)).isEqualTo("source,contact_ref,person_id");
        for (String row : truth.subList(1, truth.size())) {
            String[] cells = row.split(",", -1);
            assertThat(delivered.get(cells[0])).contains(cells[1]);
            assertThat(told.add(cells[0] + cells[1])).as(row).isTrue();
            assertThat(cells[2]).matches("P\\d+");
        }
        assertThat(told.size()).isGreaterThan(4_000);
    }

    @Test
    void shouldKnowTheCustomersOfOrdersByTheReferencesOfTheirContacts() throws IOException {
        generate(settings(1_000, 3, 0), "out", 2);

        Set<String> accounts = new HashSet<>();
        Set<String> cards = keys(Feed.LOYALTY);
        Pattern account = Pattern.compile("\"id\":\"(\\d+)\"(?:.*\"card\":\"(\\d+)\")?");
        Pattern customer = Pattern.compile("\"account\":\"(\\d+)\"(?:,\"card\":\"(\\d+)\")?");
        for (LocalDate day = UNTIL.minusDays(2); !day.isAfter(UNTIL); day = day.plusDays(1)) {
            lines(Feed.WEB_ACCOUNTS, day).forEach(line -> accounts.add(found(account, line)));
        }
        for (LocalDate day = UNTIL.minusDays(39); !day.isAfter(UNTIL); day = day.plusDays(1)) {
            for (String line : lines(Feed.WEB_ORDERS, day)) {
                assertThat(accounts).contains(found(customer, line));
            }
            List<String> tickets = lines(Feed.SHOP_ORDERS, day);
            for (String line : tickets.subList(1, tickets.size())) {
                String card = line.split(";", -1)[6];
                assertThat(card.isEmpty() || cards.contains(card)).as(line).isTrue();
            }
        }
    }

    @Test
    void shouldDamageAboutTheShareOfRecordsThatIsAsked() throws IOException {
        Retailer.Tally tally = generate(settings(3_000, 5, 0.02), "out", 2);

        long records = tally.contacts() + tally.orderLines() + tally.events() + tally.consents();
        assertThat((double) tally.malformed() / records).isCloseTo(0.02, within(0.002));
        assertThat(generate(settings(500, 5, 0), "clean", 1).malformed()).isZero();
    }

    @Test
    void shouldWriteAFileForEveryDayEvenWithoutRecords() throws IOException {
        generate(new Retailer.Settings(1, 10, 1, UNTIL, 2, 0), "out", 1);

        for (Feed feed : Feed.values()) {
            try (Stream<Path> files = Files.list(folder.resolve("out/raw").resolve(feed.source()))) {
                assertThat(files).as(feed.source()).hasSize(feed.kind().isDaily() ? 10 : 2);
            }
        }
        assertThat(lines(Feed.WEB_ORDERS, UNTIL).size()).isLessThan(20);
        assertThat(lines(Feed.SHOP_ORDERS, UNTIL).get(0)).startsWith("ticket;date;");
    }

    @Test
    void shouldNotWriteIntoAFolderThatHoldsSomething() throws IOException {
        Files.createDirectories(folder.resolve("full/mine"));

        assertThatThrownBy(() -> generate(settings(1, 1, 0), "full", 1))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("--out");
    }

    @Test
    void shouldRefuseSettingsOutOfRange() {
        assertThatThrownBy(() -> new Retailer.Settings(0, 10, 1, UNTIL, 1, 0)).hasMessageContaining("customers");
        assertThatThrownBy(() -> new Retailer.Settings(1, 2, 1, UNTIL, 3, 0)).hasMessageContaining("nights");
    }

    private static Retailer.Settings settings(long customers, long seed, double malformedShare) {
        return new Retailer.Settings(customers, 40, seed, UNTIL, 3, malformedShare);
    }

    private Retailer.Tally generate(Retailer.Settings settings, String name, int threads) {
        return new Retailer(settings).generate(folder.resolve(name), threads);
    }

    private Map<String, String> checksums(String name) throws IOException {
        Map<String, String> checksums = new TreeMap<>();
        Path root = folder.resolve(name);
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
                checksums.put(root.relativize(file).toString(), HexFormat.of().formatHex(digest));
            }
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
        return checksums;
    }

    /** What the groups of the pattern find, with a hyphen between. */
    private static String found(Pattern pattern, String line) {
        Matcher matcher = pattern.matcher(line);
        assertThat(matcher.find()).as(line).isTrue();
        return matcher.group(1) + '-' + matcher.group(2);
    }

    /** The first cells of all lines of the source, or for JSON the identifiers. */
    private Set<String> keys(Feed feed) throws IOException {
        Set<String> keys = new HashSet<>();
        for (LocalDate day = UNTIL.minusDays(2); !day.isAfter(UNTIL); day = day.plusDays(1)) {
            for (String line : lines(feed, day)) {
                String first = feed.dialect().isJson()
                        ? line.replaceFirst(".*\"id\":\"([^\"]*)\".*", "$1")
                        : line.substring(
                                0, Math.max(0, line.indexOf(feed.dialect().delimiter())));
                keys.add(first.toLowerCase(Locale.ROOT));
            }
        }
        return keys;
    }

    private List<String> lines(Feed feed, LocalDate day) throws IOException {
        Path file = folder.resolve("out/raw").resolve(feed.file(day.toString()));
        Charset charset = feed.dialect().charset().equals(StandardCharsets.UTF_16LE)
                ? StandardCharsets.UTF_16
                : feed.dialect().charset();
        try (InputStream in = Files.newInputStream(file);
                InputStream content = feed.dialect().isJson() ? new GZIPInputStream(in) : in) {
            return new String(content.readAllBytes(), charset).lines().toList();
        }
    }
}
