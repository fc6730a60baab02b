package io.clientele.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.clientele.CommandRun;
import io.clientele.LakeTables;
import io.clientele.OtherProcess;
import io.clientele.Project;
import io.clientele.failure.ExitCode;
import io.clientele.generate.Retailer;
import io.clientele.lake.DeltaLake;
import io.clientele.table.Table;
import io.clientele.testing.UnreliableFileSystem;
import io.clientele.testing.UnreliableFileSystem.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Nights that crash: something goes wrong at a random operation of the file system, or the process is killed there; then the
 * night is run again, as an orchestrator does. What that leaves is compared with a lake that nothing happened to. Arguments: a
 * folder, the number of nights, a seed.
 */
public final class Crashes {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final LocalDate NIGHT = LocalDate.of(2025, 11, 30);
    private static final int MOST_RUNS = 4;
    private static final List<Fault> KILLS =
            Stream.of(Fault.values()).filter(Fault::isDeadly).toList();
    private static final List<Fault> FAILURES =
            Stream.of(Fault.values()).filter(fault -> !fault.isDeadly()).toList();

    /** Settings of the engine that suit little data, and a file system that can go wrong. */
    private static final String SPARK = """
            lake: unused
            raw: unused
            jobsAtOnce: 2
            retries: {attempts: 3, pauseSeconds: 1}
            spark:
              spark.sql.codegen.wholeStage: false
              spark.sql.codegen.factoryMode: NO_CODEGEN
              spark.sql.shuffle.partitions: 2
              spark.hadoop.fs.file.impl: %s
            """.formatted(UnreliableFileSystem.class.getName());

    private final Path folder;
    private final Random random;
    private final Map<String, Integer> counts = new TreeMap<>();

    private Crashes(Path folder, long seed) {
        this.folder = folder;
        this.random = new Random(seed);
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path folder = Path.of(arguments[0]).toAbsolutePath();
        int nights = Integer.parseInt(arguments[1]);
        boolean isGood = new Crashes(folder, Long.parseLong(arguments[2])).run(nights);
        // Threads of Spark would keep the process.
        System.exit(isGood ? 0 : 1);
    }

    private boolean run(int nights) throws IOException, InterruptedException {
        new Retailer(new Retailer.Settings(300, 6, 7, NIGHT, 2, 0.01)).generate(folder, 2);
        Path conf = Project.copyConf(folder.resolve("conf"));
        Files.writeString(conf.resolve("lake.yaml"), SPARK);
        Path before = folder.resolve("before");
        require(nightly(before, NIGHT.minusDays(1)));
        Path undisturbed = Project.copy(before, folder.resolve("undisturbed"));
        UnreliableFileSystem.arm(Fault.REFUSED, Long.MAX_VALUE, undisturbed.toString());
        require(nightly(undisturbed, NIGHT));
        long operations = UnreliableFileSystem.disarm();
        Map<Table, List<Row>> expected = marts(undisturbed);
        System.err.printf("A night without faults does %,d operations that change something.%n", operations);
        List<String> complaints = new ArrayList<>();
        for (int night = 1; night <= nights; night++) {
            Path lake = Project.copy(before, folder.resolve("lake-" + night));
            // Killing takes a process of its own; every fifth night.
            Fault fault = any(night % 5 == 0 ? KILLS : FAILURES);
            String what = crash(lake, fault, 1 + random.nextLong(operations));
            List<String> wrong = compare(lake, expected);
            System.err.printf("%3d of %d: %s%s%n", night, nights, what, wrong.isEmpty() ? "" : "; WRONG: " + wrong);
            wrong.forEach(complaint -> complaints.add(what + ": " + complaint));
            if (wrong.isEmpty()) {
                delete(lake);
            }
        }
        Map<String, Object> line = new TreeMap<>(counts);
        line.put("data", "crashes");
        line.put("nights", nights);
        line.put("operations", operations);
        line.put("wrong", complaints.size());
        System.out.println(JSON.writeValueAsString(line));
        return complaints.isEmpty();
    }

    /** Runs a night in which something goes wrong, and again until it has succeeded. */
    private String crash(Path lake, Fault fault, long operation) throws IOException, InterruptedException {
        count("fault " + fault);
        int exitCode;
        if (fault.isDeadly()) {
            exitCode = inAnotherProcess(lake, fault, operation);
        } else {
            UnreliableFileSystem.arm(fault, operation, lake.toString());
            exitCode = nightly(lake, NIGHT).exitCode();
            UnreliableFileSystem.disarm();
        }
        count("first exit " + exitCode);
        int runs = 1;
        int again = exitCode;
        while (again != ExitCode.OK.code() && runs < MOST_RUNS) {
            CommandRun run = nightly(lake, NIGHT);
            again = run.exitCode();
            runs++;
        }
        count("runs " + runs);
        return "%s at operation %,d: exit %d, run %d time%s"
                .formatted(fault, operation, exitCode, runs, runs > 1 ? "s" : "");
    }

    private int inAnotherProcess(Path lake, Fault fault, long operation) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(OtherProcess.command(arguments(lake, NIGHT)));
        command.add(1, "-D%s=%s,%d,%s".formatted(UnreliableFileSystem.PROPERTY, fault, operation, lake));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("killed.log").toFile())
                .start()
                .waitFor();
    }

    private List<String> compare(Path lake, Map<Table, List<Row>> expected) throws IOException {
        List<String> wrong = new ArrayList<>();
        marts(lake).forEach((mart, rows) -> {
            if (!rows.equals(expected.get(mart))) {
                wrong.add(mart + " differs");
            }
        });
        SparkSession spark = SparkSession.active();
        LakeTables.register(spark, lake.toString());
        String ledger = spark.sql("""
                        select count(distinct run_id) = count(*), max_by(status, started_at), count_if(status = 'running'),
                          (select count(*) from ops.job_runs j left anti join ops.runs r on r.run_id = j.run_id)
                        from ops.runs""").head().toString();
        if (!ledger.equals("[true,succeeded,0,0]")) {
            wrong.add("ledger " + ledger);
        }
        // Of every job a balance of its own has been kept: a run in which it is not even does not succeed.
        String files = spark.sql("""
                        select sum(records) - sum(accepted) - sum(rejected), count(*) - count(distinct file)
                        from collected.files""").head().toString();
        if (!files.equals("[0,0]")) {
            wrong.add("records " + files);
        }
        try (Stream<Path> unended = Files.list(lake.resolve("_clientele/unended"))) {
            if (unended.findAny().isPresent()) {
                wrong.add("a run has not ended");
            }
        }
        return wrong;
    }

    private static Map<Table, List<Row>> marts(Path root) {
        DeltaLake lake = new DeltaLake(SparkSession.active(), root.toString());
        Map<Table, List<Row>> rows = new HashMap<>();
        LakeTables.marts()
                .forEach(mart -> rows.put(
                        mart, lake.read(mart).orderBy(mart.keyColumns()).collectAsList()));
        return rows;
    }

    private CommandRun nightly(Path lake, LocalDate date) {
        return CommandRun.of(arguments(lake, date).toArray(String[]::new));
    }

    private List<String> arguments(Path lake, LocalDate date) {
        return List.of(
                "run",
                "nightly",
                "--date",
                date.toString(),
                "--conf",
                folder.resolve("conf").toString(),
                "--raw",
                folder.resolve("raw").toString(),
                "--lake",
                lake.toString());
    }

    private Fault any(List<Fault> faults) {
        return faults.get(random.nextInt(faults.size()));
    }

    private void count(String what) {
        counts.merge(what, 1, Integer::sum);
    }

    private static void require(CommandRun run) {
        if (run.exitCode() != ExitCode.OK.code()) {
            throw new IllegalStateException(run.err());
        }
    }

    private static void delete(Path folder) throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> files = Files.walk(folder)) {
            deepestFirst = new ArrayList<>(files.toList());
        }
        for (int i = deepestFirst.size() - 1; i >= 0; i--) {
            Files.delete(deepestFirst.get(i));
        }
    }
}
