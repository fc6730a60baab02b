package io.clientele.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clientele.failure.ExitCode;
import io.clientele.failure.Failure;
import io.clientele.lake.LakeLock.Owner;
import io.clientele.testing.FaultProxy;
import io.clientele.testing.FaultProxy.Faults;
import io.clientele.testing.S3Server;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The lock of a lake in an object store, on a real server. */
@ExtendWith(S3Server.Servers.class)
@Timeout(60)
class LeaseTest {

    private static final Duration SHORT = Duration.ofSeconds(1);

    /** Not over because the machine is busy for a moment. */
    private static final Duration UNHURRIED = Duration.ofSeconds(12);

    private static final Owner HERE = Owner.thisProcess("run of tonight");
    private static final Owner ELSEWHERE = new Owner("run of elsewhere", "another-machine", 7, Instant.EPOCH);

    private final String lake = "s3a://locks/" + UUID.randomUUID();
    private S3Server server;

    @BeforeEach
    void makeTheBucket(S3Server running) throws IOException {
        server = running;
        try (ObjectStore store = open()) {
            new Bucket(store).make();
        }
    }

    @Test
    void shouldLetOneRunInAtATime() throws IOException {
        try (Lease held = acquire(HERE, Lease.TERM)) {
            assertThat(held.predecessor()).isEmpty();
            assertRefused("the run of tonight (process ");
            assertRefused("the run of tonight (process ");
        }
        try (Lease next = acquire(HERE, Lease.TERM)) {
            assertThat(next.predecessor()).isEmpty();
        }
    }

    @Test
    void shouldLetOneInWhenManyComeAtOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Optional<Lease>>> runs = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                runs.add(() -> {
                    try {
                        return Optional.of(acquire(HERE, Lease.TERM));
                    } catch (Failure refused) {
                        return Optional.empty();
                    }
                });
            }
            List<Lease> held = new ArrayList<>();
            for (Future<Optional<Lease>> run : threads.invokeAll(runs)) {
                run.get().ifPresent(held::add);
            }
            assertThat(held).hasSize(1);
            held.get(0).close();
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void shouldTakeOverFromADeadRunOfThisMachine() throws IOException {
        var dead = new Owner("run of last night", HERE.host(), 999_999_999L, Instant.EPOCH);
        leave(dead);

        try (Lease lease = acquire(HERE, Lease.TERM)) {
            assertThat(lease.predecessor()).contains(dead);
        }
    }

    @Test
    void shouldTakeOverFromARunOfAnotherMachineThatIsSilentForATerm() throws IOException {
        leave(ELSEWHERE);
        assertRefused("the run of elsewhere (process 7 on another-machine)");

        Optional<Lease> taken = Optional.empty();
        while (taken.isEmpty()) {
            try {
                taken = Optional.of(acquire(HERE, SHORT));
            } catch (Failure young) {
                assertThat(young.exitCode()).isEqualTo(ExitCode.LOCKED);
            }
        }

        assertThat(taken.get().predecessor()).contains(ELSEWHERE);
        taken.get().close();
    }

    @Test
    void shouldNotTakeOverFromARunThatRenewsItsLock() throws IOException {
        try (Lease held = acquire(ELSEWHERE, SHORT);
                ObjectStore store = open()) {
            assertThat(held.predecessor()).isEmpty();
            while (!lock(store).content().matches(".*\"renewals\":(1[5-9]|[2-9]\\d).*")) {
                assertThatThrownBy(() -> acquire(HERE, SHORT))
                        .isInstanceOf(Failure.class)
                        .hasMessageContaining("another-machine");
            }
        }
    }

    @Test
    void shouldNotCommitOnceItsLockIsTaken() throws IOException {
        var commit = new Path(lake, "mart/t/_delta_log/00000000000000000000.json");
        Configuration hadoop = S3Server.hadoop(server.endpoint());
        try (Lease held = acquire(HERE, UNHURRIED);
                ObjectStore store = open()) {
            assertThat(held.predecessor()).isEmpty();
            var log = new ConditionalLogStore(hadoop);
            log.write(commit, List.of("{}").iterator(), false, hadoop);

            while (isHeld()) {
                steal(store);
            }

            assertThatThrownBy(() -> log.write(commit.suffix("2"), List.of("{}").iterator(), false, hadoop))
                    .isInstanceOfSatisfying(Failure.class, failure -> assertThat(failure.exitCode())
                            .isEqualTo(ExitCode.LOCKED));
            assertThat(commit.getFileSystem(hadoop).exists(commit.suffix("2"))).isFalse();
        }
        try (ObjectStore store = open()) {
            assertThat(lock(store).content()).as("still the thief's").contains("another-machine", "\"isOver\":false");
        }
    }

    @Test
    void shouldStopBeforeItsTermEndsWhenItCannotRenew() throws IOException {
        try (FaultProxy proxy = new FaultProxy(server.endpoint(), Faults.NONE)) {
            Lease held = Lease.acquire(lake, ObjectStore.open(lake, S3Server.hadoop(proxy.endpoint())), HERE, SHORT);
            Lease.check(lake + "/mart/t");

            proxy.meetWith(Faults.ALL_CUT);
            awaitRefusal();

            proxy.meetWith(Faults.NONE);
            held.close();
        }
    }

    @Test
    void shouldKnowItsOwnWritesWhenTheAnswersAreLost() throws IOException {
        try (FaultProxy proxy = new FaultProxy(server.endpoint(), new Faults(0.2, 0.2, 0.4));
                Lease held = Lease.acquire(
                        lake, ObjectStore.open(lake, S3Server.hadoop(proxy.endpoint())), HERE, Lease.TERM)) {
            assertThat(held.predecessor()).isEmpty();
            assertRefused("the run of tonight");
            proxy.meetWith(Faults.NONE);
        }
    }

    @Test
    void shouldRefuseACommitThatSomebodyElseMade() throws IOException {
        var commit = new Path(lake, "mart/t/_delta_log/00000000000000000001.json");
        Configuration hadoop = S3Server.hadoop(server.endpoint());
        var log = new ConditionalLogStore(hadoop);
        log.write(commit, List.of("{\"a\":1}", "{\"b\":2}").iterator(), false, hadoop);

        assertThatThrownBy(() -> log.write(commit, List.of("{\"a\":2}").iterator(), false, hadoop))
                .isInstanceOf(FileAlreadyExistsException.class);

        try (var lines = log.read(commit, hadoop)) {
            assertThat(lines).toIterable().containsExactly("{\"a\":1}", "{\"b\":2}");
        }
    }

    private Lease acquire(Owner owner, Duration term) throws IOException {
        return Lease.acquire(lake, open(), owner, term);
    }

    private void assertRefused(String holder) {
        assertThatThrownBy(() -> acquire(HERE, Lease.TERM))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.LOCKED))
                .hasMessageContaining(holder);
    }

    private void awaitRefusal() {
        while (isHeld()) {
            Thread.onSpinWait();
        }
    }

    private boolean isHeld() {
        try {
            Lease.check(lake + "/mart/t");
            return true;
        } catch (Failure refused) {
            return false;
        }
    }

    private void leave(Owner owner) throws IOException {
        try (ObjectStore store = open()) {
            assertThat(store.create("_clientele/lock", json(owner))).isPresent();
        }
    }

    /**
     * The owner writes too, and this server looks at a condition some time before it writes: a renewal that is under way
     * can undo a theft.
     */
    private static void steal(ObjectStore store) throws IOException {
        ObjectStore.Stored there = lock(store);
        if (!there.content().equals(json(ELSEWHERE))) {
            store.replace("_clientele/lock", json(ELSEWHERE), there.tag());
        }
    }

    private static ObjectStore.Stored lock(ObjectStore store) throws IOException {
        return store.read("_clientele/lock").orElseThrow();
    }

    private static String json(Owner owner) {
        return """
                {"owner":{"purpose":"%s","host":"%s","pid":%d,"processStartedAt":%d},"token":"t","renewals":0,"isOver":false}""".formatted(
                        owner.purpose(),
                        owner.host(),
                        owner.pid(),
                        owner.processStartedAt().getEpochSecond());
    }

    private ObjectStore open() throws IOException {
        return ObjectStore.open(lake, S3Server.hadoop(server.endpoint()));
    }
}
