package io.clientele.text;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Tells first names from last name in the words of one person's name. In turn: a comma ({@code Dupont, Jean}), capitals
 * ({@code DUPONT Jean}), known first names; the usual order where nothing tells. What rests on known first names alone, or
 * on nothing, gives a finding.
 */
final class NameOrder {

    static final String COMMA = ",";

    /** Particles that open a last name at the start of a text, where others may be first names. */
    private static final Set<String> OPENING = Set.of(
            "DE", "DU", "DES", "LE", "LA", "LES", "VON", "VAN", "DER", "DEN", "DEL", "EL", "DI", "DA", "DOS", "DAS",
            "TEN", "TER");

    /** Particles that open a last name behind a first name. */
    private static final Set<String> INNER = Set.of(
            "DE", "DU", "DES", "LE", "LA", "LES", "VON", "VAN", "DER", "DEN", "DEL", "EL", "DI", "DA", "DOS", "DAS",
            "TEN", "TER", "AL", "BEN", "BIN", "IBN", "ABU", "ABOU", "AIT", "OULD", "SAINT", "SAINTE");

    private NameOrder() {}

    /** Words in two, and what is not certain about it. */
    record Split(List<String> firstNames, List<String> lastName, Optional<Finding> finding) {

        Split doubting(Issue issue, Split other) {
            return new Split(firstNames, lastName, Optional.of(Finding.proposing(issue, other.inverted())));
        }

        Split swapped() {
            return doubting(Issue.SWAPPED_NAMES, this);
        }

        /** As {@code last, first}, which reads back as it is. */
        String inverted() {
            String first = firstNames.stream().map(NameCase::firstName).collect(Collectors.joining(" "));
            String last = NameCase.lastName(lastName);
            return first.isEmpty() ? last : last + ", " + first;
        }
    }

    static Split split(List<String> words, boolean hasCivility) {
        int comma = words.indexOf(COMMA);
        if (comma >= 0) {
            List<String> before = words.subList(0, comma);
            List<String> after = without(words.subList(comma + 1, words.size()));
            return before.isEmpty() || after.isEmpty()
                    ? split(without(words), hasCivility)
                    : contradicted(of(after, before));
        }
        if (words.size() < 2) {
            boolean isFirst = words.stream().anyMatch(NameOrder::isOnlyFirst) && !hasCivility;
            return isFirst ? of(words, List.of()) : of(List.of(), words);
        }
        return byCapitals(words).orElseGet(() -> byVocabulary(words));
    }

    private static Optional<Split> byCapitals(List<String> words) {
        int size = words.size();
        int[] shouted =
                IntStream.range(0, size).filter(i -> isShouted(words.get(i))).toArray();
        int[] spoken =
                IntStream.range(0, size).filter(i -> isSpoken(words.get(i))).toArray();
        if (shouted.length == 0 || spoken.length == 0) {
            return Optional.empty();
        }
        int start = shouted[0];
        int end = shouted[shouted.length - 1] + 1;
        if (spoken[0] >= end) {
            return Optional.of(contradicted(of(words.subList(end, size), words.subList(0, end))));
        }
        while (start > 0 && INNER.contains(PersonNames.bare(words.get(start - 1)))) {
            start--;
        }
        if (spoken[spoken.length - 1] < start && start > 0) {
            return Optional.of(contradicted(of(words.subList(0, start), words.subList(start, size))));
        }
        return Optional.empty();
    }

    /**
     * Where the known first name stands on the side of the last name, the vocabulary outweighs how it is written; several
     * unknown words may be no first names at all.
     */
    private static Split contradicted(Split split) {
        if (split.firstNames().stream().anyMatch(FirstNames::isKnown)) {
            return split;
        }
        if (split.lastName().stream().allMatch(NameOrder::isOnlyFirst)) {
            Split turned = of(/* firstNames= */ split.lastName(), /* lastName= */ split.firstNames());
            return split.doubting(Issue.AMBIGUOUS_NAME, turned);
        }
        List<String> all = Stream.concat(split.lastName().stream(), split.firstNames().stream())
                .toList();
        return split.firstNames().size() > 1 ? split.doubting(Issue.AMBIGUOUS_NAME, of(List.of(), all)) : split;
    }

    private static Split byVocabulary(List<String> words) {
        int size = words.size();
        boolean opens = FirstNames.isKnown(words.get(0));
        boolean closes = FirstNames.isKnown(words.get(size - 1));
        int opening = opens ? 0 : particles(words, 0, OPENING);
        if (opening > 0) {
            return particleFirst(words, opening);
        }
        int particle = IntStream.range(1, size - 1)
                .filter(i -> particles(words, i, INNER) > 0)
                .findFirst()
                .orElse(size);
        if (particle < size) {
            return particleInside(words, particle, opens, closes);
        }
        if (opens && closes) {
            return bothKnown(words);
        }
        if (opens) {
            return usual(words);
        }
        if (closes) {
            Split swapped = swapped(words, 1);
            return FirstNames.isAlsoLastName(words.get(size - 1))
                    ? firstWord(words).doubting(Issue.AMBIGUOUS_NAME, swapped)
                    : swapped.swapped();
        }
        return firstWord(words).doubting(Issue.AMBIGUOUS_NAME, swapped(words, 1));
    }

    /** {@code DE LA TOUR JEAN}. */
    private static Split particleFirst(List<String> words, int opening) {
        int size = words.size();
        int noun = Math.min(opening + 1, size);
        if (noun == size) {
            return of(List.of(), words);
        }
        int known = trailingKnown(words, noun);
        int cut = known < size ? known : noun;
        return of(words.subList(cut, size), words.subList(0, cut)).swapped();
    }

    private static Split particleInside(List<String> words, int particle, boolean opens, boolean closes) {
        int size = words.size();
        int known = trailingKnown(words, particle + particles(words, particle, INNER) + 1);
        if (!opens && closes && known < size) {
            return of(words.subList(known, size), words.subList(0, known)).swapped();
        }
        if (opens) {
            int cut = Math.min(leadingKnown(words), particle);
            return of(words.subList(0, cut), words.subList(cut, size));
        }
        Split split = of(words.subList(0, particle), words.subList(particle, size));
        return split.doubting(Issue.AMBIGUOUS_NAME, of(List.of(), words));
    }

    private static Split bothKnown(List<String> words) {
        boolean firstIsLast = FirstNames.isAlsoLastName(words.get(0));
        boolean lastIsLast = FirstNames.isAlsoLastName(words.get(words.size() - 1));
        boolean hasInitials =
                FirstNames.isInitials(words.get(0)) && !FirstNames.isInitials(words.get(words.size() - 1));
        Split usual = usual(words);
        Split swapped = swapped(words, 1);
        if (hasInitials || (lastIsLast && !firstIsLast)) {
            return usual;
        }
        return firstIsLast && !lastIsLast
                ? swapped.doubting(Issue.AMBIGUOUS_NAME, usual)
                : usual.doubting(Issue.AMBIGUOUS_NAME, swapped);
    }

    /** All known first names that open the text, the last word apart. */
    private static Split usual(List<String> words) {
        int size = words.size();
        int cut = leadingKnown(words);
        Split split = of(words.subList(0, cut), words.subList(cut, size));
        if (cut < size - 1) {
            return split.doubting(Issue.AMBIGUOUS_NAME, of(words.subList(0, size - 1), words.subList(size - 1, size)));
        }
        return cut > 1 && FirstNames.isAlsoLastName(words.get(cut - 1))
                ? split.doubting(Issue.AMBIGUOUS_NAME, of(words.subList(0, cut - 1), words.subList(cut - 1, size)))
                : split;
    }

    private static Split firstWord(List<String> words) {
        return of(words.subList(0, 1), words.subList(1, words.size()));
    }

    /** All known first names that close the text. */
    private static Split swapped(List<String> words, int earliest) {
        int cut = Math.min(trailingKnown(words, earliest), words.size() - 1);
        return of(words.subList(cut, words.size()), words.subList(0, cut));
    }

    private static int leadingKnown(List<String> words) {
        int count = 1;
        while (count < words.size() - 1 && FirstNames.isKnown(words.get(count))) {
            count++;
        }
        return count;
    }

    private static int trailingKnown(List<String> words, int earliest) {
        int start = words.size();
        while (start > earliest && FirstNames.isKnown(words.get(start - 1))) {
            start--;
        }
        return start;
    }

    /** How many particles follow each other from a word on; {@code d'} with its noun is none in itself. */
    private static int particles(List<String> words, int from, Set<String> particles) {
        int end = from;
        while (end < words.size() - 1 && particles.contains(PersonNames.bare(words.get(end)))) {
            end++;
        }
        return end - from;
    }

    private static boolean isOnlyFirst(String word) {
        return FirstNames.isKnown(word) && !FirstNames.isAlsoLastName(word) && !FirstNames.isInitials(word);
    }

    private static boolean isShouted(String word) {
        Predicate<String> isLong =
                text -> text.codePoints().filter(Character::isLetter).count() > 1;
        return isLong.test(word)
                && word.equals(word.toUpperCase(Locale.ROOT))
                && !word.equals(word.toLowerCase(Locale.ROOT))
                && !FirstNames.isInitials(word);
    }

    private static boolean isSpoken(String word) {
        return !word.equals(word.toUpperCase(Locale.ROOT)) && !INNER.contains(PersonNames.bare(word));
    }

    private static List<String> without(List<String> words) {
        return words.stream().filter(word -> !word.equals(COMMA)).toList();
    }

    private static Split of(List<String> firstNames, List<String> lastName) {
        return new Split(List.copyOf(firstNames), List.copyOf(lastName), Optional.empty());
    }
}
