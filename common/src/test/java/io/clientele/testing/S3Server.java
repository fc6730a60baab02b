package io.clientele.testing;

import io.clientele.run.Session;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** A real S3 server in a process of its own, for tests that ask for one: the same for all tests of the JVM. */
public final class S3Server implements AutoCloseable {

    private static final String KEY = "tests";
    private static final String SECRET = UUID.randomUUID().toString();

    /** Hands out the server; it ends with the JVM. */
    public static final class Servers implements ParameterResolver {

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
            return parameter.getParameter().getType() == S3Server.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
            return test.getRoot()
                    .getStore(Namespace.create(S3Server.class))
                    .getOrComputeIfAbsent(S3Server.class, key -> new S3Server(), S3Server.class);
        }
    }

    private final Path script =
            Path.of("..", "scripts", "s3-server").toAbsolutePath().normalize();
    private final Path folder;
    private final URI endpoint;

    private S3Server() {
        try {
            folder = Files.createTempDirectory("s3-server");
            endpoint = URI.create(script("start")
                    .lines()
                    .filter(line -> line.startsWith("export AWS_ENDPOINT_URL_S3="))
                    .map(line -> line.substring(line.indexOf('=') + 1))
                    .findFirst()
                    .orElseThrow());
        } catch (IOException e) {
            throw new IllegalStateException("the S3 server does not start", e);
        }
        System.setProperty("aws.accessKeyId", KEY);
        System.setProperty("aws.secretAccessKey", SECRET);
    }

    public URI endpoint() {
        return endpoint;
    }

    /** What a process is told so that it finds the server, or what stands between. */
    public static Map<String, String> environment(URI endpoint) {
        return Map.of(
                "AWS_ACCESS_KEY_ID", KEY,
                "AWS_SECRET_ACCESS_KEY", SECRET,
                "AWS_ENDPOINT_URL_S3", endpoint.toString());
    }

    /** What a client in this process is told. */
    public static Configuration hadoop(URI endpoint) {
        return Session.hadoop(Map.of("spark.hadoop.fs.s3a.endpoint", endpoint.toString()));
    }

    @Override
    public void close() throws IOException {
        script("stop");
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private String script(String command) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(script.toString(), command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment()
                .putAll(Map.of(
                        "AWS_ACCESS_KEY_ID",
                        KEY,
                        "AWS_SECRET_ACCESS_KEY",
                        SECRET,
                        "CLIENTELE_S3",
                        folder.toString(),
                        "CLIENTELE_S3_PORT",
                        "0"));
        Process process = builder.start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
