package io.clientele.cli;

import java.net.URI;
import org.apache.logging.log4j.core.config.Configurator;

/** Where the engine's warnings go. */
final class Logs {

    /** How they are written. */
    enum Format {
        TEXT,
        JSON
    }

    private Logs() {}

    /** Replaces whatever logging configuration is in force, the one of spark-submit included. */
    static void use(Format format) {
        String file = format == Format.JSON ? "clientele-log4j2-json.xml" : "clientele-log4j2.xml";
        System.setProperty("log4j2.configurationFile", "classpath:" + file);
        Configurator.reconfigure(URI.create("classpath:" + file));
    }
}
