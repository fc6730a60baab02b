package io.clientele.bench;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.clientele.lake.DeltaLake;
import io.clientele.lake.Lake.WriteId;
import io.clientele.lake.Upkeep;
import io.clientele.run.Session;
import io.clientele.schema.CustomerRfm;
import io.clientele.schema.DimProducts;
import io.clientele.schema.FctOrderLines;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Order lines in a lake, as nights find them. Arguments: the folder with the lines, a date, and {@code until}: the lines up to
 * that date, clustered as maintenance leaves them; {@code after}: those that came later; or {@code marks}: names the files of
 * what the job made of them.
 */
final class RfmLake {

    private RfmLake() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        LocalDate date = LocalDate.parse(arguments[1]);
        try (SparkSession spark = Session.start(Map.of())) {
            DeltaLake lake = new DeltaLake(spark, folder.resolve("lake").toString());
            Dataset<Row> lines = spark.read().parquet(folder.resolve("lines").toString());
            Column isUntil = FctOrderLines.ORDERED_ON.col().leq(lit(date));
            switch (arguments[2]) {
                case "until" -> {
                    lake.replace(FctOrderLines.TABLE, lines.where(isUntil));
                    lake.createIfAbsent(DimProducts.TABLE);
                    new Upkeep(spark, lake).compact(FctOrderLines.TABLE);
                }
                case "after" -> lake.append(FctOrderLines.TABLE, lines.where(not(isUntil)), new WriteId("after", 1));
                default ->
                    new ObjectMapper().writeValue(folder.resolve("marks.json").toFile(), files(lake));
            }
        }
    }

    private static List<String> files(DeltaLake lake) {
        return Stream.of(lake.read(CustomerRfm.TABLE).inputFiles())
                .map(file -> Path.of(URI.create(file)).toString())
                .toList();
    }
}
