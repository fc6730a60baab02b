package io.clientele.lineage;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;

/** Where lineage events go. */
@FunctionalInterface
interface LineageSink {

    /** @throws IOException if the event was not taken */
    void send(String event) throws IOException, InterruptedException;

    /**
     * @param place the URL of a server, such as http://marquez:5000, or a file, which gets a line for each event
     * @param apiKey what the server knows us by
     */
    static LineageSink to(String place, Optional<String> apiKey) {
        return place.matches("https?://.*") ? server(place.replaceFirst("/+$", ""), apiKey) : file(Path.of(place));
    }

    private static LineageSink file(Path file) {
        return event -> Files.writeString(
                file, event + "\n", StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static LineageSink server(String url, Optional<String> apiKey) {
        HttpClient client =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
        URI endpoint = URI.create(url + "/api/v1/lineage");
        return event -> {
            HttpRequest.Builder request = HttpRequest.newBuilder(endpoint)
                    .timeout(Duration.ofSeconds(10))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(event));
            apiKey.ifPresent(key -> request.header("Authorization", "Bearer " + key));
            int status = client.send(request.build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
            if (status / 100 != 2) {
                throw new IOException("status " + status);
            }
        };
    }
}
