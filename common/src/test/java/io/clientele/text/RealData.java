package io.clientele.text;

import java.nio.file.Path;

/** Real data with known results, kept outside the project: where CLIENTELE_DATA says, or beside the project. */
final class RealData {

    private RealData() {}

    static Path folder() {
        String named = System.getenv("CLIENTELE_DATA");
        return named != null
                ? Path.of(named)
                : Path.of("..").toAbsolutePath().normalize().resolveSibling("shared/data");
    }
}
