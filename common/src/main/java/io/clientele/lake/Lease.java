package io.clientele.lake;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.clientele.failure.ExitCode;
import io.clientele.failure.Failure;
import io.clientele.lake.LakeLock.Owner;
import io.clientele.lake.ObjectStore.Stored;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The lock of a lake in an object store: one object that is only written on the condition that nobody else wrote it, and
 * that its owner writes again and again. An owner that is no longer seen to do so for a whole term is dead. No clocks of
 * two machines are compared: a term is measured by whoever waits for it, and the store's clock with itself.
 */
final class Lease implements AutoCloseable {

    static final Duration TERM = Duration.ofSeconds(60);

    private static final String NAME = "_clientele/lock";

    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /** The leases of this process by their lakes, also those that were lost: what runs under them may not write. */
    private static final Map<String, Lease> OF_LAKES = new ConcurrentHashMap<>();

    /**
     * What the object says.
     *
     * @param token told apart from all other leases
     * @param renewals so many times; each is another content
     */
    private record Entry(Owner owner, String token, long renewals, boolean isOver) {

        private Entry renewed() {
            return new Entry(owner, token, renewals + 1, isOver);
        }

        private Entry over() {
            return new Entry(owner, token, renewals + 1, true);
        }

        private String json() {
            try {
                return JSON.writeValueAsString(this);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private final String lake;
    private final ObjectStore store;
    private final Duration term;
    private final Optional<Owner> predecessor;
    private final ScheduledExecutorService heart = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "lease of the lake");
        thread.setDaemon(true);
        return thread;
    });
    private Entry entry;
    private String tag;
    private volatile long renewedAt;
    private volatile boolean isLost;

    private Lease(
            String lake,
            ObjectStore store,
            Duration term,
            Optional<Owner> predecessor,
            Entry entry,
            String tag,
            long renewedAt) {
        this.lake = lake;
        this.store = store;
        this.term = term;
        this.predecessor = predecessor;
        this.entry = entry;
        this.tag = tag;
        this.renewedAt = renewedAt;
    }

    /**
     * Takes the lock: at once if it is free, after a term if its owner seems dead.
     *
     * @throws Failure (locked) if somebody has it
     */
    static Lease acquire(String lake, ObjectStore store, Owner owner, Duration term) throws IOException {
        Entry mine = new Entry(owner, UUID.randomUUID().toString(), 0, false);
        while (true) {
            long now = System.nanoTime();
            Optional<Stored> there = store.read(NAME);
            if (there.isEmpty()) {
                Optional<String> tag = store.create(NAME, mine.json());
                if (tag.isPresent()) {
                    return begin(lake, store, term, Optional.empty(), mine, tag.get(), now);
                }
                continue;
            }
            Optional<Entry> other = parse(there.get().content());
            boolean isFree = other.filter(Entry::isOver).isPresent();
            if (!isFree) {
                waitForItsEnd(store, there.get(), other.map(Entry::owner), term);
                now = System.nanoTime();
            }
            Optional<String> tag = store.replace(NAME, mine.json(), there.get().tag());
            if (tag.isPresent()) {
                Optional<Owner> dead = isFree ? Optional.empty() : other.map(Entry::owner);
                return begin(lake, store, term, dead, mine, tag.get(), now);
            }
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // renewing throws nothing
    private static Lease begin(
            String lake,
            ObjectStore store,
            Duration term,
            Optional<Owner> predecessor,
            Entry entry,
            String tag,
            long renewedAt) {
        Lease lease = new Lease(lake, store, term, predecessor, entry, tag, renewedAt);
        OF_LAKES.put(lake, lease);
        long beat = term.dividedBy(6).toNanos();
        lease.heart.scheduleWithFixedDelay(lease::renew, beat, beat, TimeUnit.NANOSECONDS);
        return lease;
    }

    /** Returns when the owner is dead: known to be, or unseen for a whole term. */
    private static void waitForItsEnd(ObjectStore store, Stored there, Optional<Owner> owner, Duration term)
            throws IOException {
        if (owner.filter(Owner::hasDied).isPresent()) {
            return;
        }
        if (there.answeredAt().isBefore(there.writtenAt().plus(term))) {
            throw LakeLock.held(owner);
        }
        long end = System.nanoTime() + term.toNanos();
        while (System.nanoTime() < end) {
            pause(term.dividedBy(6));
            if (!store.read(NAME).map(Stored::tag).equals(Optional.of(there.tag()))) {
                throw LakeLock.held(owner);
            }
        }
    }

    private static void pause(Duration time) throws InterruptedIOException {
        try {
            TimeUnit.NANOSECONDS.sleep(time.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }

    private static Optional<Entry> parse(String content) {
        try {
            return Optional.of(JSON.readValue(content, Entry.class)).filter(entry -> entry.owner() != null);
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    Optional<Owner> predecessor() {
        return predecessor;
    }

    /** Counted from before it is asked for: whoever waits for the end of the term begins later. */
    private synchronized void renew() {
        long now = System.nanoTime();
        Entry next = entry.renewed();
        try {
            Optional<String> written = store.replace(NAME, next.json(), tag);
            if (written.isPresent()) {
                entry = next;
                tag = written.get();
                renewedAt = now;
            } else {
                isLost = true;
                heart.shutdown();
            }
        } catch (IOException | RuntimeException unreachable) {
            // The next beat tries again; what is written meanwhile is refused as soon as the term comes near its end.
        }
    }

    /**
     * Refuses to go on where the lake's lock is no longer held, well before anybody else can have it.
     *
     * @param place in a lake
     * @throws Failure (locked) if this process held the lake's lock and lost it
     */
    static void check(String place) {
        OF_LAKES.forEach((lake, lease) -> {
            if (place.startsWith(lake + "/") && !lease.isHeld()) {
                throw new Failure(
                        ExitCode.LOCKED,
                        "lake %s: this run lost the lock, for it could not renew it in time; it stops before it writes more, run it again"
                                .formatted(lake));
            }
        });
    }

    private boolean isHeld() {
        return !isLost && System.nanoTime() - renewedAt < term.toNanos() * 2 / 3;
    }

    /** A lock that cannot be given back ends with its term. */
    @Override
    public void close() throws IOException {
        heart.shutdownNow();
        synchronized (this) {
            OF_LAKES.remove(lake, this);
            try (store) {
                store.replace(NAME, entry.over().json(), tag);
            }
        }
    }
}
