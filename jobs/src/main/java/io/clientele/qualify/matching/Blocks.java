package io.clientele.qualify.matching;

import java.util.ArrayList;
import java.util.List;

/** The blocking keys of some rules. */
final class Blocks {

    private static final String PART = "\u001f";

    private Blocks() {}

    /** Every key worth measuring: each column by itself, and the sketches of any two. */
    static List<List<String>> possible(Rules rules) {
        List<List<String>> keys = new ArrayList<>();
        List<String> names = rules.names();
        names.forEach(name -> keys.add(List.of(name)));
        for (int one = 0; one < names.size(); one++) {
            for (int other = one + 1; other < names.size(); other++) {
                keys.add(List.of("~" + names.get(one), "~" + names.get(other)));
            }
        }
        return keys;
    }

    /** The columns of a key, by number. */
    static List<Integer> columns(List<String> key, Rules rules) {
        return key.stream()
                .map(part -> rules.names().indexOf(part.replaceFirst("^~", "")))
                .toList();
    }

    /** The value of a key; null where a part is missing. */
    static String value(List<String> key, List<Integer> columns, String[] values, String[] sketches) {
        StringBuilder value = new StringBuilder();
        for (int part = 0; part < key.size(); part++) {
            int column = columns.get(part);
            String one = key.get(part).startsWith("~") ? sketches[column] : values[column];
            if (one == null) {
                return null;
            }
            value.append(part > 0 ? PART : "").append(one);
        }
        return value.toString();
    }
}
