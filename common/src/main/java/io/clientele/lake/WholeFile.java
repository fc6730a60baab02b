package io.clientele.lake;

import java.io.IOException;
import java.io.OutputStream;
import org.apache.hadoop.fs.CommonPathCapabilities;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** A small file that appears whole or not at all. */
public final class WholeFile {

    /** What a file that is not yet whole is called, after its name. */
    public static final String DRAFT = ".draft";

    private WholeFile() {}

    /** Writes a file, in the place of the one that is there. Where a rename is no copy, there may be only the draft for a moment. */
    public static void write(FileSystem fileSystem, Path file, byte[] content) throws IOException {
        // What can still be taken back cannot be seen: so it is with object stores, where an object appears when it is
        // closed.
        if (fileSystem.hasPathCapability(file, CommonPathCapabilities.ABORTABLE_STREAM)) {
            put(fileSystem, file, content);
            return;
        }
        Path draft = file.suffix(DRAFT);
        put(fileSystem, draft, content);
        fileSystem.delete(file, false);
        if (!fileSystem.rename(draft, file)) {
            throw new IOException("cannot rename " + draft);
        }
    }

    private static void put(FileSystem fileSystem, Path file, byte[] content) throws IOException {
        try (OutputStream out = fileSystem.create(file, true)) {
            out.write(content);
        }
    }
}
