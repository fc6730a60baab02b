package io.clientele.lake;

import io.delta.storage.HadoopFileSystemLogStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.util.Arrays;
import java.util.Iterator;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.s3a.RemoteFileChangedException;

/**
 * Writes Delta's log to an object store. Delta's own store for S3 trusts that there is one writing driver; here the store
 * itself refuses a version that is there, and a driver that has lost the lake's lock commits nothing more. Delta makes it,
 * by the name of its class.
 */
public final class ConditionalLogStore extends HadoopFileSystemLogStore {

    public ConditionalLogStore(Configuration hadoop) {
        super(hadoop);
    }

    @Override
    public void write(Path path, Iterator<String> actions, Boolean isOverwriting, Configuration hadoop)
            throws IOException {
        Lease.check(path.toString());
        byte[] content = lines(actions);
        FileSystem fileSystem = path.getFileSystem(hadoop);
        if (isOverwriting) {
            try (FSDataOutputStream out = fileSystem.create(path, true)) {
                out.write(content);
            }
            return;
        }
        FSDataOutputStreamBuilder<?, ?> commit = fileSystem.createFile(path);
        commit.must("fs.option.create.conditional.overwrite", true);
        try (FSDataOutputStream out = commit.build()) {
            out.write(content);
        } catch (RemoteFileChangedException | org.apache.hadoop.fs.FileAlreadyExistsException refused) {
            if (!isThere(fileSystem, path, content)) {
                throw new FileAlreadyExistsException(path.toString());
            }
        }
    }

    /** A commit whose answer was lost is tried again, and refused because it is there: no two have the same content. */
    private static boolean isThere(FileSystem fileSystem, Path path, byte[] content) throws IOException {
        try (InputStream in = fileSystem.open(path)) {
            return Arrays.equals(in.readAllBytes(), content);
        }
    }

    private static byte[] lines(Iterator<String> actions) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        actions.forEachRemaining(action -> content.writeBytes((action + "\n").getBytes(StandardCharsets.UTF_8)));
        return content.toByteArray();
    }

    @Override
    public Boolean isPartialWriteVisible(Path path, Configuration hadoop) {
        return false;
    }
}
