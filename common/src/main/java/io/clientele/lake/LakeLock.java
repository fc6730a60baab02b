package io.clientele.lake;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.clientele.failure.ExitCode;
import io.clientele.failure.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The right to write to a lake: one run at a time. On a local disk the operating system holds it and lets go when the
 * process dies; in an object store it is a {@link Lease}; elsewhere it is a file that only one can create, and that a later
 * run on the same machine takes over when the process that made it is gone.
 */
public final class LakeLock implements AutoCloseable {

    private static final ObjectMapper JSON =
            JsonMapper.builder().addModule(new JavaTimeModule()).build();

    private static final int LONGEST_OWNER = 10_000;

    /** The local locks that this process holds. */
    private static final Map<java.nio.file.Path, Owner> HELD_HERE = new ConcurrentHashMap<>();

    /**
     * Who holds the lock.
     *
     * @param purpose what for, as a message says it: "run of 2026-01-31"
     */
    public record Owner(String purpose, String host, long pid, Instant processStartedAt) {

        public static Owner thisProcess(String purpose) {
            return new Owner(purpose, hostName(), ProcessHandle.current().pid(), started(ProcessHandle.current()));
        }

        /** Whether it is known to be dead; of a process of another machine nothing is known. */
        boolean hasDied() {
            return host.equals(hostName())
                    && ProcessHandle.of(pid)
                            .filter(process -> started(process).equals(processStartedAt))
                            .isEmpty();
        }

        private static Instant started(ProcessHandle process) {
            return process.info().startInstant().orElse(Instant.EPOCH);
        }

        private static String hostName() {
            try {
                return InetAddress.getLocalHost().getHostName();
            } catch (IOException e) {
                return "localhost";
            }
        }
    }

    /** How one kind of store lets the lock go. */
    private interface Release {
        void run() throws IOException;
    }

    private final Optional<Owner> predecessor;
    private final Release release;

    private LakeLock(Optional<Owner> predecessor, Release release) {
        this.predecessor = predecessor;
        this.release = release;
    }

    /**
     * Takes the lock, at once or not at all.
     *
     * @throws Failure (locked) if a living run has it; (storage) if the lake cannot be written
     */
    public static LakeLock acquire(String lakeRoot, Configuration hadoop, Owner owner) {
        Path folder = new Path(lakeRoot, "_clientele");
        try {
            if (ObjectStore.holds(lakeRoot)) {
                return acquireLease(lakeRoot, hadoop, owner);
            }
            FileSystem fileSystem = folder.getFileSystem(hadoop);
            fileSystem.mkdirs(folder);
            Path file = new Path(folder, "lock");
            return fileSystem.getUri().getScheme().equals("file")
                    ? acquireLocal(java.nio.file.Path.of(file.toUri().getPath()), owner)
                    : acquireRemote(fileSystem, file, owner);
        } catch (IOException e) {
            throw new Failure(
                    ExitCode.STORAGE,
                    "lake %s: cannot be written (%s); check that it exists, is writable and not full"
                            .formatted(lakeRoot, ObjectStore.words(e)),
                    e);
        }
    }

    /** The run that died with the lock in its hands, if there is one. */
    public Optional<Owner> predecessor() {
        return predecessor;
    }

    @Override
    public void close() {
        try {
            release.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * POSIX drops the locks of a process on a file as soon as the process closes any channel to it. Hence the file is only
     * opened when this process does not hold it, and read through the channel that locks it.
     */
    private static LakeLock acquireLocal(java.nio.file.Path path, Owner owner) throws IOException {
        java.nio.file.Path file = path.getParent().toRealPath().resolve(path.getFileName());
        Owner holder = HELD_HERE.putIfAbsent(file, owner);
        if (holder != null) {
            throw held(Optional.of(holder));
        }
        FileChannel channel = null;
        try {
            channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            boolean isFree = channel.tryLock() != null;
            Optional<Owner> written = parse(content(channel));
            if (!isFree) {
                throw held(written);
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(JSON.writeValueAsBytes(owner)), 0);
            channel.force(true);
            FileChannel locked = channel;
            return new LakeLock(written, () -> {
                try (locked) {
                    locked.truncate(0);
                } finally {
                    HELD_HERE.remove(file, owner);
                }
            });
        } catch (IOException | RuntimeException e) {
            if (channel != null) {
                channel.close();
            }
            HELD_HERE.remove(file, owner);
            throw e;
        }
    }

    private static byte[] content(FileChannel channel) throws IOException {
        ByteBuffer content = ByteBuffer.allocate((int) Math.min(channel.size(), LONGEST_OWNER));
        while (content.hasRemaining() && channel.read(content, content.position()) >= 0) {
            // reads on until the end
        }
        return Arrays.copyOf(content.array(), content.position());
    }

    private static LakeLock acquireLease(String lakeRoot, Configuration hadoop, Owner owner) throws IOException {
        ObjectStore store = ObjectStore.open(lakeRoot, hadoop);
        try {
            Lease lease = Lease.acquire(lakeRoot, store, owner, Lease.TERM);
            return new LakeLock(lease.predecessor(), lease::close);
        } catch (IOException | RuntimeException e) {
            store.close();
            throw e;
        }
    }

    private static LakeLock acquireRemote(FileSystem fileSystem, Path file, Owner owner) throws IOException {
        try {
            create(fileSystem, file, owner);
            return new LakeLock(Optional.empty(), () -> fileSystem.delete(file, false));
        } catch (FileAlreadyExistsException exists) {
            Optional<Owner> holder;
            try (InputStream in = fileSystem.open(file)) {
                holder = parse(in.readAllBytes());
            }
            if (holder.isEmpty() || !holder.get().hasDied()) {
                throw held(holder);
            }
            Path grave = new Path(file.getParent(), "lock." + holder.get().pid() + ".dead");
            if (!fileSystem.rename(file, grave)) {
                throw held(holder);
            }
            fileSystem.delete(grave, false);
            create(fileSystem, file, owner);
            return new LakeLock(holder, () -> fileSystem.delete(file, false));
        }
    }

    private static void create(FileSystem fileSystem, Path file, Owner owner) throws IOException {
        try (OutputStream out = fileSystem.create(file, false)) {
            out.write(JSON.writeValueAsBytes(owner));
        }
    }

    static Failure held(Optional<Owner> holder) {
        String who = holder.map(
                        owner -> "the %s (process %d on %s)".formatted(owner.purpose(), owner.pid(), owner.host()))
                .orElse("another run");
        return new Failure(ExitCode.LOCKED, who + " is writing to this lake; wait for it to end, then run again");
    }

    private static Optional<Owner> parse(byte[] content) {
        try {
            return content.length == 0
                    ? Optional.empty()
                    : Optional.of(JSON.readValue(new String(content, StandardCharsets.UTF_8), Owner.class));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }
}
