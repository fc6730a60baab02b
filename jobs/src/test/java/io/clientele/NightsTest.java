package io.clientele;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.generate.Retailer;
import io.clientele.lake.DeltaLake;
import io.clientele.schema.MatchingModels;
import io.clientele.table.Field;
import io.clientele.table.Table;
import io.clientele.testing.SparkTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What must not depend on how the nights were run. */
@SparkTest
class NightsTest {

    @TempDir
    private Path folder;

    @Test
    void shouldEndInTheSameMartsHoweverTheFilesCame(SparkSession spark) throws IOException {
        LocalDate last = LocalDate.of(2025, 11, 30);
        new Retailer(new Retailer.Settings(400, 6, 5, last, 3, 0.01)).generate(folder, 2);
        String one = folder.resolve("one").toString();
        String three = folder.resolve("three").toString();

        copyOfConf();
        nightly(one, "--date", "2025-11-30");
        List<List<Row>> once = marts(spark, one);
        freezeModelOf(new DeltaLake(spark, one));
        nightly(three, "--from-date", "2025-11-28", "--to-date", "2025-11-30");

        assertThat(marts(spark, three)).as("three nights").isEqualTo(once);

        nightly(one, "--date", "2025-11-30");

        assertThat(marts(spark, one)).as("the same date again").isEqualTo(once);
    }

    private void copyOfConf() throws IOException {
        Path conf = Project.ROOT.resolve("conf");
        try (Stream<Path> files = Files.walk(conf)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = folder.resolve("conf").resolve(conf.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }

    /** What matching learns depends on what is there when it learns; so all nights use one model. */
    private void freezeModelOf(DeltaLake lake) throws IOException {
        String model = lake.read(MatchingModels.TABLE)
                .select(MatchingModels.MODEL.col())
                .head()
                .getString(0);
        Path conf = folder.resolve("conf");
        Files.writeString(conf.resolve("model.json"), model);
        Files.writeString(conf.resolve("matching.yaml"), "model: model.json\n", StandardOpenOption.APPEND);
    }

    private void nightly(String lake, String... dates) {
        CommandRun run = CommandRun.of(Stream.concat(
                        Stream.of(
                                "run",
                                "nightly",
                                "--conf",
                                folder.resolve("conf").toString(),
                                "--raw",
                                folder.resolve("raw").toString(),
                                "--lake",
                                lake),
                        Stream.of(dates))
                .toArray(String[]::new));
        assertThat(run.exitCode()).as(run.err()).isZero();
    }

    private static List<List<Row>> marts(SparkSession spark, String lakeRoot) {
        DeltaLake lake = new DeltaLake(spark, lakeRoot);
        return LakeTables.marts().stream().map(mart -> rows(lake, mart)).toList();
    }

    private static List<Row> rows(DeltaLake lake, Table table) {
        return lake.read(table)
                .orderBy(table.key().stream().map(Field::col).toArray(Column[]::new))
                .collectAsList();
    }
}
