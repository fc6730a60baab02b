package io.clientele.run;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.util.Objects;
import java.util.jar.JarFile;

/** The program that runs: two builds of one version may compute different things. */
final class Program {

    private static final String OURS = "io/clientele/";

    /** Differs where a class of Clientele does; empty if they are not in a jar, where somebody is at work on them. */
    static final String DIGEST = digest();

    private Program() {}

    private static String digest() {
        try {
            File place = new File(Program.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            if (!place.isFile()) {
                return "";
            }
            try (JarFile jar = new JarFile(place)) {
                int digest = jar.stream()
                        .filter(entry -> entry.getName().startsWith(OURS))
                        .mapToInt(entry -> Objects.hash(entry.getName(), entry.getCrc()))
                        .sum();
                return Integer.toHexString(digest);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
