package io.clientele.collect;

import io.clientele.text.Issue;
import java.io.IOException;

/** Why nothing of a file can be accepted. */
final class RefusedFile extends IOException {

    private static final long serialVersionUID = 1L;
    private final Issue issue;

    RefusedFile(Issue issue, String detail) {
        super(detail);
        this.issue = issue;
    }

    Issue issue() {
        return issue;
    }
}
