package io.clientele.qualify.matching;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clientele.failure.Failure;
import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * All that a match learns from its records, so that it can be used again: with it, whether two records are the same depends
 * on these two alone. It holds no value of any record, only numbers of values.
 *
 * @param columns the columns compared, and as what
 * @param parameters of the model
 * @param keys the blocking keys, in the order in which they were chosen
 * @param largeBlocks the blocks that bring together too many records to be compared
 * @param frequent of each column, how many records have each of its frequent values
 * @param blockingRecall the estimated share of the matches that agree on one of the keys, of those that agree on any key
 *     that could be measured
 * @param lostToLargeBlocks the estimated share of the matches that agree in large blocks alone
 */
public record Learned(
        Map<String, Kind> columns,
        Model.Parameters parameters,
        List<Key> keys,
        Set<Long> largeBlocks,
        List<Map<Long, Integer>> frequent,
        double blockingRecall,
        double lostToLargeBlocks)
        implements Serializable {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Blocks are put in order, so that the same model is the same text, also after it was read. */
    public Learned {
        largeBlocks = Collections.unmodifiableSet(new LinkedHashSet<>(new TreeSet<>(largeBlocks)));
    }

    /**
     * A blocking key in use.
     *
     * @param parts see {@link Rules#blocking()}
     * @param newPairsPerRecord how many pairs it brings that no key before it brings, for each record
     * @param newRecall the share of the matches that it brings and no key before it
     */
    public record Key(List<String> parts, double newPairsPerRecord, double newRecall) implements Serializable {}

    public String json() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @throws Failure (configuration) if the text is not what {@link #json()} gives */
    public static Learned parse(String json, String where) {
        try {
            return JSON.readValue(json, Learned.class);
        } catch (JsonProcessingException e) {
            throw Failure.configuration("%s: is not a model that a match has written", where);
        }
    }

    /** Whether it was learned of the same columns. */
    public boolean suits(Rules rules) {
        return columns.equals(rules.columns());
    }

    /** About how many records have each prepared value of a record; 0, if it is null. */
    int[] counts(String[] values) {
        int[] counts = new int[values.length];
        for (int column = 0; column < counts.length; column++) {
            if (values[column] != null) {
                counts[column] = frequent.get(column).getOrDefault(Blocks.number(column, values[column]), 1);
            }
        }
        return counts;
    }

    List<List<String>> keyParts() {
        return keys.stream().map(Key::parts).toList();
    }

    Model model(Comparison comparison) {
        return new Model(comparison, parameters);
    }
}
