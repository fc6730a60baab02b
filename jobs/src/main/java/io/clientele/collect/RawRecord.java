package io.clientele.collect;

import io.clientele.text.Issue;
import java.util.List;

/**
 * A record as it lies in a text file.
 *
 * @param position the line it starts on, from 1
 * @param raw its text, as delivered
 * @param values the values of the declared columns; the list is null if the record is malformed, a value if it is absent or empty
 * @param issue why it is malformed; null if it is not
 * @param detail figures that help to mend it; never a value
 */
record RawRecord(long position, String raw, List<String> values, Issue issue, String detail) {

    static RawRecord of(long position, String raw, List<String> values) {
        return new RawRecord(position, raw, values, null, null);
    }

    static RawRecord malformed(long position, String raw, Issue issue, String detail) {
        return new RawRecord(position, raw, null, issue, detail);
    }
}
