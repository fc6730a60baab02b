package io.clientele.cli;

import java.net.URI;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.spark.SparkConf;

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
        if (System.getProperty("spark.master") != null) {
            // Under spark-submit Spark sets up its logging at its next word, over ours: it is to have said it.
            new SparkConf(false).log();
        }
        String file = format == Format.JSON ? "clientele-log4j2-json.xml" : "clientele-log4j2.xml";
        System.setProperty("log4j2.configurationFile", "classpath:" + file);
        Configurator.reconfigure(URI.create("classpath:" + file));
    }
}
