package io.clientele.run;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.clientele.lake.WholeFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The file {@code _clientele/runs/<run>/run.json} of each run: written as it goes, so that a killed run leaves a trace. */
final class RunFiles {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    static String toJson(RunRecord run) {
        try {
            return JSON.writer().without(SerializationFeature.INDENT_OUTPUT).writeValueAsString(run);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final Path runs;
    private final Path unended;
    private final Configuration hadoop;

    RunFiles(String lakeRoot, Configuration hadoop) {
        this.runs = new Path(lakeRoot, "_clientele/runs");
        this.unended = new Path(lakeRoot, "_clientele/unended");
        this.hadoop = hadoop;
    }

    /** Notes that a run begins; until {@link #end} it is found among the {@link #unended}. */
    void begin(RunRecord run) {
        save(run);
        try (OutputStream mark = fileSystem().create(new Path(unended, run.runId()), true)) {
            mark.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void save(RunRecord run) {
        try {
            WholeFile.write(fileSystem(), path(run.runId()), JSON.writeValueAsBytes(run));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Saves the run as it ended, with its figures, which everybody who must know does now. */
    void end(RunRecord run) {
        save(run);
        try {
            Path metrics = new Path(runs.getParent(), "metrics.prom");
            WholeFile.write(
                    fileSystem(), metrics, Metrics.text(run, read(metrics)).getBytes(StandardCharsets.UTF_8));
            fileSystem().delete(new Path(unended, run.runId()), false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The runs that began and did not come to their {@link #end}, the oldest first. */
    List<RunRecord> unended() {
        try {
            if (!fileSystem().exists(unended)) {
                return List.of();
            }
            List<RunRecord> found = new ArrayList<>();
            for (FileStatus mark : fileSystem().listStatus(unended)) {
                found.add(record(mark.getPath().getName()));
            }
            found.sort(Comparator.comparing(RunRecord::startedAt));
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private RunRecord record(String runId) throws IOException {
        return JSON.readValue(read(path(runId)), RunRecord.class);
    }

    /** Between deleting the old file and renaming the draft there is only the draft. */
    private String read(Path file) throws IOException {
        for (Path place : List.of(file, file.suffix(WholeFile.DRAFT))) {
            if (fileSystem().exists(place)) {
                try (InputStream in = fileSystem().open(place)) {
                    return new String(in.readAllBytes(), StandardCharsets.UTF_8);
                }
            }
        }
        return "";
    }

    private Path path(String runId) {
        return new Path(runs, runId + "/run.json");
    }

    private FileSystem fileSystem() throws IOException {
        return runs.getFileSystem(hadoop);
    }
}
