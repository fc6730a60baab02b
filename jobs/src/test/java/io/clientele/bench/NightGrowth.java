package io.clientele.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How nights grow with the order lines: of each figure the exponent between the two largest sizes, and what a line more costs
 * there, from which follows what a thousand million lines would cost if it stayed so. Argument: the file with the lines that
 * {@link NightBench} wrote.
 */
final class NightGrowth {

    private static final ObjectMapper JSON = new ObjectMapper();
    static final double FAR = 1e9;

    private NightGrowth() {}

    public static void main(String[] arguments) throws IOException {
        List<JsonNode> sizes = Files.readAllLines(Path.of(arguments[0])).stream()
                .map(NightGrowth::parsed)
                .sorted(Comparator.comparing(NightGrowth::lines))
                .toList();
        JsonNode small = sizes.get(sizes.size() - 2);
        JsonNode large = sizes.get(sizes.size() - 1);
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("data", "growth");
        figures.put("from_lines", lines(small));
        figures.put("to_lines", lines(large));
        PrintStream out = System.out;
        out.printf(
                Locale.ROOT,
                "%n%-32s%14s%22s%22s%n",
                "from %,d to %,d lines".formatted((long) lines(small), (long) lines(large)),
                "exponent",
                "a million lines more",
                "%,.0f lines".formatted(FAR));
        for (String night : List.of("full", "more")) {
            for (String what : List.of("seconds", "core_seconds", "shuffled_bytes", "lake_bytes")) {
                String name = night + "_" + what;
                tell(name, small.get(name).asDouble(), large.get(name).asDouble(), small, large, figures, out);
            }
        }
        small.get("job_seconds")
                .properties()
                .forEach(job -> tell(
                        "full_" + job.getKey(),
                        job.getValue().get("full").asDouble(),
                        large.get("job_seconds").get(job.getKey()).get("full").asDouble(),
                        small,
                        large,
                        figures,
                        out));
        out.println(JSON.writeValueAsString(figures));
    }

    private static void tell(
            String name,
            double before,
            double after,
            JsonNode small,
            JsonNode large,
            Map<String, Object> figures,
            PrintStream out) {
        double exponent = Math.log(after / before) / Math.log(lines(large) / lines(small));
        double perLine = (after - before) / (lines(large) - lines(small));
        double far = after + perLine * (FAR - lines(large));
        figures.put(name, Map.of("exponent", exponent, "per_million", perLine * 1e6, "far", far));
        out.printf(Locale.ROOT, "%-32s%14.2f%,22.1f%,22.0f%n", name, exponent, perLine * 1e6, far);
    }

    private static double lines(JsonNode size) {
        return size.get("order_lines").asDouble();
    }

    private static JsonNode parsed(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new IllegalArgumentException("no line of JSON: " + line, e);
        }
    }
}
