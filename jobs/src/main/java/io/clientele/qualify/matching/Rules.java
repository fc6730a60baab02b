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
 * @param same columns in which equality proves that two records are the same, whatever the others say: a key that the
 *     sources share; none if left out
 * @param different columns in which two records of one person or company cannot differ by more than a slip: a SIRET; none if
 *     left out
 * @param between a column that says which list a record comes from, if lists are to be linked that hold nobody twice: only
 *     records of different lists are compared; if left out, all are
 * @param blocking the keys: two records are compared if they agree on all parts of one of them, a part being a column
 *     ({@code date_of_birth}) or one of its two sketches ({@code ~surname}, {@code ~~surname}); if left out, keys are found
 *     by measuring
 * @param pairsPerRecord how many candidate pairs there may be for each record; keys that cost more are left out
 * @param largestBlock the most records that one value of a key may bring together; larger blocks are left out, and said
 * @param largestGroup the most records that may become one person or company; 200 if left out
 * @param threshold from which probability on two records are the same
 * @param seed of the samples from which is learned
 */
public record Rules(
        String id,
        Map<String, Kind> columns,
        List<String> same,
        List<String> different,
        String between,
        List<List<String>> blocking,
        int pairsPerRecord,
        int largestBlock,
        Integer largestGroup,
        double threshold,
        long seed)
        implements Serializable {

    private static final int USUAL_LARGEST_GROUP = 200;

    public Rules {
        check(id != null && !id.isBlank(), "key 'id' is missing: the column that identifies a record");
        check(columns != null && columns.size() >= 2, "key 'columns' must name at least two columns to compare");
        check(columns.size() <= 20, "key 'columns' must name at most 20 columns, got %d", columns.size());
        check(!columns.containsKey(id), "key 'columns' must not name the identifier '%s'", id);
        columns = new LinkedHashMap<>(columns);
        same = same == null ? List.of() : List.copyOf(same);
        different = different == null ? List.of() : List.copyOf(different);
        for (String column : different) {
            check(columns.containsKey(column), "key 'different' names '%s', which is not among 'columns'", column);
        }
        List<List<String>> keys = new ArrayList<>();
        for (List<String> key : blocking == null ? List.<List<String>>of() : blocking) {
            check(key != null && !key.isEmpty(), "key 'blocking' has an empty list");
            for (String part : key) {
                check(
                        columns.containsKey(Blocks.column(part)),
                        "key 'blocking' names '%s', which is not among 'columns'",
                        part);
            }
            keys.add(List.copyOf(key));
        }
        check(keys.size() <= 60, "key 'blocking' must have at most 60 keys, got %d", keys.size());
        blocking = keys;
        check(pairsPerRecord >= 1, "key 'pairsPerRecord' must be positive, got %d", pairsPerRecord);
        check(largestBlock >= 2, "key 'largestBlock' must be at least 2, got %d", largestBlock);
        largestGroup = largestGroup == null ? USUAL_LARGEST_GROUP : largestGroup;
        check(
                largestGroup >= 2 && largestGroup <= 10_000,
                "key 'largestGroup' must be between 2 and 10000, got %d",
                largestGroup);
        check(threshold > 0 && threshold < 1, "key 'threshold' must be between 0 and 1, got %s", threshold);
    }

    /** All columns that a table of records must have. */
    public List<String> required() {
        List<String> required = new ArrayList<>(List.of(id));
        required.addAll(columns.keySet());
        required.addAll(same);
        if (between != null) {
            required.add(between);
        }
        return required.stream().distinct().toList();
    }

    List<String> names() {
        return List.copyOf(columns.keySet());
    }

    List<Kind> kinds() {
        return List.copyOf(columns.values());
    }
}
