package io.clientele.text;

import java.util.stream.Collectors;

/** Findings as tables of cases write them: {@code NICKNAME=Elisabeth; INCOMPLETE_NAME}. */
final class Findings {

    private Findings() {}

    static String text(Reading<?> reading) {
        return reading.findings().stream()
                .map(finding -> finding.issue()
                        + finding.proposal().map(proposal -> "=" + proposal).orElse(""))
                .collect(Collectors.joining("; "));
    }

    static String issues(Reading<?> reading) {
        return reading.findings().stream()
                .map(finding -> finding.issue().name())
                .distinct()
                .collect(Collectors.joining(" "));
    }
}
