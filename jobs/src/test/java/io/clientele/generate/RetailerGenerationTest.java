package io.clientele.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.clientele.failure.Failure;
import io.clientele.text.CompanyIds;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
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

        long records = tally.contacts() + tally.orderLines() + tally.events() + tally.consents() + tally.companies();
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
    void shouldMakeARegisterOfValidNumbersInWhichTheCompaniesAmongTheContactsAre() throws IOException {
        generate(settings(4_000, 3, 0), "out", 2);

        Map<String, String> heads = new HashMap<>();
        cells(Feed.SIRENE_UNITS).forEach(unit -> heads.put(unit.get("siren"), unit.get("nicSiegeUniteLegale")));
        Map<String, Map<String, String>> establishments = new HashMap<>();
        cells(Feed.SIRENE_ESTABLISHMENTS).forEach(one -> establishments.put(one.get("siret"), one));
        assertThat(establishments.keySet())
                .allSatisfy(siret -> assertThat(CompanyIds.siret(siret).value()).contains(siret));
        assertThat(establishments.values()).allSatisfy(one -> {
            assertThat(one.get("siret")).isEqualTo(one.get("siren") + one.get("nic"));
            assertThat(heads).containsKey(one.get("siren"));
        });
        assertThat(heads).allSatisfy((siren, nic) -> assertThat(establishments).containsKey(siren + nic));
        assertThat(establishments.size()).isGreaterThan(heads.size());
        assertThat(establishments.values())
                .anyMatch(one -> one.get("etatAdministratifEtablissement").equals("F"))
                .anyMatch(one -> one.get("codePostalEtablissement").equals("[ND]"))
                .anyMatch(one -> one.get("etablissementSiege").equals("false"));
        List<String> truth = Files.readAllLines(folder.resolve("out/truth/companies.csv"));
        assertThat(truth.get(0)).isEqualTo("source,contact_ref,siret");
        Set<String> customers = keys(Feed.CRM);
        Set<String> sirets = new HashSet<>();
        for (String row : truth.subList(1, truth.size())) {
            String[] values = row.split(",", -1);
            assertThat(customers).contains(values[1]);
            assertThat(values[2].isEmpty() || establishments.containsKey(values[2]))
                    .as(row)
                    .isTrue();
            sirets.add(values[2]);
        }
        assertThat(sirets).contains("").hasSizeBetween(30, heads.size() / 3);
    }

    @Test
    void shouldDeliverTheRegisterInTheOldLayoutFirstAndInTheNewOneAfterIt() throws IOException {
        generate(settings(2_000, 3, 0), "out", 2);

        for (Feed feed : List.of(Feed.SIRENE_UNITS, Feed.SIRENE_ESTABLISHMENTS)) {
            List<String> stock = lines(feed, UNTIL.minusDays(2));
            List<String> later = lines(feed, UNTIL);
            assertThat(stock.get(0)).doesNotContain("NAF25");
            assertThat(later.get(0)).contains("NAF25");
            assertThat(stock.size()).isGreaterThan(150);
            assertThat(later.size()).isBetween(2, stock.size() / 5);
        }
    }

    @Test
    void shouldSendBackWhatGoesToThoseWhoMovedAndToMailboxesThatAreNoMore() throws IOException {
        generate(settings(3_000, 3, 0), "out", 2);

        Days days = new Days(UNTIL, 40, 3);
        People people = new People(3, days, new Season(days));
        Map<String, List<Person>> byRef = new HashMap<>();
        for (int number = 0; number < 3_000; number++) {
            Person person = people.person(number);
            person.memberships().forEach(membership -> byRef.computeIfAbsent(membership.ref(), ref -> new ArrayList<>())
                    .add(person));
        }
        int letters = 0;
        int lettersToMovers = 0;
        int phones = 0;
        int bounces = 0;
        for (LocalDate day = UNTIL.minusDays(39); !day.isAfter(UNTIL); day = day.plusDays(1)) {
            int number = (int) (39 - day.until(UNTIL, ChronoUnit.DAYS));
            List<String> returns = lines(Feed.RETURNS, day);
            for (String line : returns.subList(1, returns.size())) {
                String[] values = line.split(";", -1);
                boolean hasMoved = byRef.get(values[0]).stream().anyMatch(person -> person.movesOn() <= number);
                letters += values[2].equals("courrier") ? 1 : 0;
                lettersToMovers += values[2].equals("courrier") && hasMoved ? 1 : 0;
                phones += values[2].equals("telephone") ? 1 : 0;
                assertThat(hasMoved || !values[3].startsWith("fixe")).as(line).isTrue();
            }
            for (String line : lines(Feed.EMAIL_EVENTS, day)) {
                bounces += line.contains(",bounced,") ? 1 : 0;
            }
        }
        assertThat(letters).isBetween(20, 150);
        assertThat(lettersToMovers).isGreaterThan(letters * 6 / 10);
        assertThat(phones).isBetween(10, 150);
        assertThat(bounces).isBetween(20, 300);
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

    /** All records of a feed without quotes, by the names of their columns. */
    private List<Map<String, String>> cells(Feed feed) throws IOException {
        List<Map<String, String>> records = new ArrayList<>();
        for (LocalDate day = UNTIL.minusDays(2); !day.isAfter(UNTIL); day = day.plusDays(1)) {
            List<String> lines = lines(feed, day);
            String[] names = lines.get(0).split(",", -1);
            for (String line : lines.subList(1, lines.size())) {
                String[] values = line.split(",", -1);
                if (values.length == names.length) {
                    Map<String, String> record = new HashMap<>();
                    for (int i = 0; i < names.length; i++) {
                        record.put(names[i], values[i]);
                    }
                    records.add(record);
                }
            }
        }
        return records;
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
