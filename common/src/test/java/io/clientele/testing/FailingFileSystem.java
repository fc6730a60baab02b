package io.clientele.testing;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/** A local file system that refuses to write once so many bytes are written, as a full or a read-only disk does. */
public abstract class FailingFileSystem extends RawLocalFileSystem {

    private static final AtomicLong ALLOWED = new AtomicLong();
    private static volatile String words = "";

    private final String scheme;

    FailingFileSystem(String scheme) {
        this.scheme = scheme;
    }

    /** A disk that is full after some bytes. */
    public static final class Full extends FailingFileSystem {
        public Full() {
            super("full");
        }
    }

    /** A disk that cannot be written at all. */
    public static final class ReadOnly extends FailingFileSystem {
        public ReadOnly() {
            super("readonly");
        }
    }

    /** From now on so many bytes may be written, by all; then the reason is given. */
    public static void allow(long bytes, String reason) {
        ALLOWED.set(bytes);
        words = reason;
    }

    @Override
    public URI getUri() {
        return URI.create(scheme + ":///");
    }

    @Override
    public String getScheme() {
        return scheme;
    }

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
        return limited(super.create(path, permission, isOverwriting, bufferSize, replication, blockSize, progress));
    }

    @Override
    public FSDataOutputStream create(
            Path path, boolean isOverwriting, int bufferSize, short replication, long blockSize, Progressable progress)
            throws IOException {
        return limited(super.create(path, isOverwriting, bufferSize, replication, blockSize, progress));
    }

    private static FSDataOutputStream limited(OutputStream out) throws IOException {
        if (ALLOWED.get() <= 0) {
            out.close();
            throw new IOException(message());
        }
        return new FSDataOutputStream(
                new FilterOutputStream(out) {
                    @Override
                    public void write(int value) throws IOException {
                        spend(1);
                        out.write(value);
                    }

                    @Override
                    public void write(byte[] bytes, int offset, int length) throws IOException {
                        spend(length);
                        out.write(bytes, offset, length);
                    }
                },
                null);
    }

    private static void spend(long bytes) throws IOException {
        if (ALLOWED.addAndGet(-bytes) < 0) {
            throw new IOException(message());
        }
    }

    private static String message() {
        return words.equals("read-only") ? "Read-only file system" : "No space left on device";
    }
}
