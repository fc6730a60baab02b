package io.clientele.qualify;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;

import io.clientele.qualify.Survivorship.Candidate;
import io.clientele.qualify.Survivorship.Rule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the contact records of one customer say and said of it, what was proved wrong, and what survives. */
final class AttributeHistory {

    /**
     * A contact record as it stood for a while.
     *
     * @param deliveries how many deliveries had made it so: the order of the versions
     * @param values of the attributes of which it says something
     */
    record Version(
            String contactId,
            String customerRef,
            String source,
            Instant updatedAt,
            long deliveries,
            Map<Attribute, String> values) {}

    /** What a value is today. */
    enum State {
        CURRENT,
        ALTERNATIVE,
        FORMER,
        OBSOLETE;

        String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A value over a period.
     *
     * @param to null while a record still has it
     * @param refutation what proved it wrong, or null
     */
    record Entry(
            Attribute attribute,
            String value,
            Instant from,
            Instant to,
            String source,
            String contactId,
            long contacts,
            State state,
            boolean isGolden,
            Refutation refutation,
            Instant verifiedAt) {}

    /** What proved a value wrong, and when. */
    record Refutation(Incident.Kind kind, Instant occurredAt) {

        Refutation earlier(Refutation other) {
            return Comparator.comparing(Refutation::occurredAt)
                                    .thenComparing(Refutation::kind)
                                    .compare(this, other)
                            <= 0
                    ? this
                    : other;
        }
    }

    /** One contact record having one value over a period. */
    private record Statement(
            String contactId, String source, String value, Instant from, Instant to, Instant verifiedAt) {

        boolean isOpen() {
            return to == null;
        }

        boolean holdsAt(Instant instant) {
            return !from.isAfter(instant) && (isOpen() || to.isAfter(instant));
        }
    }

    private final Survivorship survivorship;
    private final Map<String, Set<String>> contactsOf;
    private final Map<Attribute, List<Statement>> statements = new EnumMap<>(Attribute.class);
    private final Map<Attribute, Map<String, Refutation>> refutations = new EnumMap<>(Attribute.class);

    private AttributeHistory(List<Version> versions, Survivorship survivorship) {
        this.survivorship = survivorship;
        this.contactsOf =
                versions.stream().collect(groupingBy(Version::customerRef, mapping(Version::contactId, toSet())));
        Map<String, List<Version>> records = versions.stream()
                .sorted(Comparator.comparing(Version::deliveries))
                .collect(groupingBy(Version::contactId, TreeMap::new, Collectors.toList()));
        for (Attribute attribute : Attribute.values()) {
            statements.put(
                    attribute,
                    records.values().stream()
                            .flatMap(record -> statements(record, attribute).stream())
                            .toList());
        }
    }

    /** The history, by attribute, value and period; the order in which versions and incidents come does not matter. */
    static List<Entry> of(List<Version> versions, List<Incident> incidents, Survivorship survivorship) {
        AttributeHistory history = new AttributeHistory(versions, survivorship);
        incidents.forEach(history::refute);
        return Stream.of(Attribute.values())
                .flatMap(attribute -> history.entries(attribute).stream())
                .toList();
    }

    /** What one record said of an attribute, one after the other; its clock is not believed when it goes backwards. */
    private static List<Statement> statements(List<Version> versions, Attribute attribute) {
        List<Statement> made = new ArrayList<>();
        Statement open = null;
        Instant now = Instant.MIN;
        for (Version version : versions) {
            now = version.updatedAt().isAfter(now) ? version.updatedAt() : now;
            String value = version.values().get(attribute);
            if (open != null && !open.value().equals(value)) {
                made.add(new Statement(
                        open.contactId(), open.source(), open.value(), open.from(), now, open.verifiedAt()));
                open = null;
            }
            if (value != null) {
                Instant from = open == null ? now : open.from();
                open = new Statement(version.contactId(), version.source(), value, from, null, now);
            }
        }
        if (open != null) {
            made.add(open);
        }
        return made;
    }

    /** Notes which value an incident proves wrong, unless a record has said it again since. */
    private void refute(Incident incident) {
        for (Attribute attribute : incident.kind().attributes()) {
            List<Statement> all = statements.get(attribute);
            List<String> values = incident.refuted()
                    .map(value -> all.stream()
                            .map(Statement::value)
                            .filter(said -> fold(said).equals(fold(value)))
                            .distinct()
                            .toList())
                    .orElseGet(() -> currentAt(incident, all).stream().toList());
            for (String value : values) {
                boolean isVerifiedSince = all.stream()
                        .anyMatch(statement -> statement.value().equals(value)
                                && statement.verifiedAt().isAfter(incident.occurredAt()));
                if (!isVerifiedSince) {
                    refutations
                            .computeIfAbsent(attribute, any -> new TreeMap<>())
                            .merge(value, new Refutation(incident.kind(), incident.occurredAt()), Refutation::earlier);
                }
            }
            if (!values.isEmpty()) {
                return;
            }
        }
    }

    private Optional<String> currentAt(Incident incident, List<Statement> all) {
        Set<String> contacts = contactsOf.getOrDefault(incident.customerRef(), Set.of());
        return all.stream()
                .filter(statement ->
                        contacts.contains(statement.contactId()) && statement.holdsAt(incident.occurredAt()))
                .max(Comparator.comparing(Statement::from).thenComparing(Statement::contactId))
                .map(Statement::value);
    }

    /** Addresses of e-mail are the same in any case. */
    private static String fold(String value) {
        return value.toLowerCase(Locale.ROOT);
    }

    private List<Entry> entries(Attribute attribute) {
        Map<String, List<Statement>> byValue = statements.get(attribute).stream()
                .collect(groupingBy(Statement::value, TreeMap::new, Collectors.toList()));
        Map<String, Refutation> refuted = refutations.getOrDefault(attribute, Map.of());
        Rule rule = survivorship.rule(attribute);
        Optional<String> golden = byValue.values().stream()
                .filter(said -> said.stream().anyMatch(Statement::isOpen))
                .map(this::candidate)
                .max(Comparator.comparing((Candidate candidate) -> !refuted.containsKey(candidate.value()))
                        .thenComparing(rule.order()))
                .map(Candidate::value);
        List<Entry> entries = new ArrayList<>();
        byValue.forEach((value, said) -> {
            List<List<Statement>> periods = periods(said);
            for (int i = 0; i < periods.size(); i++) {
                boolean isLast = i == periods.size() - 1;
                entries.add(entry(
                        attribute,
                        periods.get(i),
                        isLast && golden.filter(value::equals).isPresent(),
                        isLast ? refuted.get(value) : null));
            }
        });
        return entries;
    }

    private Candidate candidate(List<Statement> said) {
        List<Statement> open = said.stream().filter(Statement::isOpen).toList();
        return new Candidate(
                open.get(0).value(),
                open.stream()
                        .map(Statement::verifiedAt)
                        .max(Comparator.naturalOrder())
                        .orElseThrow(),
                open.stream()
                        .mapToInt(statement -> survivorship.rank(statement.source()))
                        .min()
                        .orElseThrow(),
                open.size());
    }

    /** Statements of one value, put together where they overlap or touch. */
    private static List<List<Statement>> periods(List<Statement> said) {
        List<List<Statement>> periods = new ArrayList<>();
        Instant end = Instant.MIN;
        for (Statement statement : said.stream()
                .sorted(Comparator.comparing(Statement::from).thenComparing(Statement::contactId))
                .toList()) {
            if (statement.from().isAfter(end)) {
                periods.add(new ArrayList<>());
            }
            periods.get(periods.size() - 1).add(statement);
            Instant to = statement.isOpen() ? Instant.MAX : statement.to();
            end = to.isAfter(end) ? to : end;
        }
        return periods;
    }

    private Entry entry(Attribute attribute, List<Statement> period, boolean isGolden, Refutation refutation) {
        boolean isHeld = period.stream().anyMatch(Statement::isOpen);
        List<Statement> witnesses =
                isHeld ? period.stream().filter(Statement::isOpen).toList() : period;
        Comparator<Statement> recent = Comparator.comparing(Statement::verifiedAt)
                .thenComparing(statement -> -survivorship.rank(statement.source()))
                .thenComparing(Statement::contactId, Comparator.reverseOrder());
        Comparator<Statement> trusted =
                Comparator.comparing((Statement statement) -> -survivorship.rank(statement.source()));
        Statement origin = witnesses.stream()
                .max(survivorship.rule(attribute) == Rule.MOST_TRUSTED ? trusted.thenComparing(recent) : recent)
                .orElseThrow();
        return new Entry(
                attribute,
                origin.value(),
                period.get(0).from(),
                isHeld
                        ? null
                        : period.stream()
                                .map(Statement::to)
                                .filter(Objects::nonNull)
                                .max(Comparator.naturalOrder())
                                .orElseThrow(),
                origin.source(),
                origin.contactId(),
                witnesses.stream().map(Statement::contactId).distinct().count(),
                state(isHeld, isGolden, refutation != null),
                isGolden,
                refutation,
                period.stream()
                        .map(Statement::verifiedAt)
                        .max(Comparator.naturalOrder())
                        .orElseThrow());
    }

    private static State state(boolean isHeld, boolean isGolden, boolean isRefuted) {
        if (isRefuted) {
            return State.OBSOLETE;
        }
        if (isGolden) {
            return State.CURRENT;
        }
        return isHeld ? State.ALTERNATIVE : State.FORMER;
    }
}
