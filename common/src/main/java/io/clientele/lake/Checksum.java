package io.clientele.lake;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What tells one content from another. */
record Checksum(String sha256, long size) {

    static Checksum of(Path file) throws IOException {
        MessageDigest digest = digest("SHA-256");
        byte[] buffer = new byte[1 << 16];
        long size = 0;
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
                size += read;
            }
        }
        return new Checksum(HexFormat.of().formatHex(digest.digest()), size);
    }

    /** The tag that stores give to a part of an upload, unless they encrypt it with a key of their own. */
    static String tag(byte[] part) {
        return HexFormat.of().formatHex(digest("MD5").digest(part));
    }

    private static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(algorithm + " comes with every Java", e);
        }
    }
}
