package io.clientele.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.clientele.quality.Dimension;
import io.clientele.quality.Outcome;
import io.clientele.quality.Severity;
import io.clientele.quality.Verdict;
import io.clientele.run.Job;
import io.clientele.run.Progress;
import io.clientele.run.RunRecord;
import io.clientele.run.RunRecord.JobRecord;
import io.clientele.run.RunRecord.TableRead;
import io.clientele.run.RunRecord.TableWrite;
import io.clientele.schema.Customers;
import io.clientele.schema.DimCustomers;
import io.openlineage.server.OpenLineage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineageEventsTest {

    private static final ObjectMapper JSON =
            JsonMapper.builder().addModule(new JavaTimeModule()).build();
    private static final LocalDate DAY = LocalDate.of(2026, 1, 31);
    private static final Instant START = Instant.parse("2026-02-01T03:30:00Z");
    private static final Job<?> DIMENSIONS = Job.named("dimensions", folder -> "")
            .reads(Customers.TABLE)
            .writes(DimCustomers.TABLE)
            .runs((config, run) -> {});

    @TempDir
    private Path folder;

    private final List<String> bodies = Collections.synchronizedList(new ArrayList<>());
    private final List<String> keys = Collections.synchronizedList(new ArrayList<>());
    private final List<String> said = new ArrayList<>();
    private HttpServer server;
    private int status = 201;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/v1/lineage", this::receive);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void receive(HttpExchange exchange) throws IOException {
        bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        keys.add(exchange.getRequestHeaders().getFirst("Authorization"));
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    @Test
    void shouldTellAServerWhatEachJobReadAndWrote() throws IOException {
        night(url());

        assertThat(keys).containsOnly("Bearer secret");
        List<OpenLineage.RunEvent> events = new ArrayList<>();
        for (String body : bodies) {
            events.add(JSON.readValue(body, OpenLineage.RunEvent.class));
        }
        assertThat(events)
                .extracting(event -> event.getJob().getName() + " " + event.getEventType())
                .containsExactly("night START", "dimensions START", "dimensions COMPLETE", "night COMPLETE");
        assertThat(events.get(1).getRun().getRunId())
                .isEqualTo(events.get(2).getRun().getRunId())
                .isNotEqualTo(events.get(0).getRun().getRunId());
        assertThat(JSON.readTree(bodies.get(2))
                        .at("/run/facets/parent/run/runId")
                        .asText())
                .isEqualTo(events.get(0).getRun().getRunId().toString());
    }

    @Test
    void shouldGiveTheContractsOfTheTables() throws IOException {
        night(url());

        JsonNode input = JSON.readTree(bodies.get(2)).at("/inputs/0");
        assertThat(input.at("/namespace").asText()).isEqualTo("s3://shop");
        assertThat(input.at("/name").asText()).isEqualTo("lake/qualified/customers");
        assertThat(input.at("/facets/version/datasetVersion").asText()).isEqualTo("7");
        assertThat(input.at("/facets/tags/tags").findValuesAsText("field")).contains("last_name");
        JsonNode output = JSON.readTree(bodies.get(2)).at("/outputs/0");
        assertThat(output.at("/name").asText()).isEqualTo("lake/mart/dim_customers");
        assertThat(output.at("/outputFacets/outputStatistics/rowCount").asLong())
                .isEqualTo(90);
        assertThat(output.at("/facets/documentation/description").asText()).startsWith("One row is ");
        assertThat(output.at("/facets/schema/fields").findValuesAsText("description"))
                .hasSize(DimCustomers.TABLE.fields().size());
        JsonNode test = JSON.readTree(bodies.get(2)).at("/run/facets/test/tests/0");
        assertThat(test.at("/name").asText()).isEqualTo("mart.dim_customers customers_are_known");
        assertThat(test.at("/status").asText()).isEqualTo("fail");
    }

    @Test
    void shouldWriteALineForEachEventToAFile() throws IOException {
        Path file = folder.resolve("lineage.json");

        night(file.toString());

        assertThat(Files.readAllLines(file)).hasSize(4).allSatisfy(line -> JSON.readTree(line));
    }

    @Test
    void shouldGoOnWithoutAServerThatRefuses() {
        status = 500;

        night(url());

        assertThat(bodies).hasSize(1);
        assertThat(said).containsExactly("lineage was not taken (status 500); the night goes on without");
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    private void night(String place) {
        Progress said = new Progress() {
            @Override
            public void said(String message) {
                LineageEventsTest.this.said.add(message);
            }
        };
        LineageEvents events = new LineageEvents(
                said,
                Clock.fixed(START, ZoneOffset.UTC),
                List.of(DIMENSIONS),
                "s3a://shop/lake",
                place,
                Optional.of("secret"));
        JobRecord job = new JobRecord(
                "dimensions",
                "succeeded",
                START,
                2.5,
                List.of(new TableRead("qualified.customers", 7), new TableRead("ops.models", 1)),
                List.of(new TableWrite("mart.dim_customers", 3, null, 90L, null, null)),
                null,
                null,
                Map.of(),
                List.of(),
                List.of(new Outcome(
                        "customers_are_known",
                        "mart.dim_customers",
                        1,
                        Dimension.COMPLETENESS,
                        Severity.WARN,
                        90,
                        9L,
                        0.1,
                        null,
                        0.05,
                        Verdict.WARN)));
        events.runStarted("r1", DAY, 1);
        events.jobStarted("dimensions");
        events.jobEnded(job);
        events.runEnded(
                new RunRecord("r1", DAY, "succeeded", 0, START, 3.0, List.of("dimensions"), "1", null, List.of(job)));
    }
}
