package io.clientele.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clientele.lake.Delivery.Outcome;
import io.clientele.testing.FaultProxy;
import io.clientele.testing.FaultProxy.Faults;
import io.clientele.testing.S3Server;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Files on their way to a raw zone, on a real server. */
@ExtendWith(S3Server.Servers.class)
class DeliveryTest {

    private static final int LARGE = 40 << 20;

    @TempDir
    private Path folder;

    private final String raw = "s3a://deliveries/" + UUID.randomUUID();
    private S3Server server;

    @BeforeEach
    void makeTheBucket(S3Server running) throws IOException {
        server = running;
        try (ObjectStore store = open(server.endpoint())) {
            new Bucket(store).make();
        }
    }

    @Test
    void shouldDeliverEachFileOnceThroughABadLine() throws IOException {
        for (int i = 0; i < 20; i++) {
            write("crm/" + i + ".csv", "file " + i);
        }
        write("_drafts/x.csv", "unfinished");
        write("crm/.y.csv", "unfinished");
        try (FaultProxy proxy = new FaultProxy(server.endpoint(), new Faults(0.1, 0.1, 0.1))) {
            assertThat(deliver(proxy.endpoint())).hasSize(20).containsOnly(Outcome.DELIVERED);
            assertThat(proxy.met()).isPositive();
        }
        assertThat(names()).hasSize(20).contains("crm/0.csv", "crm/19.csv");

        write("crm/3.csv", "file three");
        write("crm/20.csv", "");
        List<Outcome> again = deliver(server.endpoint());

        assertThat(Collections.frequency(again, Outcome.THERE_ALREADY)).isEqualTo(19);
        assertThat(Collections.frequency(again, Outcome.REPLACED)).isEqualTo(1);
        assertThat(Collections.frequency(again, Outcome.DELIVERED)).isEqualTo(1);
        try (ObjectStore store = open(server.endpoint())) {
            assertThat(store.read("crm/3.csv").orElseThrow().content()).isEqualTo("file three");
        }
    }

    @Test
    void shouldGoOnWhereALargeFileBrokeOff() throws IOException {
        byte[] large = new byte[LARGE];
        new Random(1).nextBytes(large);
        Files.write(folder.resolve("large.bin"), large);
        try (FaultProxy proxy = new FaultProxy(server.endpoint(), Faults.NONE)) {
            proxy.stopAfter(LARGE - 1);
            assertThatThrownBy(() -> deliver(proxy.endpoint())).isInstanceOf(IOException.class);
            assertThat(names()).as("nothing is seen before all is there").isEmpty();
            long before = proxy.sent();
            proxy.stopAfter(Long.MAX_VALUE / 2);

            assertThat(deliver(proxy.endpoint())).containsExactly(Outcome.DELIVERED);

            assertThat(proxy.sent() - before).as("bytes sent again").isLessThan(LARGE / 2);
        }
        var hadoop = S3Server.hadoop(server.endpoint());
        var object = new org.apache.hadoop.fs.Path(raw, "large.bin");
        try (var in = object.getFileSystem(hadoop).open(object)) {
            assertThat(in.readAllBytes()).isEqualTo(large);
        }
    }

    private List<Outcome> deliver(URI endpoint) throws IOException {
        List<Outcome> outcomes = Collections.synchronizedList(new ArrayList<>());
        try (ObjectStore store = open(endpoint)) {
            new Delivery(store, new Delivery.Progress() {
                        @Override
                        public void advanced(long bytes) {}

                        @Override
                        public void ended(Outcome outcome) {
                            outcomes.add(outcome);
                        }
                    })
                    .bring(Delivery.parcel(folder), 4);
        }
        return outcomes;
    }

    private List<String> names() throws IOException {
        List<String> names = new ArrayList<>();
        try (ObjectStore store = open(server.endpoint())) {
            store.list("", object -> names.add(object.name()));
        }
        return names;
    }

    private void write(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private ObjectStore open(URI endpoint) throws IOException {
        return ObjectStore.open(raw, S3Server.hadoop(endpoint));
    }
}
