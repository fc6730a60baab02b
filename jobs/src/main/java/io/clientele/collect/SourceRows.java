package io.clientele.collect;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;

import io.clientele.lake.RawZone;
import io.clientele.text.Issue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.Type;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;

/** Everything in the files of one source: records and trailers, as {@link ParsedColumns} describes them. */
final class SourceRows {

    /** How many bytes a task should read at least; a file is never split, for its position is its identity. */
    private static final long TASK_BYTES = 16L << 20;

    private SourceRows() {}

    static Dataset<Row> read(SparkSession spark, Source source, List<Arrival> arrivals, RawZone raw, int longest) {
        return source.format().kind() == Source.Kind.PARQUET
                ? parquet(spark, source, arrivals, raw)
                : text(spark, source, arrivals, raw, longest);
    }

    private static Dataset<Row> text(
            SparkSession spark, Source source, List<Arrival> arrivals, RawZone raw, int longest) {
        FlatMapFunction<List<Arrival>, Row> reading = files -> new Concatenated(files, source, raw, longest);
        List<List<Arrival>> tasks = tasks(arrivals, spark.sparkContext().defaultParallelism());
        return spark.createDataFrame(
                JavaSparkContext.fromSparkContext(spark.sparkContext())
                        .parallelize(tasks, tasks.size())
                        .flatMap(reading),
                ParsedColumns.schema(source.columns()));
    }

    /** The rows of several files, one file open at a time. */
    private static final class Concatenated implements Iterator<Row> {
        private final Iterator<Arrival> files;
        private final Source source;
        private final RawZone raw;
        private final int longest;
        private Iterator<Row> current = Collections.emptyIterator();

        private Concatenated(List<Arrival> files, Source source, RawZone raw, int longest) {
            this.files = files.iterator();
            this.source = source;
            this.raw = raw;
            this.longest = longest;
        }

        @Override
        public boolean hasNext() {
            while (!current.hasNext() && files.hasNext()) {
                current = new TextFileRows(source, files.next(), raw, longest);
            }
            return current.hasNext();
        }

        @Override
        public Row next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return current.next();
        }
    }

    /** Deals the files out, the largest first, each to the task that has least. */
    private static List<List<Arrival>> tasks(List<Arrival> arrivals, int parallelism) {
        long bytes =
                arrivals.stream().mapToLong(arrival -> arrival.file().size()).sum();
        int count = (int) Math.max(1, Math.min(arrivals.size(), Math.max(parallelism, bytes / TASK_BYTES)));
        record Load(long bytes, List<Arrival> files) {}
        PriorityQueue<Load> loads = new PriorityQueue<>(Comparator.comparingLong(Load::bytes));
        for (int i = 0; i < count; i++) {
            loads.add(new Load(0, new ArrayList<>()));
        }
        arrivals.stream()
                .sorted(Comparator.comparingLong(
                                (Arrival arrival) -> arrival.file().size())
                        .reversed()
                        .thenComparing(arrival -> arrival.file().name()))
                .forEach(arrival -> {
                    Load least = loads.remove();
                    least.files().add(arrival);
                    loads.add(new Load(least.bytes() + arrival.file().size(), least.files()));
                });
        return loads.stream().map(Load::files).filter(files -> !files.isEmpty()).toList();
    }

    /**
     * Parquet is read by Spark, which fails on the first bad file: so each file's footer is looked at before, and only good
     * files are read.
     */
    private static Dataset<Row> parquet(SparkSession spark, Source source, List<Arrival> arrivals, RawZone raw) {
        List<Row> trailers = JavaSparkContext.fromSparkContext(spark.sparkContext())
                .parallelize(
                        arrivals, Math.min(arrivals.size(), spark.sparkContext().defaultParallelism()))
                .map(arrival -> parquetTrailer(source, arrival, raw))
                .collect();
        Dataset<Row> ends = spark.createDataFrame(trailers, DataTypes.createStructType(ParsedColumns.fields()));
        List<String> good = trailers.stream()
                .filter(trailer -> trailer.isNullAt(ParsedColumns.ISSUE.position()))
                .map(trailer -> trailer.getString(ParsedColumns.FILE.position()))
                .toList();
        if (good.isEmpty()) {
            return withDelivered(ends, source);
        }
        return parquetRecords(spark, source, arrivals, raw, good).unionByName(ends, true);
    }

    private static Dataset<Row> withDelivered(Dataset<Row> ends, Source source) {
        Dataset<Row> result = ends;
        for (String column : source.columns()) {
            result = result.withColumn(column, lit(null).cast(DataTypes.StringType));
        }
        return result;
    }

    private static Dataset<Row> parquetRecords(
            SparkSession spark, Source source, List<Arrival> arrivals, RawZone raw, List<String> good) {
        List<Row> locations = new ArrayList<>();
        Set<String> isGood = new HashSet<>(good);
        for (Arrival arrival : arrivals) {
            if (isGood.contains(arrival.file().name())) {
                locations.add(RowFactory.create(
                        location(raw, arrival.file().name()), arrival.file().name(), arrival.deliveredOn()));
            }
        }
        String location = "__location";
        Dataset<Row> names = spark.createDataFrame(
                locations,
                DataTypes.createStructType(List.of(
                        DataTypes.createStructField(location, DataTypes.StringType, false),
                        DataTypes.createStructField(ParsedColumns.FILE.column(), DataTypes.StringType, false),
                        DataTypes.createStructField(ParsedColumns.DELIVERED_ON.column(), DataTypes.DateType, false))));
        Dataset<Row> rows = raw.parquet(spark, good);
        Set<String> present = new HashSet<>(Arrays.asList(rows.columns()));
        List<Column> columns = new ArrayList<>(List.of(
                col("_metadata.file_path").as(location),
                ParsedColumns.POSITION.is(col("_metadata.row_index")),
                to_json(struct(Arrays.stream(rows.columns())
                                .map(name -> col("`" + name + "`"))
                                .toArray(Column[]::new)))
                        .as(ParsedColumns.RAW.column())));
        source.columns()
                .forEach(column -> columns.add(
                        present.contains(column)
                                ? col("`" + column + "`")
                                : lit(null).cast(DataTypes.StringType).as(column)));
        return rows.select(columns.toArray(Column[]::new))
                .join(broadcast(names), location)
                .drop(location);
    }

    private static String location(RawZone raw, String name) {
        try {
            return raw.path(name)
                    .getFileSystem(raw.hadoop())
                    .makeQualified(raw.path(name))
                    .toUri()
                    .toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Row parquetTrailer(Source source, Arrival arrival, RawZone raw) {
        RefusedFile refused = null;
        long records = 0;
        try {
            records = parquetRecords(source, arrival, raw);
        } catch (RefusedFile e) {
            refused = e;
        }
        return RowFactory.create(Trailers.values(
                arrival, records, raw.sha256(arrival.file().name()), refused, ParsedColumns.values().length));
    }

    private static long parquetRecords(Source source, Arrival arrival, RawZone raw) throws RefusedFile {
        if (!arrival.isDated()) {
            throw new RefusedFile(Issue.FILE_UNDATED, "expected " + source.dated());
        }
        if (arrival.file().size() == 0) {
            throw new RefusedFile(Issue.FILE_EMPTY, "0 bytes");
        }
        Configuration hadoop = raw.hadoop();
        try (ParquetFileReader reader = ParquetFileReader.open(
                HadoopInputFile.fromPath(raw.path(arrival.file().name()), hadoop))) {
            Set<String> unknown = new HashSet<>(reader.getFileMetaData().getSchema().getFields().stream()
                    .map(Type::getName)
                    .toList());
            List<String> missing = source.columns().stream()
                    .filter(column -> !unknown.remove(column) && source.needs(column))
                    .toList();
            if (!missing.isEmpty()) {
                throw new RefusedFile(Issue.FILE_COLUMNS, "missing " + String.join(", ", missing));
            }
            if (!unknown.isEmpty() && source.unknownColumns() == Source.Policy.REJECT) {
                throw new RefusedFile(Issue.FILE_COLUMNS, unknown.size() + " unknown columns");
            }
            return reader.getFooter().getBlocks().stream()
                    .mapToLong(BlockMetaData::getRowCount)
                    .sum();
        } catch (RefusedFile refused) {
            throw refused;
        } catch (IOException | RuntimeException notParquet) {
            throw new RefusedFile(Issue.FILE_UNREADABLE, "not a whole Parquet file");
        }
    }
}
