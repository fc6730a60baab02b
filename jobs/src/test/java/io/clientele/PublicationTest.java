package io.clientele;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.failure.ExitCode;
import io.clientele.testing.SparkTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What analysts see while nights succeed, fail and are taken back. */
@SparkTest
class PublicationTest {

    private static final String SALES = "select sum(amount) as sales from mart.fct_order_lines";
    private static final String CUBE =
            "select max(sales_amount) as sales from mart.sales_cube where month = '(all)' and country = '(all)'";

    /** Without what learns and scores, a night of one order is short. */
    private static final String[] NIGHT = {
        "collect",
        "contacts",
        "matching",
        "companies",
        "customers",
        "products",
        "consents",
        "order_lines",
        "order_facts",
        "dimensions",
        "sales_cube",
        "publication"
    };

    @TempDir
    private Path folder;

    private Path conf;

    @BeforeEach
    void deliver(SparkSession spark) throws IOException {
        spark.sql("drop schema if exists mart cascade");
        conf = folder.resolve("conf");
        Project.copy(Project.ROOT.resolve("conf/examples/online_retail"), conf);
        Files.createDirectories(folder.resolve("raw"));
        deliver("2011-01-10", "536365,85123A,LANTERN,2,2011-01-10 08:26:00,10,17850.0,United Kingdom");
    }

    @Test
    void shouldSwitchAllMartsTogetherAndBack() throws IOException {
        assertThat(run("2011-01-10", NIGHT).exitCode()).isZero();
        assertThat(sql(SALES)).isEqualTo(sql(CUBE)).contains("20.0000");

        deliver("2011-01-11", "536366,85123A,LANTERN,1,2011-01-11 08:26:00,10,13047.0,United Kingdom");
        Path quality = conf.resolve("quality.yaml");
        String good = Files.readString(quality);
        Files.writeString(
                quality,
                "  too_few: {table: mart.sales_cube, dimension: completeness, severity: stop, leastRows: 1000}\n",
                StandardOpenOption.APPEND);
        CommandRun failed = run("2011-01-11", NIGHT);
        assertThat(failed.exitCode()).as(failed.err()).isEqualTo(ExitCode.GATE.code());
        assertThat(sql(SALES)).isEqualTo(sql(CUBE)).contains("20.0000");
        assertThat(sql("--unpublished", SALES)).contains("30.0000");

        Files.writeString(quality, good);
        assertThat(run("2011-01-11", NIGHT).exitCode()).isZero();
        assertThat(sql(SALES)).isEqualTo(sql(CUBE)).contains("30.0000");

        CommandRun back = rollback();
        assertThat(back.out()).contains("2011-01-10", "publication 3 restores 1");
        assertThat(sql(SALES)).isEqualTo(sql(CUBE)).contains("20.0000");

        assertThat(rollback().exitCode()).isEqualTo(ExitCode.INPUT.code());
        assertThat(run("2011-01-11", "publication").exitCode()).isZero();
        assertThat(sql(SALES)).isEqualTo(sql(CUBE)).contains("30.0000");
    }

    @Test
    void shouldShowNoMartBeforeANightHasSucceeded() {
        assertThat(run("2011-01-10", "collect", "products").exitCode()).isZero();

        CommandRun early = CommandRun.of(arguments("sql", SALES));
        assertThat(early.exitCode()).isEqualTo(ExitCode.USAGE.code());
        assertThat(early.lastLine()).contains("TABLE_OR_VIEW_NOT_FOUND");
        assertThat(run("2011-01-10", "publication").lastLine()).contains("there is no mart to publish yet");
        assertThat(rollback().lastLine()).contains("nothing was ever published");
    }

    private void deliver(String day, String line) throws IOException {
        Files.writeString(
                folder.resolve("raw").resolve(day + ".csv"),
                "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n" + line + "\n");
    }

    private CommandRun run(String date, String... jobs) {
        return CommandRun.of(arguments(
                "run",
                Stream.concat(
                                Stream.of(
                                        "--date",
                                        date,
                                        "--raw",
                                        folder.resolve("raw").toString()),
                                Arrays.stream(jobs))
                        .toArray(String[]::new)));
    }

    private CommandRun rollback() {
        return CommandRun.of(arguments("rollback"));
    }

    /** As a process of its own, which finds nothing registered. */
    private String sql(String... arguments) {
        SparkSession.active().sql("drop schema if exists mart cascade");
        CommandRun run = CommandRun.of(arguments("sql", arguments));
        assertThat(run.exitCode()).as(run.err()).isZero();
        return run.out();
    }

    private String[] arguments(String command, String... more) {
        return Stream.concat(
                        Stream.of(
                                command,
                                "--conf",
                                conf.toString(),
                                "--lake",
                                folder.resolve("lake").toString()),
                        Arrays.stream(more))
                .toArray(String[]::new);
    }
}
