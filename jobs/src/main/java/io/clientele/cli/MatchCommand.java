package io.clientele.cli;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;

import io.clientele.config.ConfigFile;
import io.clientele.failure.ExitCode;
import io.clientele.failure.Failure;
import io.clientele.lake.DataFiles;
import io.clientele.qualify.matching.Agreement;
import io.clientele.qualify.matching.Decisions;
import io.clientele.qualify.matching.Explanation;
import io.clientele.qualify.matching.Learned;
import io.clientele.qualify.matching.LevelWeight;
import io.clientele.qualify.matching.Matcher;
import io.clientele.qualify.matching.Rules;
import io.clientele.run.Session;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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

    /** Steps of probability on the page, examples, and the size from which clusters are shown together. */
    private static final int STEPS = 20;

    private static final int EXAMPLES = 6;
    private static final long LARGEST_SHOWN = 20;

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

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "Where clusters, pairs, the model and a page of charts are written.")
    private Path out;

    @Option(
            names = "--truth",
            paramLabel = "COLUMN|FILE",
            description = "Who is who: an SQL expression over the input that is the same for the same person, or a CSV"
                    + " file of pairs of identifiers, or one whose first columns are columns of the input and"
                    + " whose last says who it is; the agreement, by pairs and by whole clusters, is printed as one"
                    + " line of JSON.")
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
        checkTruth(records);
        try (Matcher matcher = new Matcher(spark, rules, records)) {
            return match(matcher, spark, rules, records, start);
        }
    }

    /** Before the work is done, not after it. */
    private void checkTruth(Dataset<Row> records) {
        if (truth == null || Files.exists(Path.of(truth))) {
            return;
        }
        try {
            records.select(expr(truth));
        } catch (Exception e) { // the checked AnalysisException, which Scala does not declare
            throw new Failure(
                    ExitCode.USAGE,
                    "--truth: there is no file '%s', and it is no SQL expression over the input, which has %s"
                            .formatted(truth, String.join(", ", records.columns())));
        }
    }

    private int match(Matcher matcher, SparkSession spark, Rules rules, Dataset<Row> records, long start) {
        Learned learned = matcher.learn();
        String folder = Where.resolved(out.toString());
        Dataset<Row> pairs = matcher.pairs(learned, Optional.empty()).persist(StorageLevel.DISK_ONLY());
        Dataset<Row> groups = matcher.groups(
                        learned,
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
        DataFiles.writeText(learned.json(), folder, "model.json");
        DataFiles.writeText(page(rules, learned, records, pairs, groups, matcher), folder, "matching.html");
        text.println("In " + out
                + ": clusters and pairs as CSV, the model as model.json, and matching.html, which shows both.");
        if (truth != null) {
            Agreement agreement = agreement(spark, rules, records, groups);
            text.printf(
                    Locale.ROOT,
                    "{\"records\":%d,\"candidate_pairs\":%d,\"true_pairs\":%d,\"found_pairs\":%d,\"precision\":%.4f,"
                            + "\"recall\":%.4f,\"f1\":%.4f,\"true_clusters\":%d,\"found_clusters\":%d,"
                            + "\"cluster_precision\":%.4f,\"cluster_recall\":%.4f,\"cluster_f1\":%.4f,\"seconds\":%.1f}%n",
                    matcher.size(),
                    matcher.compared(),
                    agreement.real(),
                    agreement.found(),
                    agreement.precision(),
                    agreement.recall(),
                    agreement.f1(),
                    agreement.realGroups(),
                    agreement.foundGroups(),
                    agreement.groupPrecision(),
                    agreement.groupRecall(),
                    agreement.groupF1(),
                    seconds);
        }
        return ExitCode.OK.code();
    }

    private String page(
            Rules rules,
            Learned learned,
            Dataset<Row> records,
            Dataset<Row> pairs,
            Dataset<Row> groups,
            Matcher matcher) {
        Column probability = col(Matcher.PROBABILITY);
        Column step = floor(probability.multiply(STEPS));
        List<Row> steps = pairs.groupBy(step)
                .agg(count(lit(1)), sum(probability), min(struct(col(Matcher.ONE), col(Matcher.TWO))))
                .orderBy(step.desc())
                .collectAsList();
        double all = steps.stream().mapToDouble(row -> row.getDouble(2)).sum();
        List<MatchPage.Point> curve = new ArrayList<>();
        long found = 0;
        double right = 0;
        for (Row row : steps) {
            found += row.getLong(1);
            right += row.getDouble(2);
            curve.add(new MatchPage.Point((double) row.getLong(0) / STEPS, found, right / found, right / all));
        }
        List<MatchPage.Size> sizes = groups
                .groupBy(col(Matcher.GROUP))
                .agg(count(lit(1)).as("size"))
                .groupBy(least(col("size"), lit(LARGEST_SHOWN)).as("size"))
                .agg(count(lit(1)))
                .orderBy(col("size"))
                .collectAsList()
                .stream()
                .map(row -> new MatchPage.Size(
                        row.getLong(0) + (row.getLong(0) == LARGEST_SHOWN ? " or more" : ""), row.getLong(1)))
                .toList();
        return MatchPage.of(
                "Matching of " + String.join(", ", input),
                String.format(
                        Locale.ROOT,
                        "%,d records, %,d pairs compared, threshold %.2f.",
                        matcher.size(),
                        matcher.compared(),
                        rules.threshold()),
                learned,
                LevelWeight.of(learned),
                curve,
                sizes,
                examples(rules, learned, records, steps));
    }

    /** A pair of every few steps of probability. */
    private static List<MatchPage.Example> examples(
            Rules rules, Learned learned, Dataset<Row> records, List<Row> steps) {
        List<Row> some = IntStream.range(0, steps.size())
                .filter(i -> i % Math.max(1, steps.size() / EXAMPLES) == 0)
                .mapToObj(i -> steps.get(i).getStruct(3))
                .limit(EXAMPLES)
                .toList();
        Object[] ids = some.stream()
                .flatMap(pair -> Stream.of(pair.get(0), pair.get(1)))
                .distinct()
                .toArray();
        Column id = col("`" + rules.id() + "`").cast("string");
        Map<String, Row> byId = new HashMap<>();
        records.where(id.isin(ids))
                .collectAsList()
                .forEach(row -> byId.put(row.getAs(rules.id()).toString(), row));
        return some.stream()
                .map(pair -> new MatchPage.Example(
                        pair.getString(0),
                        pair.getString(1),
                        Explanation.of(rules, learned, byId.get(pair.getString(0)), byId.get(pair.getString(1)))))
                .toList();
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
