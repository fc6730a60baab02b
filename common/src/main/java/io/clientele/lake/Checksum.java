package io.clientele.lake;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.codec.digest.DigestUtils;

/** What tells one content from another. */
record Checksum(String sha256, long size) {

    static Checksum of(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new Checksum(DigestUtils.sha256Hex(in), Files.size(file));
        }
    }

    /** The tag that stores give to a part of an upload, unless they encrypt it with a key of their own. */
    static String tag(byte[] part) {
        return DigestUtils.md5Hex(part);
    }
}
