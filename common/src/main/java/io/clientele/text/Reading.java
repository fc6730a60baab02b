package io.clientele.text;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A value read from text and all that was noticed on the way. Where {@link Parsed} gives a value or an issue, a reading may
 * give both: a phone number can be valid and yet a filler. Absent text gives neither.
 */
public record Reading<T>(Optional<T> value, List<Finding> findings) {

    public Reading {
        findings = List.copyOf(findings);
    }

    public static <T> Reading<T> of(T value) {
        return new Reading<>(Optional.of(value), List.of());
    }

    public static <T> Reading<T> of(T value, List<Finding> findings) {
        return new Reading<>(Optional.of(value), findings);
    }

    public static <T> Reading<T> failed(Issue issue) {
        return failed(List.of(Finding.of(issue)));
    }

    public static <T> Reading<T> failed(List<Finding> findings) {
        return new Reading<>(Optional.empty(), findings);
    }

    public static <T> Reading<T> absent() {
        return new Reading<>(Optional.empty(), List.of());
    }

    public <R> Reading<R> map(Function<? super T, ? extends R> mapper) {
        return new Reading<>(value.map(mapper), findings);
    }

    public boolean has(Issue issue) {
        return findings.stream().anyMatch(finding -> finding.issue() == issue);
    }

    /** The correction that goes with an issue. */
    public Optional<String> proposal(Issue issue) {
        return findings.stream()
                .filter(finding -> finding.issue() == issue)
                .flatMap(finding -> finding.proposal().stream())
                .findFirst();
    }
}
