package io.clientele.qualify.matching;

import static io.clientele.config.Requirement.check;

import java.io.Serializable;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What people have decided, which holds whatever the records say.
 *
 * @param same pairs of records that are of one person or company
 * @param different pairs of records that are not
 */
public record Decisions(Set<Pair> same, Set<Pair> different) implements Serializable {

    public static final Decisions NONE = new Decisions(Set.of(), Set.of());

    public Decisions {
        same = Set.copyOf(same);
        different = Set.copyOf(different);
        for (Pair pair : same) {
            check(
                    !different.contains(pair),
                    "the records %s and %s are decided to be the same and to be different",
                    pair.one(),
                    pair.two());
        }
    }

    /** Two records, in whichever order they were given. */
    public record Pair(String one, String two) implements Serializable {
        public Pair {
            if (one.compareTo(two) > 0) {
                String first = two;
                two = one;
                one = first;
            }
        }
    }

    /** All records that somebody decided about. */
    public List<String> records() {
        Set<String> records = new HashSet<>();
        same.forEach(pair -> records.addAll(List.of(pair.one(), pair.two())));
        different.forEach(pair -> records.addAll(List.of(pair.one(), pair.two())));
        return records.stream().sorted().toList();
    }
}
