package io.clientele.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clientele.CommandRun;
import io.clientele.Project;
import io.clientele.failure.ExitCode;
import io.clientele.testing.SparkTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One set of rules for companies in a file, in a table of a lake, and in two lists that hold nobody twice. */
@SparkTest
class MatchCommandTest {

    private static final String LISTS = "between: list\n";

    private static final List<String> WORDS = List.of(
            "alba", "brume", "corde", "dune", "ecluse", "forge", "galet", "houle", "iris", "jonc", "lande", "merle",
            "nacre", "ormeau", "pierre", "quai", "rive", "sable", "tamis", "verger");
    private static final List<String> FORMS = List.of("SARL", "SAS", "SA", "EURL");

    @TempDir
    private Path folder;

    /** The rules of the example, for one list. */
    private String rules;

    @BeforeEach
    void readTheRules() throws IOException {
        rules = Files.readString(Project.ROOT.resolve("conf/examples/matching/companies.yaml"))
                .replace(LISTS, "");
    }

    @Test
    void shouldFindTheCompaniesOfAFileAndOfATable(SparkSession spark) throws IOException {
        Path csv = write("companies.csv", companies(150));

        CommandRun run = match(rules, "out", "company", csv);

        assertThat(run.exitCode()).as(run.err()).isZero();
        JsonNode figures = new ObjectMapper().readTree(run.out().lines().reduce("", (before, line) -> line));
        assertThat(figures.get("records").asLong()).isEqualTo(300);
        assertThat(figures.get("precision").asDouble()).isGreaterThan(0.97);
        assertThat(figures.get("recall").asDouble()).isGreaterThan(0.95);
        assertThat(Files.readString(folder.resolve("out/matching.html")))
                .contains("class=\"bar for\"", "<td>siret</td>");
        assertThat(Files.readString(folder.resolve("out/model.json"))).contains("\"siret\"");

        String table = folder.resolve("companies").toString();
        spark.read()
                .option("header", "true")
                .csv(csv.toString())
                .write()
                .format("delta")
                .save(table);
        CommandRun again = match(rules, "out_of_table", "company", Path.of(table));

        assertThat(again.exitCode()).as(again.err()).isZero();
        assertThat(clusters("out_of_table")).isEqualTo(clusters("out"));
    }

    @Test
    void shouldLinkListsThatHoldNobodyTwice() throws IOException {
        List<String> both = companies(150);
        List<String> header = both.subList(0, 1);
        Path crm = write(
                "crm.csv",
                Stream.concat(header.stream(), both.stream().filter(line -> line.contains(",crm,")))
                        .toList());
        Path shop = write(
                "shop.csv",
                Stream.concat(header.stream(), both.stream().filter(line -> line.contains(",shop,")))
                        .toList());
        Path truth = write(
                "truth.csv",
                Stream.concat(
                                Stream.of("one,two"),
                                Stream.iterate(0, i -> i + 1).limit(150).map(i -> "c%d,s%d".formatted(i, i)))
                        .toList());

        CommandRun run = match(rules + LISTS, "linked", truth.toString(), crm, shop);

        assertThat(run.exitCode()).as(run.err()).isZero();
        JsonNode figures = new ObjectMapper().readTree(run.out().lines().reduce("", (before, line) -> line));
        assertThat(figures.get("precision").asDouble()).isGreaterThan(0.97);
        assertThat(figures.get("recall").asDouble()).isGreaterThan(0.95);
        Map<String, List<String>> members = clusters("linked").entrySet().stream()
                .collect(Collectors.groupingBy(
                        Map.Entry::getValue, Collectors.mapping(Map.Entry::getKey, Collectors.toList())));
        assertThat(members.values()).allSatisfy(ids -> {
            assertThat(ids.stream().filter(id -> id.startsWith("c"))).hasSizeLessThan(2);
            assertThat(ids.stream().filter(id -> id.startsWith("s"))).hasSizeLessThan(2);
        });
    }

    @Test
    void shouldSayWhatIsWrongWithRulesInputAndTruth() throws IOException {
        Path csv = write("companies.csv", companies(3));

        CommandRun noColumn = match(rules.replace("postcode", "zip"), "out", "company", csv);
        CommandRun noFile = match(rules, "out", "company", folder.resolve("absent.csv"));
        CommandRun noTruth = match(rules, "out", "firm", csv);

        assertThat(noColumn.exitCode()).isEqualTo(ExitCode.CONFIGURATION.code());
        assertThat(noColumn.lastLine()).contains("has no column zip", "postcode");
        assertThat(noFile.exitCode()).isEqualTo(ExitCode.INPUT.code());
        assertThat(noFile.lastLine()).contains("absent.csv");
        assertThat(noTruth.exitCode()).isEqualTo(ExitCode.USAGE.code());
        assertThat(noTruth.lastLine()).contains("--truth", "firm", "company");
    }

    private CommandRun match(String yaml, String out, String truth, Path... input) throws IOException {
        Path config = Files.writeString(folder.resolve("rules.yaml"), yaml);
        List<String> arguments = new ArrayList<>(List.of("match", "--config", config.toString(), "--input"));
        Stream.of(input).map(Path::toString).forEach(arguments::add);
        arguments.addAll(List.of("--out", folder.resolve(out).toString(), "--truth", truth));
        return CommandRun.of(arguments.toArray(String[]::new));
    }

    private Map<String, String> clusters(String out) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve(out).resolve("clusters"))) {
            return files.filter(file -> file.toString().endsWith(".csv"))
                    .flatMap(file -> lines(file).skip(1))
                    .map(line -> line.split(",", -1))
                    .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));
        }
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path write(String name, List<String> lines) throws IOException {
        return Files.write(folder.resolve(name), lines);
    }

    /** Each company once in each of two lists, in the second with a slip, a move or a missing number. */
    private static List<String> companies(int companies) {
        Random random = new Random(4);
        List<String> lines = new ArrayList<>(List.of("id,list,company,name,siret,address,postcode,phone"));
        for (int i = 0; i < companies; i++) {
            String name = pick(WORDS, random) + " " + pick(WORDS, random);
            String form = pick(FORMS, random);
            String siret = String.format(Locale.ROOT, "%014d", random.nextLong(100_000_000_000_000L));
            String address = street(random);
            String postcode = postcode(random);
            String phone = String.format(Locale.ROOT, "01990%05d", random.nextInt(100_000));
            lines.add(String.join(",", "c" + i, "crm", "k" + i, name + " " + form, siret, address, postcode, phone));
            String slipped = name.substring(0, 3) + name.substring(4);
            lines.add(
                    switch (i % 3) {
                        case 0 -> String.join(",", "s" + i, "shop", "k" + i, slipped, siret, address, postcode, "");
                        case 1 ->
                            String.join(",", "s" + i, "shop", "k" + i, form + " " + name, "", address, postcode, phone);
                        default ->
                            String.join(
                                    ",",
                                    "s" + i,
                                    "shop",
                                    "k" + i,
                                    name,
                                    siret,
                                    street(random),
                                    postcode(random),
                                    phone);
                    });
        }
        return lines;
    }

    private static String street(Random random) {
        return (1 + random.nextInt(90)) + " rue " + pick(WORDS, random) + " " + pick(WORDS, random);
    }

    private static String postcode(Random random) {
        return Integer.toString(10_000 + random.nextInt(300) * 100);
    }

    private static String pick(List<String> from, Random random) {
        return from.get(random.nextInt(from.size()));
    }
}
