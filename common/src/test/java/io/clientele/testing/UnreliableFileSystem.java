package io.clientele.testing;

import io.clientele.lake.LocalFiles;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * The local file system, of which one operation that changes something goes wrong. What is counted is a file created, renamed
 * or deleted below a folder, and a folder made.
 */
public final class UnreliableFileSystem extends LocalFileSystem {

    /** What goes wrong. */
    public enum Fault {
        /** It is not done. */
        REFUSED,
        /** A file is written in part; else it is not done. */
        CUT,
        /** It is done, but whoever asked is told that it is not. */
        ANSWER_LOST,
        /** It is not done, nor are some that come after; the store says that it has too much to do. */
        THROTTLED,
        /** It is done, but no answer comes in time. */
        TIMED_OUT,
        /** The process ends without notice before it is done. */
        KILLED_BEFORE,
        /** The process ends without notice when it is done. */
        KILLED_AFTER;

        public boolean isDeadly() {
            return this == KILLED_BEFORE || this == KILLED_AFTER;
        }
    }

    /** The system property with the fault of a process that is started for it: its name, the operation, and the folder. */
    public static final String PROPERTY = "clientele.fault";

    /** As {@code kill -9} leaves it. */
    private static final int KILLED = 137;

    private static final int THROTTLED_OPERATIONS = 3;

    private static final AtomicLong DONE = new AtomicLong();
    private static volatile Fault fault;
    private static volatile long first = Long.MAX_VALUE;
    private static volatile String folder = "/nowhere";

    static {
        String property = System.getProperty(PROPERTY);
        if (property != null) {
            String[] parts = property.split(",", 3);
            arm(Fault.valueOf(parts[0]), Long.parseLong(parts[1]), parts[2]);
        }
    }

    public UnreliableFileSystem() {
        super(new Raw());
    }

    /** From now on operations below the folder are counted, and the one of this number goes wrong. */
    public static synchronized void arm(Fault what, long number, String below) {
        fault = what;
        first = number;
        folder = below;
        DONE.set(0);
    }

    /** How many operations there were since {@link #arm}; none goes wrong any more. */
    public static synchronized long disarm() {
        first = Long.MAX_VALUE;
        return DONE.get();
    }

    @FunctionalInterface
    private interface Operation<T> {
        T perform() throws IOException;
    }

    private static final class Raw extends LocalFiles.Raw {

        @Override
        public FSDataOutputStream create(
                Path path,
                FsPermission permission,
                boolean isOverwriting,
                int bufferSize,
                short replication,
                long blockSize,
                Progressable progress)
                throws IOException {
            return created(
                    path,
                    () -> super.create(path, permission, isOverwriting, bufferSize, replication, blockSize, progress));
        }

        @Override
        public FSDataOutputStream create(
                Path path,
                boolean isOverwriting,
                int bufferSize,
                short replication,
                long blockSize,
                Progressable progress)
                throws IOException {
            return created(path, () -> super.create(path, isOverwriting, bufferSize, replication, blockSize, progress));
        }

        @Override
        public boolean rename(Path from, Path to) throws IOException {
            return perform(to, () -> super.rename(from, to));
        }

        @Override
        public boolean delete(Path path, boolean isRecursive) throws IOException {
            return perform(path, () -> super.delete(path, isRecursive));
        }

        @Override
        public boolean mkdirs(Path path, FsPermission permission) throws IOException {
            return perform(path, () -> super.mkdirs(path, permission));
        }

        private static FSDataOutputStream created(Path path, Operation<FSDataOutputStream> creation)
                throws IOException {
            long number = number(path);
            return number == first && fault == Fault.CUT
                    ? new FSDataOutputStream(new Cut(creation.perform()), null)
                    : perform(number, creation);
        }

        private static <T> T perform(Path path, Operation<T> operation) throws IOException {
            return perform(number(path), operation);
        }

        private static long number(Path path) {
            return path.toUri().getPath().startsWith(folder) ? DONE.incrementAndGet() : 0;
        }

        private static <T> T perform(long number, Operation<T> operation) throws IOException {
            if (number < first || number >= first + (fault == Fault.THROTTLED ? THROTTLED_OPERATIONS : 1)) {
                return operation.perform();
            }
            switch (fault) {
                case REFUSED, CUT -> throw new IOException("Input/output error (injected)");
                case THROTTLED -> throw new SocketTimeoutException("503 Slow Down (injected)");
                case KILLED_BEFORE -> Runtime.getRuntime().halt(KILLED);
                default -> {}
            }
            T done = operation.perform();
            if (done instanceof FSDataOutputStream out) {
                out.close();
            }
            switch (fault) {
                case KILLED_AFTER -> Runtime.getRuntime().halt(KILLED);
                case TIMED_OUT -> throw new SocketTimeoutException("Read timed out (injected)");
                default ->
                    throw new IOException("the answer to %s was lost (injected)"
                            .formatted(fault.name().toLowerCase(Locale.ROOT)));
            }
            return done;
        }
    }

    /** Takes half of what is first written. */
    private static final class Cut extends FilterOutputStream {
        Cut(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length / 2);
            out.flush();
            throw new IOException("Input/output error (injected)");
        }
    }
}
