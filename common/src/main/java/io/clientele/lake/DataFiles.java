package io.clientele.lake;

import io.clientele.failure.Failure;
import io.delta.tables.DeltaTable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/** Tables by where they are: CSV with a header, every column text; Parquet; or the folder of a Delta table. */
public final class DataFiles {

    private DataFiles() {}

    /**
     * Reads files of one kind that have the same columns, or one Delta table; blanks around names are dropped.
     *
     * @throws Failure (input) if there is no such file
     */
    public static Dataset<Row> read(SparkSession spark, List<String> files) {
        try {
            if (files.size() == 1 && DeltaTable.isDeltaTable(spark, files.get(0))) {
                return spark.read().format("delta").load(files.get(0));
            }
            boolean isParquet = files.stream().allMatch(file -> file.endsWith(".parquet"));
            String[] paths = files.toArray(String[]::new);
            Dataset<Row> rows = isParquet
                    ? spark.read().parquet(paths)
                    : spark.read()
                            .option("header", "true")
                            .option("escape", "\"")
                            .option("multiLine", "true")
                            .option("ignoreLeadingWhiteSpace", "true")
                            .option("ignoreTrailingWhiteSpace", "true")
                            .option("enforceSchema", "false")
                            .csv(paths);
            Column[] columns = Arrays.stream(rows.columns())
                    .map(name -> functions.col("`" + name + "`").as(name.strip()))
                    .toArray(Column[]::new);
            return rows.select(columns);
        } catch (Exception e) { // the checked AnalysisException, which Scala does not declare
            throw Failure.input(
                    "%s: cannot be read as CSV, Parquet or Delta table; check that it is there",
                    String.join(", ", files));
        }
    }

    /** Writes a table as one CSV file with a header, or several if it is large, into a folder of its own. */
    public static void write(Dataset<Row> rows, String folder, String name) {
        rows.write().mode(SaveMode.Overwrite).option("header", "true").csv(new Path(folder, name).toString());
    }

    /** Writes a text into a folder, over one of the same name. */
    public static void writeText(String text, String folder, String name) {
        Path path = new Path(folder, name);
        try (OutputStream out = path.getFileSystem(
                        SparkSession.active().sessionState().newHadoopConf())
                .create(path, true)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
