package io.clientele.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.CommandRun;
import io.clientele.LakeTables;
import io.clientele.Project;
import io.clientele.failure.ExitCode;
import io.clientele.lake.DeltaLake;
import io.clientele.lake.LakeLock;
import io.clientele.lake.RefusedRows;
import io.clientele.schema.CustomerRfm;
import io.clientele.testing.FailingFileSystem;
import io.clientele.testing.SparkTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One row per bad thing that may surround a run, each with its exit code and its last line. */
@SparkTest
class CommandLineTest {

    @TempDir
    private Path folder;

    private Path conf;

    @BeforeEach
    void copyTheConfiguration() throws IOException {
        conf = Project.copyConf(folder.resolve("conf"));
        for (String folderOfSource : new String[] {"crm", "loyalty"}) {
            Files.createDirectories(folder.resolve("raw").resolve(folderOfSource));
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            # file                      | line put at its end            | what the last line must say
            rfm.yaml                    | window: 3                      | rfm.yaml:~unknown key 'window'; did you mean 'windows'?
            clusters.yaml               | kk: 3                          | clusters.yaml:~unknown key 'kk'; did you mean 'k'?
            sources/crm.yaml            | colour: red                    | sources/crm.yaml:~unknown key 'colour'
            contacts.yaml               | country: FR                    | contacts.yaml:~Duplicate field 'country'
            """)
    void shouldRefuseAKeyThatItDoesNotKnow(String file, String line, String message) throws IOException {
        Files.writeString(conf.resolve(file), Files.readString(conf.resolve(file)) + line + "\n");

        CommandRun run = nightly();

        assertThat(run.exitCode()).isEqualTo(ExitCode.CONFIGURATION.code());
        assertThat(run.lastLine()).contains(message.split("~"));
    }

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            rfm.yaml         | last_12_months: 365 | last_12_months: -1  | rfm.yaml:~'windows.last_12_months': days must not be negative, got -1
            rfm.yaml         | last_12_months: 365 | last_12_months: many | rfm.yaml:~key 'windows.last_12_months'~whole number
            rfm.yaml         | brand]              | brnad]              | rfm.yaml:~no dimension 'brnad'; did you mean 'brand'?
            scores.yaml      | nps_answer:         | nps_answr:          | scores.yaml:~no event type 'nps_answr'; did you mean 'nps_answer'?
            rfm.yaml         | "55", "54", "45"    | "55", "54"          | rfm.yaml~no segment has cell 45
            rfm.yaml         | "55", "54", "45"    | "55", "54", "45", "11" | rfm.yaml~cell 11 is in
            clusters.yaml    | k: 4                | k: 1                | clusters.yaml~'k' must be between 2 and 100, got 1
            clusters.yaml    | monetary: {steps    | monetery: {steps    | clusters.yaml:~'features.monetery': neither mart.customer_rfm nor mart.dim_customers has such a column; did you mean 'monetary'?
            collect.yaml     | 1000000             | 3                   | collect.yaml~'maxRecordChars' must be between
            order_lines.yaml | Europe/Paris        | Europe/Pariss       | order_lines.yaml~there is no time zone 'Europe/Pariss'
            order_lines.yaml | currency: EUR       | currency: EURO      | order_lines.yaml~ISO 4217 has no currency 'EURO'
            contacts.yaml    | country: FR         | country: France     | contacts.yaml~'country' must be a two-letter code
            customers.yaml   | choose-your-own-salt | salt               | customers.yaml~'pseudonymSalt' must have at least 8
            quality.yaml     | frequency >= 1      | frequncy >= 1       | quality.yaml:~rule 'rfm_figures': mart.customer_rfm has no column 'frequncy'; did you mean 'frequency'?
            quality.yaml     | severity: stop      | severity: fatal     | quality.yaml:~severity' is 'fatal', expected one of warn, stop
            lake.yaml        | spark: {}           | spark: {spark.hadoop.fs.s3a.secret.key: abc} | lake.yaml~'spark.hadoop.fs.s3a.secret.key' is a credential
            sources/crm.yaml | entity: contacts    | entity: people      | sources/crm.yaml~'entity' is 'people', expected one of contacts, order_lines
            """)
    void shouldRefuseAValueOutOfRange(String file, String good, String bad, String message) throws IOException {
        String text = Files.readString(conf.resolve(file));
        assertThat(text).contains(good);
        Files.writeString(conf.resolve(file), text.replace(good, bad));

        CommandRun run = nightly();

        assertThat(run.exitCode()).isEqualTo(ExitCode.CONFIGURATION.code());
        assertThat(run.lastLine()).contains(message.split("~"));
        assertThat(run.err().lines().filter(line -> line.startsWith("clientele:")))
                .hasSize(1);
    }

    @Test
    void shouldRefuseAConfigurationFolderThatIsNotThere() {
        CommandRun run = CommandRun.of("run", "nightly", "--date", "2025-01-31", "--conf", folder + "/nowhere");

        assertThat(run.exitCode()).isEqualTo(ExitCode.CONFIGURATION.code());
        assertThat(run.lastLine()).contains("no such configuration folder");
    }

    @Test
    void shouldSayWhichFolderOfASourceIsMissing() throws IOException {
        onlySource("gone", "gone/*.csv", "");

        CommandRun run = nightly();

        assertThat(run.exitCode()).isEqualTo(ExitCode.INPUT.code());
        assertThat(run.lastLine()).contains("source gone", "raw/gone does not exist", "conf/sources/gone.yaml");
    }

    @Test
    void shouldSayWhichPatternMatchesNothing() throws IOException {
        onlySource("bare", "crm/*.none", "");

        CommandRun run = nightly();

        assertThat(run.exitCode()).isEqualTo(ExitCode.INPUT.code());
        assertThat(run.lastLine()).contains("source bare", "no file matches 'crm/*.none'", "optional: true");
    }

    @Test
    void shouldRunANightWithoutAnyInputWhereThatIsAllowed() throws IOException {
        onlySource("bare", "crm/*.none", "optional: true");

        CommandRun run = nightly();

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("succeeded", "mart.sales_cube");
    }

    @Test
    void shouldRefuseASecondRunWhileOneIsRunning() throws IOException {
        onlySource("bare", "crm/*.none", "optional: true");
        String lake = folder.resolve("lake").toUri().toString();
        try (LakeLock lock =
                LakeLock.acquire(lake, new Configuration(), LakeLock.Owner.thisProcess("run of 2025-01-01"))) {
            CommandRun run = nightly();

            assertThat(run.exitCode()).isEqualTo(ExitCode.LOCKED.code());
            assertThat(run.lastLine()).contains("the run of 2025-01-01 (process", "is writing to this lake");
            assertThat(lock.predecessor()).isEmpty();
        }
    }

    @Test
    void shouldRefuseALakeOfANewerVersion(SparkSession spark) throws IOException {
        onlySource("bare", "crm/*.none", "optional: true");
        String newer = folder.resolve("lake/mart/customer_rfm").toString();
        spark.createDataFrame(List.of(), CustomerRfm.TABLE.schema().add("loyalty", "string"))
                .write()
                .format("delta")
                .save(newer);

        CommandRun run = nightly();

        assertThat(run.exitCode()).isEqualTo(ExitCode.INCOMPATIBLE.code());
        assertThat(run.lastLine()).contains("mart.customer_rfm", "(loyalty)", "a newer Clientele wrote it");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            full     | 30000 | no space left
            readonly | 0     | read-only
            """)
    void shouldSayThatTheLakeCannotBeWritten(String scheme, int bytes, String words) throws IOException {
        onlySource("bare", "crm/*.none", "optional: true");
        FailingFileSystem.allow(bytes, words);
        Files.writeString(conf.resolve("lake.yaml"), """
                lake: unused
                raw: unused
                jobsAtOnce: 1
                spark:
                  spark.hadoop.fs.full.impl: %s
                  spark.hadoop.fs.readonly.impl: %s
                """.formatted(
                        FailingFileSystem.Full.class.getName(), FailingFileSystem.ReadOnly.class.getName()));

        CommandRun run = CommandRun.of(
                "run",
                "nightly",
                "--date",
                "2025-01-31",
                "--conf",
                conf.toString(),
                "--raw",
                folder.resolve("raw").toString(),
                "--lake",
                scheme + "://" + folder.resolve("lake"));

        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.STORAGE.code());
        assertThat(run.lastLine()).contains(words);
    }

    @Test
    void shouldRefuseAJobThatDoesNotExist() {
        CommandRun run = CommandRun.of("run", "rmf", "--date", "2025-01-31", "--conf", conf.toString());

        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE.code());
        assertThat(run.lastLine()).contains("there is no job 'rmf'", "rfm", "nightly");
    }

    @Test
    void shouldRefuseTwoWaysToSayForWhichDate() {
        CommandRun run =
                CommandRun.of("run", "nightly", "--date", "2025-01-31", "--due", "UTC", "--conf", conf.toString());

        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE.code());
        assertThat(run.lastLine()).contains("say for which date", "--due ZONE");
    }

    @Test
    void shouldReadTheConfigurationBeforeItLooksForWhatIsDue() throws IOException {
        Files.writeString(conf.resolve("rfm.yaml"), "\ncolour: red\n", StandardOpenOption.APPEND);

        CommandRun run = CommandRun.of("run", "nightly", "--due", "UTC", "--conf", conf.toString());

        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.CONFIGURATION.code());
        assertThat(run.lastLine()).contains("rfm.yaml:", "unknown key 'colour'");
    }

    @Test
    void shouldRefuseARunWithoutDate() {
        CommandRun run = CommandRun.of("run", "nightly", "--conf", conf.toString());

        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE.code());
        assertThat(run.lastLine()).contains("--date");
    }

    @Test
    void shouldSayWhichJobMustRunFirst() throws IOException {
        onlySource("bare", "crm/*.none", "optional: true");

        CommandRun run = run("rfm");

        assertThat(run.exitCode()).isEqualTo(ExitCode.INPUT.code());
        assertThat(run.lastLine()).contains("mart.fct_order_lines", "run the job that writes it");
    }

    @Test
    void shouldRunNothingInADryRun() {
        CommandRun run = run("nightly", "--dry-run");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("would run", "collect", "mart.sales_cube");
        assertThat(folder.resolve("lake")).doesNotExist();
    }

    @Test
    void shouldOnlyRead(SparkSession spark) {
        String lake = lakeWithOneTable(spark);

        assertThat("""
                        insert into visits values (1)
                        insert overwrite visits select 1
                        with one as (select 1 as id) insert into visits select id from one
                        from visits insert into visits select id
                        insert overwrite directory '/tmp/visits' using parquet select 1
                        delete from visits where id = 1
                        update visits set id = 2
                        merge into visits using visits as other on visits.id = other.id when matched then delete
                        create table visits (id int)
                        create or replace temporary view visits as select 1
                        drop table visits
                        alter table visits add columns (name string)
                        truncate table visits
                        vacuum visits
                        optimize visits
                        restore table visits to version as of 0
                        create table copies shallow clone visits
                        reorg table visits apply (purge)
                        msck repair table visits
                        cache table visits
                        execute immediate 'drop table visits'
                        """.lines()).allSatisfy(statement -> {
            CommandRun run = sql(lake, statement);
            assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.USAGE.code());
            assertThat(run.lastLine()).contains("sql only reads, tables are written by jobs");
        });
        assertThat("""
                        select 1 as delete
                        with one as (select 1 as id) select id from one
                        values (1), (2)
                        show schemas
                        describe table mart.customer_rfm
                        describe history mart.customer_rfm
                        explain select 1
                        set spark.sql.shuffle.partitions
                        use default
                        select count(*) from refused.mart_customer_rfm
                        """.lines()).allSatisfy(statement -> {
            CommandRun run = sql(lake, statement);
            assertThat(run.exitCode()).as(run.err()).isZero();
        });
        assertThat(sql(lake, "select count(*) from refused.mart_customer_rfm").out())
                .contains("3");
    }

    /** A lake in which a quality rule has refused three rows. */
    private String lakeWithOneTable(SparkSession spark) {
        String lake = folder.resolve("lake").toString();
        new DeltaLake(spark, lake).createIfAbsent(CustomerRfm.TABLE);
        LakeTables.register(spark, lake);
        spark.sql("drop schema if exists refused cascade");
        RefusedRows refused = new RefusedRows(lake, new Configuration());
        spark.range(3).write().parquet(refused.location(CustomerRfm.TABLE).toString());
        return lake;
    }

    private CommandRun sql(String lake, String statement) {
        return CommandRun.of("sql", "--unpublished", "--lake", lake, "--conf", conf.toString(), statement);
    }

    @Test
    void shouldRefuseAnUnknownOptionWithASuggestion() {
        CommandRun run = CommandRun.of("run", "nightly", "--dat", "2025-01-31");

        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE.code());
        assertThat(run.err()).contains("--date");
    }

    @ParameterizedTest
    @CsvSource({"--help,demo", "--version,clientele", "plan,mart.customer_rfm", "generate-completion,complete"})
    void shouldHelp(String command, String expected) {
        CommandRun run = CommandRun.of(command);

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains(expected);
    }

    @Test
    void shouldListEveryExitCodeInTheHelp() {
        String help = CommandRun.of("--help").out();

        assertThat(ExitCode.values()).allSatisfy(code -> assertThat(help)
                .containsPattern("(?m)^ +" + code.code() + " +" + Pattern.quote(code.doc()) + "$"));
    }

    private CommandRun nightly() {
        return run("nightly");
    }

    private CommandRun run(String... more) {
        String[] arguments = {
            "run",
            "--date",
            "2025-01-31",
            "--conf",
            conf.toString(),
            "--raw",
            folder.resolve("raw").toString(),
            "--lake",
            folder.resolve("lake").toString()
        };
        String[] all = Arrays.copyOf(arguments, arguments.length + more.length);
        System.arraycopy(more, 0, all, arguments.length, more.length);
        return CommandRun.of(all);
    }

    private void onlySource(String name, String files, String more) throws IOException {
        try (var shipped = Files.list(conf.resolve("sources"))) {
            for (Path source : shipped.toList()) {
                Files.delete(source);
            }
        }
        Files.writeString(conf.resolve("sources/" + name + ".yaml"), """
                entity: products
                files: "%s"
                format: {kind: csv}
                columns: [code]
                mapping: {product_ref: code}
                keys: [product_ref]
                %s
                """.formatted(files, more));
    }
}
