package io.clientele.lake;

import java.io.IOException;

/** What an object store refuses, by its own code for it. */
final class StoreException extends IOException {

    private static final long serialVersionUID = 1L;
    private final String code;

    StoreException(String code) {
        super("the object store answers " + code);
        this.code = code;
    }

    String code() {
        return code;
    }
}
