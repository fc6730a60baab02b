package io.clientele.text;

import java.util.Optional;
import java.util.function.Function;

/** A value read from text, or the reason why there is none. Absent text gives neither. */
public record Parsed<T>(Optional<T> value, Optional<Issue> issue) {

    public static <T> Parsed<T> of(T value) {
        return new Parsed<>(Optional.of(value), Optional.empty());
    }

    public static <T> Parsed<T> failed(Issue issue) {
        return new Parsed<>(Optional.empty(), Optional.of(issue));
    }

    public static <T> Parsed<T> absent() {
        return new Parsed<>(Optional.empty(), Optional.empty());
    }

    public <R> Parsed<R> map(Function<? super T, ? extends R> mapper) {
        return new Parsed<>(value.map(mapper), issue);
    }

    public <R> Parsed<R> then(Function<? super T, Parsed<R>> next) {
        return value.map(next).orElseGet(() -> new Parsed<>(Optional.empty(), issue));
    }
}
