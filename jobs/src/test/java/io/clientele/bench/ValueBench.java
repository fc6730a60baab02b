package io.clientele.bench;

import io.clientele.predict.ValueMeasures;
import io.clientele.run.Session;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** Measures the fits of customer value: a table to the console, lines of JSON to a file. */
final class ValueBench {

    private ValueBench() {}

    /** @param arguments the file that lines are added to, and numbers of customers between commas */
    public static void main(String[] arguments) throws Exception {
        Locale.setDefault(Locale.ROOT);
        try (PrintStream lines = new PrintStream(
                Files.newOutputStream(Path.of(arguments[0]), StandardOpenOption.CREATE, StandardOpenOption.APPEND),
                true,
                StandardCharsets.UTF_8)) {
            ValueMeasures measures = new ValueMeasures(System.out::println, lines::println);
            measures.cdnow();
            try (SparkSession spark = Session.start(Map.of())) {
                for (String customers : Arrays.asList(arguments[1].split(","))) {
                    measures.simulated(spark, Long.parseLong(customers));
                }
            }
        }
    }
}
