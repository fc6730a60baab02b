package io.clientele.run;

import io.clientele.failure.ExitCode;
import io.clientele.failure.Failure;
import io.clientele.table.Layer;
import io.clientele.table.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The jobs in an order in which each finds what it reads: derived from what they declare, never written down. */
public final class Plan {

    private static final String ALL = "nightly";

    private final List<Job<?>> jobs;

    private Plan(List<Job<?>> jobs) {
        this.jobs = List.copyOf(jobs);
    }

    /**
     * Orders jobs; those that do not depend on each other keep the order given.
     *
     * @throws IllegalArgumentException if two jobs write one table, bear one name, or wait for each other, or if nobody
     *     writes what one reads
     */
    public static Plan of(Collection<? extends Job<?>> jobs) {
        Map<Table, Job<?>> writers = new HashMap<>();
        Set<String> names = new HashSet<>();
        for (Job<?> job : jobs) {
            require(names.add(job.name()), "two jobs are named %s", job);
            for (Table table : job.writes()) {
                Job<?> other = writers.put(table, job);
                require(other == null, "%s and %s both write %s", other, job, table);
            }
        }
        for (Job<?> job : jobs) {
            for (Table table : job.reads()) {
                require(writers.containsKey(table), "%s reads %s, which no job writes", job, table);
            }
        }
        List<Job<?>> ordered = new ArrayList<>();
        Set<Job<?>> placed = new HashSet<>();
        List<Job<?>> waiting = new ArrayList<>(jobs);
        while (!waiting.isEmpty()) {
            Job<?> next = waiting.stream()
                    .filter(job -> job.reads().stream()
                            .map(writers::get)
                            .allMatch(writer -> writer == job || placed.contains(writer)))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("these jobs wait for each other: " + waiting));
            placed.add(next);
            ordered.add(next);
            waiting.remove(next);
        }
        return new Plan(ordered);
    }

    public List<Job<?>> jobs() {
        return jobs;
    }

    /** The jobs that must have ended before this one may start, in the plan's order. */
    public List<Job<?>> before(Job<?> job) {
        return jobs.subList(0, jobs.indexOf(job)).stream()
                .filter(job::mustFollow)
                .collect(Collectors.toList());
    }

    /** Every table that one of the jobs writes. */
    public Set<Table> tables() {
        return jobs.stream().flatMap(job -> job.writes().stream()).collect(Collectors.toSet());
    }

    /**
     * The named jobs, in the plan's order; the verb of a layer names all that write to it, {@code nightly} all there are.
     *
     * @throws Failure (usage) if a name is none of the plan's
     */
    public List<Job<?>> select(Collection<String> names) {
        Set<String> known = new LinkedHashSet<>();
        jobs.forEach(job -> known.addAll(names(job)));
        for (String name : names) {
            if (!known.contains(name)) {
                Set<String> verbs = Arrays.stream(Layer.values())
                        .map(Layer::verb)
                        .collect(Collectors.toCollection(LinkedHashSet::new));
                verbs.retainAll(known);
                throw new Failure(
                        ExitCode.USAGE,
                        "there is no job '%s'; there are nightly (all jobs), %s (those that do so), %s"
                                .formatted(
                                        name,
                                        String.join(", ", verbs),
                                        jobs.stream().map(Job::name).collect(Collectors.joining(", "))));
            }
        }
        return jobs.stream()
                .filter(job -> !Collections.disjoint(names(job), names))
                .collect(Collectors.toList());
    }

    private static Set<String> names(Job<?> job) {
        Set<String> names = new LinkedHashSet<>(List.of(job.name(), ALL));
        job.writes().forEach(table -> names.add(table.layer().verb()));
        return names;
    }

    private static void require(boolean holds, String complaint, Object... values) {
        if (!holds) {
            throw new IllegalArgumentException(complaint.formatted(values));
        }
    }
}
