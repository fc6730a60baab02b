package io.clientele.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/**
 * Where a batch rests between being read and being distributed over several tables. It is either sealed, and then
 * distributing it can be repeated until it is done, or not, and then it counts for nothing.
 */
public final class Staging {

    private static final String SEAL = "sealed";
    private final SparkSession spark;
    private final Path folder;

    public Staging(SparkSession spark, String lakeRoot, String name) {
        this.spark = spark;
        this.folder = new Path(lakeRoot, "_clientele/staging/" + name);
    }

    /** The number of the batch that rests here, if it was sealed and not cleared. */
    public Optional<Long> sealedBatch() {
        try {
            Path seal = new Path(folder, SEAL);
            if (!fileSystem().exists(seal)) {
                return Optional.empty();
            }
            try (var in = fileSystem().open(seal)) {
                return Optional.of(Long.valueOf(new String(in.readAllBytes(), StandardCharsets.UTF_8).strip()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void write(String part, Dataset<Row> rows) {
        Lease.check(folder.toString());
        // Written once and read twice: what dictionaries save in space they cost in time.
        rows.write()
                .mode(SaveMode.Overwrite)
                .option("parquet.enable.dictionary", "false")
                .option("compression", "lz4_raw")
                .parquet(new Path(folder, part).toString());
    }

    public boolean has(String part) {
        try {
            return fileSystem().exists(new Path(folder, part));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Dataset<Row> read(String part) {
        return spark.read().parquet(new Path(folder, part).toString());
    }

    /** Says that all parts are written. The seal appears whole or not at all. */
    public void seal(long batch) {
        Lease.check(folder.toString());
        try {
            WholeFile.write(
                    fileSystem(), new Path(folder, SEAL), Long.toString(batch).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Empties the place, the seal first. */
    public void clear() {
        Lease.check(folder.toString());
        try {
            fileSystem().delete(new Path(folder, SEAL), false);
            fileSystem().delete(folder, true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private FileSystem fileSystem() throws IOException {
        return folder.getFileSystem(spark.sessionState().newHadoopConf());
    }
}
