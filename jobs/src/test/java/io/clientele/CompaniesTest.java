package io.clientele;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.generate.Retailer;
import io.clientele.lake.DeltaLake;
import io.clientele.schema.CollectedCompaniesRegister;
import io.clientele.schema.Companies;
import io.clientele.schema.Contacts;
import io.clientele.schema.Delivery;
import io.clientele.testing.SparkTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The companies of a made-up retailer, from the files on: the truth is known. */
@SparkTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CompaniesTest {

    private static final List<String> SOURCES = List.of("crm.yaml", "sirene_units.yaml", "sirene_establishments.yaml");

    @TempDir
    private static Path folder;

    private DeltaLake lake;

    @BeforeAll
    void run(SparkSession spark) throws IOException {
        LocalDate last = LocalDate.of(2025, 11, 30);
        new Retailer(new Retailer.Settings(20_000, 5, 11, last, 3, 0.002)).generate(folder, 2);
        leaveCompaniesOnly(folder.resolve("raw/crm"));
        Path conf = Project.copyConf(folder.resolve("conf"));
        try (Stream<Path> sources = Files.list(conf.resolve("sources"))) {
            for (Path source : sources.toList()) {
                if (!SOURCES.contains(source.getFileName().toString())) {
                    Files.delete(source);
                }
            }
        }
        CommandRun run = CommandRun.of(
                "run",
                "collect",
                "contacts",
                "companies",
                "--date",
                last.toString(),
                "--conf",
                conf.toString(),
                "--raw",
                folder.resolve("raw").toString(),
                "--lake",
                folder.resolve("lake").toString());
        assertThat(run.exitCode()).as(run.err()).isZero();
        lake = new DeltaLake(spark, folder.resolve("lake").toString());
    }

    /** Persons would only make the test longer. */
    private static void leaveCompaniesOnly(Path crm) throws IOException {
        try (Stream<Path> files = Files.list(crm)) {
            for (Path file : files.toList()) {
                List<String> lines = Files.readAllLines(file, StandardCharsets.ISO_8859_1);
                Files.write(
                        file,
                        lines.stream()
                                .filter(line -> line.split(";", -1).length < 6 || !line.split(";", -1)[4].isEmpty())
                                .toList(),
                        StandardCharsets.ISO_8859_1);
            }
        }
    }

    @Test
    void shouldReadOldAndNewLayoutsAndFlagWhatIsWithheld() {
        List<Row> register = lake.read(CollectedCompaniesRegister.TABLE).collectAsList();
        Set<Boolean> layouts = new HashSet<>();
        int withheld = 0;
        for (Row row : register) {
            layouts.add(row.isNullAt(row.fieldIndex(CollectedCompaniesRegister.NAF_2025.column())));
            boolean isRestricted = row.getAs(CollectedCompaniesRegister.IS_RESTRICTED.column());
            boolean isFlagged = row.getList(row.fieldIndex(Delivery.ISSUES.column())).stream()
                    .map(Row.class::cast)
                    .anyMatch(issue -> issue.getString(1).equals("withheld"));
            assertThat(row.mkString("\u001f").replace("withheld,[ND]", "")).doesNotContain("[ND]");
            assertThat(isRestricted || !isFlagged).isTrue();
            withheld += isFlagged ? 1 : 0;
        }
        assertThat(layouts).containsExactlyInAnyOrder(true, false);
        assertThat(withheld).isBetween(50, register.size() / 10);
    }

    /** Of what the register has: open, and neither name nor place withheld, unless the record tells the number. */
    @Test
    void shouldFindTheCompaniesOfWhichTheTruthIsKnown() throws IOException {
        Map<String, String> truth = new HashMap<>();
        for (String line : Files.readAllLines(folder.resolve("truth/companies.csv"))) {
            String[] cells = line.split(",", -1);
            truth.put(cells[1], cells[2]);
        }
        Map<String, Row> register = new HashMap<>();
        lake.read(CollectedCompaniesRegister.TABLE)
                .orderBy(Delivery.DELIVERED_ON.col())
                .collectAsList()
                .forEach(row -> register.put(row.getAs(CollectedCompaniesRegister.SIRET.column()), row));
        int right = 0;
        int wrong = 0;
        int sought = 0;
        int sure = 0;
        for (Row row : lake.read(Companies.TABLE)
                .join(lake.read(Contacts.TABLE).drop("siren", "siret"), Contacts.CONTACT_ID.column())
                .collectAsList()) {
            String expected = truth.get(row.<String>getAs(Contacts.CONTACT_REF.column()));
            String found = row.getAs(Companies.SIRET.column());
            Row entry = register.get(expected);
            boolean isRight = expected.equals(found);
            right += isRight ? 1 : 0;
            wrong += found != null && !isRight ? 1 : 0;
            boolean isSought = entry != null
                    && entry.<Boolean>getAs(CollectedCompaniesRegister.IS_ACTIVE.column())
                    && !entry.<Boolean>getAs(CollectedCompaniesRegister.IS_RESTRICTED.column());
            sought += isSought ? 1 : 0;
            sure += isSought && isRight ? 1 : 0;
        }
        assertThat(sought).isGreaterThan(200);
        assertThat((double) right / (right + wrong)).as("precision").isGreaterThanOrEqualTo(0.99);
        assertThat((double) sure / sought).as("recall").isGreaterThanOrEqualTo(0.9);
    }
}
