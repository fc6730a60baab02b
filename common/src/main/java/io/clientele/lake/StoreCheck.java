package io.clientele.lake;

import io.clientele.lake.Finding.Verdict;
import io.clientele.lake.ObjectStore.Stored;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Tries all that a night does to a place in an object store, and leaves nothing behind. */
public final class StoreCheck {

    /** Stores refuse requests of clocks that are off by a quarter of an hour. */
    private static final Duration MOST_SKEW = Duration.ofMinutes(5);

    /** A question to the store, with its answer. */
    private interface Trial {
        boolean isGood() throws IOException;
    }

    private final ObjectStore store;
    private final Clock clock;
    private final List<Finding> findings = new ArrayList<>();

    public StoreCheck(ObjectStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** Of a raw zone, which nights only read. */
    public List<Finding> ofRaw() {
        list();
        versions();
        return List.copyOf(findings);
    }

    /** Of a lake. */
    public List<Finding> ofLake() {
        String name = "_clientele/trial-" + UUID.randomUUID();
        list();
        tried("write", "there was one of this name", () -> store.create(name, "1")
                .isPresent());
        tried("read", "what is read is not what was written", () -> store.read(name)
                .filter(read -> read.content().equals("1"))
                .isPresent());
        tried(
                "write if absent",
                "this store overwrites what it should keep (If-None-Match), so that two runs could write at once",
                () -> store.create(name, "2").isEmpty());
        tried(
                "write if unchanged",
                "this store does not heed what a write depends on (If-Match), so that two runs could write at once",
                () -> replacesOnlyWhatIsThere(name));
        tried(
                "clock",
                "the clock of this machine and that of the store differ by minutes; set it",
                () -> store.read(name).filter(read -> isNear(read.answeredAt())).isPresent());
        tried("delete", "what was deleted is still there", () -> {
            store.remove(name);
            return store.read(name).isEmpty();
        });
        versions();
        return List.copyOf(findings);
    }

    private boolean replacesOnlyWhatIsThere(String name) throws IOException {
        Optional<String> first = store.read(name).map(Stored::tag);
        return first.isPresent()
                && store.replace(name, "3", first.get()).isPresent()
                && store.replace(name, "4", first.get()).isEmpty();
    }

    private boolean isNear(Instant answeredAt) {
        return Duration.between(answeredAt, clock.instant()).abs().compareTo(MOST_SKEW) < 0;
    }

    private void list() {
        tried("list", "gives no answer", () -> {
            store.list("_clientele/trial", object -> {});
            return true;
        });
    }

    private void versions() {
        String what = "old versions";
        try {
            findings.add(
                    new Bucket(store).keepsVersions()
                            ? new Finding(Verdict.OK, what, "are kept")
                            : new Finding(
                                    Verdict.NOT_OFFERED,
                                    what,
                                    "are not kept: what is deleted or overwritten by mistake is gone; store init turns them on"));
        } catch (IOException e) {
            findings.add(new Finding(Verdict.NOT_OFFERED, what, "cannot be asked for: " + ObjectStore.words(e)));
        }
    }

    private void tried(String what, String otherwise, Trial trial) {
        try {
            findings.add(
                    trial.isGood() ? new Finding(Verdict.OK, what, "") : new Finding(Verdict.FAILED, what, otherwise));
        } catch (IOException e) {
            findings.add(new Finding(Verdict.FAILED, what, ObjectStore.words(e)));
        }
    }
}
