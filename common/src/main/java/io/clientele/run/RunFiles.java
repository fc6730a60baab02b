package io.clientele.run;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
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

    private final Path folder;
    private final Configuration hadoop;

    RunFiles(String lakeRoot, Configuration hadoop) {
        this.folder = new Path(lakeRoot, "_clientele/runs");
        this.hadoop = hadoop;
    }

    Path path(String runId) {
        return new Path(folder, runId + "/run.json");
    }

    void save(RunRecord run) {
        Path file = path(run.runId());
        Path draft = new Path(file.getParent(), "run.json.draft");
        try {
            FileSystem fileSystem = file.getFileSystem(hadoop);
            try (OutputStream out = fileSystem.create(draft, true)) {
                out.write(JSON.writeValueAsBytes(run));
            }
            fileSystem.delete(file, false);
            if (!fileSystem.rename(draft, file)) {
                throw new IOException("cannot rename " + draft);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Optional<RunRecord> find(String runId) {
        Path file = path(runId);
        try {
            FileSystem fileSystem = file.getFileSystem(hadoop);
            if (!fileSystem.exists(file)) {
                return Optional.empty();
            }
            try (InputStream in = fileSystem.open(file)) {
                return Optional.of(JSON.readValue(in.readAllBytes(), RunRecord.class));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
