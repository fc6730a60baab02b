package io.clientele.lineage;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.clientele.quality.Outcome;
import io.clientele.quality.Severity;
import io.clientele.quality.Verdict;
import io.clientele.run.Job;
import io.clientele.run.Progress;
import io.clientele.run.RunRecord;
import io.clientele.run.RunRecord.JobRecord;
import io.openlineage.client.OpenLineage;
import io.openlineage.client.OpenLineage.InputDataset;
import io.openlineage.client.OpenLineage.OutputDataset;
import io.openlineage.client.OpenLineage.RunEvent.EventType;
import io.openlineage.client.OpenLineage.RunFacetsBuilder;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Tells in OpenLineage which job of which night reads and writes which tables: an event when a job starts, with the tables
 * that it declares, and one when it has ended, with the versions that it read and wrote; the same for the night, their
 * parent. Whoever does not listen is told nothing more, and does not hold up the night.
 */
public final class LineageEvents implements Progress {

    private static final String NAMESPACE = "clientele";
    private static final String NIGHT = "night";
    private static final URI PRODUCER = URI.create("urn:clientele");

    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .defaultPropertyInclusion(JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, null))
            .build();

    private final OpenLineage openLineage = new OpenLineage(PRODUCER);
    private final Progress next;
    private final Clock clock;
    private final Map<String, Job<?>> jobs;
    private final Datasets datasets;
    private final LineageSink sink;
    private String runId = "";
    private LocalDate date = LocalDate.EPOCH;
    private boolean isHeard = true;

    /**
     * @param next told too
     * @param place the URL of a server, or a file
     * @param apiKey what the server knows us by
     */
    public LineageEvents(
            Progress next,
            Clock clock,
            Collection<Job<?>> jobs,
            String lakeRoot,
            String place,
            Optional<String> apiKey) {
        this.next = next;
        this.clock = clock;
        this.jobs = jobs.stream().collect(Collectors.toMap(Job::name, Function.identity()));
        this.datasets = new Datasets(openLineage, lakeRoot, jobs);
        this.sink = LineageSink.to(place, apiKey);
    }

    @Override
    public synchronized void runStarted(String run, LocalDate businessDate, int planned) {
        next.runStarted(run, businessDate, planned);
        runId = run;
        date = businessDate;
        send(EventType.START, clock.instant(), NIGHT, facets(), List.of(), List.of());
    }

    @Override
    public synchronized void jobStarted(String job) {
        next.jobStarted(job);
        Job<?> declared = jobs.get(job);
        send(
                EventType.START,
                clock.instant(),
                job,
                facets().parent(parent()),
                datasets.inputs(declared.reads()),
                datasets.outputs(declared.writes()));
    }

    @Override
    public synchronized void jobEnded(JobRecord job) {
        next.jobEnded(job);
        RunFacetsBuilder facets = facets().parent(parent());
        if (!job.quality().isEmpty()) {
            facets.test(openLineage.newTestRunFacet(
                    job.quality().stream().map(this::test).toList()));
        }
        send(
                job.hasSucceeded() ? EventType.COMPLETE : EventType.FAIL,
                job.startedAt().plusMillis((long) (1000 * job.seconds())),
                job.job(),
                facets,
                datasets.inputs(job),
                datasets.outputs(job));
    }

    @Override
    public synchronized void runEnded(RunRecord run) {
        next.runEnded(run);
        RunFacetsBuilder facets = facets();
        if (run.error() != null) {
            facets.errorMessage(openLineage.newErrorMessageRunFacet(run.error(), "text", null));
        }
        send(
                run.hasSucceeded() ? EventType.COMPLETE : EventType.FAIL,
                clock.instant(),
                NIGHT,
                facets,
                List.of(),
                List.of());
    }

    @Override
    public void stageAdvanced(String stage, int tasksDone, int tasks, long rows) {
        next.stageAdvanced(stage, tasksDone, tasks, rows);
    }

    @Override
    public void said(String message) {
        next.said(message);
    }

    private RunFacetsBuilder facets() {
        ZonedDateTime day = date.atStartOfDay(ZoneOffset.UTC);
        return openLineage.newRunFacetsBuilder().nominalTime(openLineage.newNominalTimeRunFacet(day, day.plusDays(1)));
    }

    private OpenLineage.TestExecution test(Outcome outcome) {
        return openLineage
                .newTestExecutionBuilder()
                .name(outcome.table() + " " + outcome.rule())
                .type(outcome.dimension().code())
                .status(outcome.verdict() == Verdict.PASS || outcome.verdict() == Verdict.DRIFT ? "pass" : "fail")
                .severity(outcome.severity() == Severity.STOP ? "error" : "warn")
                .build();
    }

    private OpenLineage.ParentRunFacet parent() {
        return openLineage.newParentRunFacet(
                openLineage.newParentRunFacetRun(id(NIGHT), null),
                openLineage.newParentRunFacetJob(NAMESPACE, NIGHT, null),
                null);
    }

    /** The same for the same run: an event that is sent again is no other run. */
    private UUID id(String job) {
        return UUID.nameUUIDFromBytes((runId + " " + job).getBytes(StandardCharsets.UTF_8));
    }

    private void send(
            EventType type,
            Instant at,
            String job,
            RunFacetsBuilder facets,
            List<InputDataset> inputs,
            List<OutputDataset> outputs) {
        if (!isHeard) {
            return;
        }
        try {
            sink.send(JSON.writeValueAsString(openLineage.newRunEvent(
                    at.atZone(ZoneOffset.UTC),
                    type,
                    openLineage.newRun(id(job), facets.build()),
                    openLineage.newJob(
                            NAMESPACE,
                            job,
                            openLineage
                                    .newJobFacetsBuilder()
                                    .jobType(openLineage.newJobTypeJobFacet("BATCH", "CLIENTELE", "JOB", null))
                                    .build()),
                    inputs,
                    outputs)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            unheard(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            unheard(e);
        }
    }

    private void unheard(Exception e) {
        isHeard = false;
        next.said("lineage was not taken (%s); the night goes on without"
                .formatted(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage()));
    }
}
