package io.clientele.generate;

import java.util.ArrayList;
import java.util.List;

/** What makes a record one that cannot be accepted. */
enum Damage {
    MISSING_VALUE,
    IMPOSSIBLE_DATE,
    NOT_A_NUMBER,
    WRONG_FIELD_COUNT,
    UNBALANCED_QUOTE,
    CUT_SHORT,
    UNDECODABLE;

    /** What can happen to the records of a feed. */
    static List<Damage> of(Feed feed) {
        List<Damage> all = new ArrayList<>(List.of(MISSING_VALUE, UNDECODABLE));
        all.addAll(feed.dialect().isJson() ? List.of(CUT_SHORT) : List.of(WRONG_FIELD_COUNT, UNBALANCED_QUOTE));
        if (feed.moment() >= 0) {
            all.add(IMPOSSIBLE_DATE);
        }
        if (feed.number() >= 0) {
            all.add(NOT_A_NUMBER);
        }
        return List.copyOf(all);
    }

    /** Damages the values, if it is of them. */
    void spoil(Feed feed, String[] values) {
        switch (this) {
            case MISSING_VALUE -> values[feed.required()] = null;
            case IMPOSSIBLE_DATE -> values[feed.moment()] = february31(values[feed.moment()]);
            case NOT_A_NUMBER -> values[feed.number()] = "#N/A";
            default -> {}
        }
    }

    /** Damages the line, if it is of that. */
    void spoil(Feed feed, StringBuilder line) {
        switch (this) {
            case WRONG_FIELD_COUNT -> line.append(feed.dialect().delimiter());
            case UNBALANCED_QUOTE -> line.insert(0, "\"x");
            case CUT_SHORT -> line.setLength(line.length() * 2 / 3);
            default -> {}
        }
    }

    private static String february31(String date) {
        return date.charAt(2) == '/'
                ? "31/02" + date.substring(5)
                : date.substring(0, 4) + "-02-31" + date.substring(10);
    }
}
