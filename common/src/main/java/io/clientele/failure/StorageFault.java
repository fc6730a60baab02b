package io.clientele.failure;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.security.AccessControlException;

/** What a store complains of, told in words of its own: its messages may name files of anybody. */
public enum StorageFault {
    FULL("no space left"),
    READ_ONLY("read-only"),
    FORBIDDEN("permission denied"),
    NO_FOLDER("a folder cannot be made");

    private final String words;

    StorageFault(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }

    /** The complaint that an exception is, if it is one of a store. */
    public static Optional<StorageFault> of(Throwable thrown) {
        if (thrown instanceof AccessDeniedException || thrown instanceof AccessControlException) {
            return Optional.of(FORBIDDEN);
        }
        if (!(thrown instanceof IOException)) {
            return Optional.empty();
        }
        String message = String.valueOf(thrown.getMessage()).toLowerCase(Locale.ROOT);
        if (message.contains("no space left") || message.contains("quota exceeded")) {
            return Optional.of(FULL);
        }
        if (message.contains("read-only file system")) {
            return Optional.of(READ_ONLY);
        }
        if (message.contains("permission denied")) {
            return Optional.of(FORBIDDEN);
        }
        return message.contains("mkdirs failed") || message.contains("not a directory")
                ? Optional.of(NO_FOLDER)
                : Optional.empty();
    }
}
