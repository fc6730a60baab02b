package io.clientele;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The folders of the project, as tests see them. */
public final class Project {

    public static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private Project() {}

    /** Real data with known results, kept outside the project: where CLIENTELE_DATA says, or beside the project. */
    public static Path data() {
        String named = System.getenv("CLIENTELE_DATA");
        return named != null ? Path.of(named) : ROOT.resolveSibling("shared/data");
    }

    /** Copies the project's configuration, to be changed by a test. */
    public static Path copyConf(Path target) {
        return copy(ROOT.resolve("conf"), target);
    }

    /** Copies a folder with all that is in it. */
    public static Path copy(Path from, Path to) {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path copy = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy);
                }
            }
            return to;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
