package io.clientele.qualify.matching;

import static io.clientele.config.Requirement.check;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How records are matched: the file given to {@code clientele match --config}.
 *
 * @param id the column that identifies a record
 * @param columns what is compared, and as what
 * @param blocking the keys: two records are compared if they agree on all parts of one of them, a part being a column
 *     ({@code date_of_birth}) or its sketch ({@code ~surname}); left out, keys are found by measuring
 * @param pairsPerRecord how many candidate pairs there may be for each record; keys that cost more are left out
 * @param largestBlock the most records that one value of a key may bring together; larger blocks are left out, and said
 * @param threshold from which probability on two records are the same
 * @param seed of the sample from which chance agreements are learned
 */
public record Rules(
        String id,
        Map<String, Kind> columns,
        List<List<String>> blocking,
        int pairsPerRecord,
        int largestBlock,
        double threshold,
        long seed)
        implements Serializable {

    public Rules {
        check(id != null && !id.isBlank(), "key 'id' is missing: the column that identifies a record");
        check(columns != null && columns.size() >= 2, "key 'columns' must name at least two columns to compare");
        check(columns.size() <= 20, "key 'columns' must name at most 20 columns, got %d", columns.size());
        check(!columns.containsKey(id), "key 'columns' must not name the identifier '%s'", id);
        columns = new LinkedHashMap<>(columns);
        List<List<String>> keys = new ArrayList<>();
        for (List<String> key : blocking == null ? List.<List<String>>of() : blocking) {
            check(key != null && !key.isEmpty(), "key 'blocking' has an empty list");
            for (String part : key) {
                check(
                        columns.containsKey(part.replaceFirst("^~", "")),
                        "key 'blocking' names '%s', which is not among 'columns'",
                        part);
            }
            keys.add(List.copyOf(key));
        }
        check(keys.size() <= 60, "key 'blocking' must have at most 60 keys, got %d", keys.size());
        blocking = keys;
        check(pairsPerRecord >= 1, "key 'pairsPerRecord' must be positive, got %d", pairsPerRecord);
        check(largestBlock >= 2, "key 'largestBlock' must be at least 2, got %d", largestBlock);
        check(threshold > 0 && threshold < 1, "key 'threshold' must be between 0 and 1, got %s", threshold);
    }

    List<String> names() {
        return List.copyOf(columns.keySet());
    }

    List<Kind> kinds() {
        return List.copyOf(columns.values());
    }
}
