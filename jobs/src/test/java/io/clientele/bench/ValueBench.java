package io.clientele.bench;

import io.clientele.predict.ValueMeasures;
import io.clientele.run.Session;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** Measures the fits of customer value: lines of JSON, and a table where errors go. */
final class ValueBench {

    private ValueBench() {}

    /** @param arguments numbers of customers between commas */
    public static void main(String[] arguments) throws Exception {
        Locale.setDefault(Locale.ROOT);
        ValueMeasures measures = new ValueMeasures(System.err::println, System.out::println);
        measures.cdnow();
        try (SparkSession spark = Session.start(Map.of())) {
            for (String customers : Arrays.asList(arguments[0].split(",", -1))) {
                measures.simulated(spark, Long.parseLong(customers));
            }
        }
    }
}
