package io.clientele.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What Spark's tasks did for each job of a night, by the log of Spark's events. */
final class NightTasks {

    /** What was not done for a job: the runner's own, before and after. */
    static final String OF_NO_JOB = "(runner)";

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * @param coreSeconds for which tasks had a core
     * @param cpuSeconds for which they used it
     * @param readBytes from files
     */
    record Work(double coreSeconds, double cpuSeconds, long readBytes, long shuffledBytes) {

        static final Work NONE = new Work(0, 0, 0, 0);

        Work plus(Work other) {
            return new Work(
                    coreSeconds + other.coreSeconds,
                    cpuSeconds + other.cpuSeconds,
                    readBytes + other.readBytes,
                    shuffledBytes + other.shuffledBytes);
        }
    }

    private NightTasks() {}

    /** @param log the folder in which Spark wrote the events of one session */
    static Map<String, Work> of(Path log) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(log)) {
            files = all.filter(file -> file.getFileName().toString().startsWith("events"))
                    .sorted()
                    .toList();
        }
        Map<Integer, String> jobs = new HashMap<>();
        Map<String, Work> work = new TreeMap<>();
        for (Path file : files) {
            try (Stream<String> lines = Files.lines(file)) {
                lines.forEach(line -> {
                    if (line.startsWith("{\"Event\":\"SparkListenerJobStart\"")) {
                        started(parsed(line), jobs);
                    } else if (line.startsWith("{\"Event\":\"SparkListenerTaskEnd\"")) {
                        ended(parsed(line), jobs, work);
                    }
                });
            }
        }
        return work;
    }

    private static void started(JsonNode event, Map<Integer, String> jobs) {
        String group = event.path("Properties").path("spark.jobGroup.id").asText(OF_NO_JOB);
        event.get("Stage IDs").forEach(stage -> jobs.putIfAbsent(stage.asInt(), group));
    }

    /** A task that failed may have no metrics. */
    private static void ended(JsonNode event, Map<Integer, String> jobs, Map<String, Work> work) {
        JsonNode metrics = event.path("Task Metrics");
        work.merge(
                jobs.getOrDefault(event.get("Stage ID").asInt(), OF_NO_JOB),
                new Work(
                        metrics.path("Executor Run Time").asLong() / 1e3,
                        metrics.path("Executor CPU Time").asLong() / 1e9,
                        metrics.path("Input Metrics").path("Bytes Read").asLong(),
                        metrics.path("Shuffle Write Metrics")
                                .path("Shuffle Bytes Written")
                                .asLong()),
                Work::plus);
    }

    private static JsonNode parsed(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new IllegalArgumentException("no event of Spark: " + line, e);
        }
    }
}
