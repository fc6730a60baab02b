package io.clientele.cli;

import io.clientele.config.ConfigFolder;
import io.clientele.config.LakeConfig;
import io.clientele.config.Retries;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that say where things are; those given win over {@code lake.yaml}. */
final class Where {

    @Option(
            names = "--conf",
            paramLabel = "DIR",
            description = "The configuration folder (default: conf of the project).")
    private Path conf;

    @Option(names = "--lake", paramLabel = "URI", description = "The lake (default: as lake.yaml says).")
    private String lake;

    @Option(names = "--raw", paramLabel = "URI", description = "The raw zone (default: as lake.yaml says).")
    private String raw;

    ConfigFolder conf() {
        return new ConfigFolder(conf != null ? conf : Path.of(System.getProperty("clientele.home", "."), "conf"));
    }

    String lake() {
        return resolved(lake != null ? lake : config().lake());
    }

    String raw() {
        return resolved(raw != null ? raw : config().raw());
    }

    Map<String, String> spark() {
        return config().spark();
    }

    Retries retries() {
        return config().retries();
    }

    int jobsAtOnce() {
        return config().jobsAtOnce();
    }

    Optional<String> openLineage() {
        return Optional.ofNullable(config().openlineage());
    }

    private LakeConfig config() {
        return conf().read("lake", LakeConfig.class);
    }

    /** A folder becomes a URI, relative to where the command is typed; a URI stays. */
    static String resolved(String place) {
        if (place.matches("[a-zA-Z][a-zA-Z0-9+.-]+:/.*")) {
            return place.replaceFirst("/+$", "");
        }
        URI uri = Path.of(place).toAbsolutePath().normalize().toUri();
        return uri.toString().replaceFirst("/+$", "");
    }
}
