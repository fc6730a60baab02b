package io.clientele.collect;

import io.clientele.lake.RawZone;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The SHA-256 of a file's bytes, by which a changed file is told. */
final class Checksums {

    private Checksums() {}

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    static String of(RawZone raw, String file) {
        try (InputStream in = raw.open(file);
                DigestInputStream bytes = new DigestInputStream(in, sha256())) {
            bytes.transferTo(OutputStream.nullOutputStream());
            return hex(bytes.getMessageDigest());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
