package io.clientele.cli;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import io.clientele.config.ConfigFile;
import io.clientele.failure.ExitCode;
import io.clientele.failure.Failure;
import io.clientele.lake.DataFiles;
import io.clientele.qualify.matching.Agreement;
import io.clientele.qualify.matching.Decisions;
import io.clientele.qualify.matching.Learned;
import io.clientele.qualify.matching.Matcher;
import io.clientele.qualify.matching.Rules;
import io.clientele.run.Session;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code clientele match}. */
@Command(
        name = "match",
        description = "Finds the records of files that are of one person or company.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true)
final class MatchCommand implements Callable<Integer> {

    private static final Map<String, String> SETTINGS = Map.of("spark.sql.adaptive.enabled", "false");

    @Spec
    private CommandSpec spec;

    @Option(names = "--config", required = true, paramLabel = "FILE", description = "What is compared, and how.")
    private Path config;

    @Option(
            names = "--input",
            required = true,
            arity = "1..*",
            paramLabel = "FILE",
            description = "CSV files with a header or Parquet files, with the same columns, or the folder of a Delta"
                    + " table.")
    private List<String> input;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Where clusters and pairs are written.")
    private Path out;

    @Option(
            names = "--truth",
            paramLabel = "COLUMN|FILE",
            description = "Who is who: an SQL expression over the input that is the same for the same person, or a CSV"
                    + " file of pairs of identifiers, or one whose first columns are columns of the input and whose"
                    + " last says who it is; the agreement is printed as one line of JSON.")
    private String truth;

    @Override
    public Integer call() {
        Rules rules = ConfigFile.read(config, Rules.class);
        SparkSession spark = Session.start(SETTINGS);
        long start = System.nanoTime();
        Dataset<Row> records =
                DataFiles.read(spark, input.stream().map(Where::resolved).toList());
        List<String> present = Arrays.asList(records.columns());
        List<String> missing = rules.required().stream()
                .filter(column -> !present.contains(column))
                .toList();
        if (!missing.isEmpty()) {
            throw Failure.configuration(
                    "%s: the input has no column %s; it has %s",
                    config, String.join(", ", missing), String.join(", ", present));
        }
        try (Matcher matcher = new Matcher(spark, rules, records)) {
            return match(matcher, spark, rules, records, start);
        }
    }

    private int match(Matcher matcher, SparkSession spark, Rules rules, Dataset<Row> records, long start) {
        Learned learned = matcher.learn();
        String folder = Where.resolved(out.toString());
        Dataset<Row> pairs = matcher.pairs(learned, Optional.empty()).persist(StorageLevel.DISK_ONLY());
        Dataset<Row> groups = matcher.groups(
                        records.select(
                                col("`" + rules.id() + "`").cast("string").as(Matcher.ID)),
                        pairs,
                        matcher.certain(Decisions.NONE),
                        Decisions.NONE)
                .persist(StorageLevel.DISK_ONLY());
        DataFiles.write(groups.select(col(Matcher.ID), col(Matcher.GROUP).as("cluster_id")), folder, "clusters");
        DataFiles.write(pairs.select(col(Matcher.ONE), col(Matcher.TWO), col(Matcher.PROBABILITY)), folder, "pairs");
        double seconds = (System.nanoTime() - start) / 1e9;
        PrintWriter text = spec.commandLine().getOut();
        text.printf(
                Locale.ROOT,
                "%,d records, %,d candidate pairs by the keys %s, %,d blocks too large and left out, %.1f s.%n",
                matcher.size(),
                matcher.compared(),
                learned.keys().stream().map(Learned.Key::parts).toList(),
                learned.largeBlocks().size() + matcher.newlyLargeBlocks(),
                seconds);
        text.printf(
                Locale.ROOT,
                "The keys find an estimated %.2f %% of the matches that any key finds; %.2f %% are lost in large blocks.%n",
                100 * learned.blockingRecall(),
                100 * learned.lostToLargeBlocks());
        text.println("Clusters and pairs are in " + out + ".");
        if (truth != null) {
            Agreement agreement = agreement(spark, rules, records, groups);
            text.printf(
                    Locale.ROOT,
                    "{\"records\":%d,\"candidate_pairs\":%d,\"true_pairs\":%d,\"found_pairs\":%d,\"precision\":%.4f,"
                            + "\"recall\":%.4f,\"f1\":%.4f,\"seconds\":%.1f}%n",
                    matcher.size(),
                    matcher.compared(),
                    agreement.real(),
                    agreement.found(),
                    agreement.precision(),
                    agreement.recall(),
                    agreement.f1(),
                    seconds);
        }
        return ExitCode.OK.code();
    }

    private Agreement agreement(SparkSession spark, Rules rules, Dataset<Row> records, Dataset<Row> groups) {
        Column id = col("`" + rules.id() + "`").cast("string").as(Matcher.ID);
        if (!Files.exists(Path.of(truth))) {
            return Agreement.withLabels(groups, records.select(id, expr(truth).as(Agreement.TRUTH)));
        }
        Dataset<Row> told = DataFiles.read(spark, List.of(Where.resolved(truth)));
        List<String> columns = List.of(told.columns());
        List<String> shared = columns.subList(0, columns.size() - 1);
        if (Arrays.asList(records.columns()).containsAll(shared)) {
            Dataset<Row> labels = records.join(told, shared.toArray(String[]::new), "inner")
                    .select(id, col("`" + columns.get(columns.size() - 1) + "`").as(Agreement.TRUTH));
            return Agreement.withLabels(groups, labels);
        }
        return Agreement.withPairs(
                groups,
                told.select(
                        col("`" + columns.get(0) + "`").as(Matcher.ONE),
                        col("`" + columns.get(1) + "`").as(Matcher.TWO)));
    }
}
