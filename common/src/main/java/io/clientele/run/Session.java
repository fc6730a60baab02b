package io.clientele.run;

import io.clientele.lake.LocalFiles;
import io.clientele.lake.ObjectStoreSettings;
import java.util.HashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;

/** Starts the one Spark session of the process, with what every job relies on. */
public final class Session {

    private static final String HADOOP = "spark.hadoop.";

    /** Local files are written, and commits made of them, without a process of the shell for each. */
    private static final Map<String, String> LOCAL_FILES = Map.of(
            "spark.hadoop.fs.file.impl", LocalFiles.class.getName(),
            "spark.delta.logStore.file.impl", "io.delta.storage.LocalLogStore",
            "spark.sql.streaming.checkpointFileManagerClass",
                    "org.apache.spark.sql.execution.streaming.checkpointing.FileSystemBasedCheckpointFileManager");

    private Session() {}

    /**
     * Starts a session, or takes the one that runs.
     *
     * @param settings Spark settings of {@code conf/lake.yaml}; they win over the defaults set here, while what
     *     {@code spark-submit} was told wins over both
     */
    public static SparkSession start(Map<String, String> settings) {
        int cores = Runtime.getRuntime().availableProcessors();
        SparkSession.Builder builder = SparkSession.builder()
                .appName("clientele")
                .config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
                .config("spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog")
                .config("spark.sql.session.timeZone", "UTC")
                .config("spark.sql.datetime.java8API.enabled", "true")
                .config("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS")
                // Java interprets longer methods and never compiles them; rather none for a whole stage than such a
                // one.
                .config("spark.sql.codegen.hugeMethodLimit", 8_000)
                // Delta writes rows that have changed beside those that have not; it need not sort them for that.
                .config("spark.sql.maxConcurrentOutputFileWriters", 8)
                // Delta answers min() of a date from statistics, and then fails on a LocalDate.
                .config("spark.databricks.delta.optimizeMetadataQuery.enabled", "false");
        if (isWithin()) {
            builder.master("local[*]")
                    .config("spark.ui.enabled", "false")
                    .config("spark.ui.showConsoleProgress", "false")
                    // What pages would show that are not served fills the memory otherwise.
                    .config("spark.sql.ui.retainedExecutions", 10)
                    .config("spark.ui.retainedJobs", 20)
                    .config("spark.ui.retainedStages", 20)
                    .config("spark.ui.retainedTasks", 1_000)
                    .config("spark.driver.host", "localhost")
                    .config("spark.driver.bindAddress", "127.0.0.1")
                    .config("spark.sql.shuffle.partitions", 2L * cores)
                    .config("spark.sql.adaptive.coalescePartitions.parallelismFirst", "false")
                    // VACUUM lists the folders of a table in so many tasks, of which the default are 10,000.
                    .config("spark.sql.sources.parallelPartitionDiscovery.parallelism", 2L * cores)
                    // The defaults of Delta rebuild the state of a table in 50 tasks, which suits very large ones.
                    .config("spark.databricks.delta.snapshotPartitions", 1);
        }
        complete(settings).forEach((key, value) -> {
            if (System.getProperty(key) == null) {
                builder.config(key, value);
            }
        });
        return builder.getOrCreate();
    }

    /** What file systems are told, for what happens without a session or before there is one: the same as within it. */
    public static Configuration hadoop(Map<String, String> settings) {
        Configuration hadoop = new Configuration();
        complete(settings).forEach((key, value) -> {
            if (key.startsWith(HADOOP)) {
                hadoop.set(key.substring(HADOOP.length()), value);
            }
        });
        return hadoop;
    }

    /** Whether Spark is of this process, and nobody but it has to know its classes. */
    private static boolean isWithin() {
        return System.getProperty("spark.master") == null;
    }

    /** With what {@code spark-submit} was told, and what follows from all of it. */
    private static Map<String, String> complete(Map<String, String> settings) {
        Map<String, String> told = new HashMap<>(isWithin() ? LOCAL_FILES : Map.of());
        told.putAll(settings);
        System.getProperties().stringPropertyNames().stream()
                .filter(key -> key.startsWith("spark."))
                .forEach(key -> told.put(key, System.getProperty(key)));
        return ObjectStoreSettings.complete(told, System.getenv());
    }
}
