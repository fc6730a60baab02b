package io.clientele.qualify.matching;

import static org.apache.spark.sql.functions.bit_xor;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.xxhash64;

import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/**
 * Connected components by alternating large stars and small stars (Kiveris and others, "Connected components in MapReduce
 * and beyond", 2014): every round hangs the neighbours of a node on the smallest of them, until nothing moves.
 */
final class Components {

    static final String NODE = "node";
    static final String COMPONENT = "component";

    private static final String OTHER = "other";
    private static final String SMALLEST = "smallest";
    private static final String NEIGHBOURS = "neighbours";
    private static final int ROUNDS = 100;
    private static final int FEW = 300_000;

    private static final StructType MEMBERS =
            new StructType().add(NODE, DataTypes.StringType).add(COMPONENT, DataTypes.StringType);

    private Components() {}

    /**
     * One row per node that has an edge, with the smallest node of its component.
     *
     * @param edges two columns of identifiers
     */
    static Dataset<Row> of(Dataset<Row> edges, String one, String two) {
        Dataset<Row> links = edges.select(col(one).as(NODE), col(two).as(OTHER));
        return links.limit(FEW + 1).count() <= FEW ? ofFew(links) : ofMany(links);
    }

    /** In one task: for so few edges rounds of the whole engine are mostly waiting. */
    private static Dataset<Row> ofFew(Dataset<Row> edges) {
        return edges.coalesce(1)
                .mapPartitions((MapPartitionsFunction<Row, Row>) Components::joined, Encoders.row(MEMBERS));
    }

    private static Iterator<Row> joined(Iterator<Row> edges) {
        Map<String, String> smaller = new HashMap<>();
        while (edges.hasNext()) {
            Row edge = edges.next();
            String one = smallest(edge.getString(0), smaller);
            String other = smallest(edge.getString(1), smaller);
            smaller.put(one.compareTo(other) > 0 ? one : other, one.compareTo(other) > 0 ? other : one);
        }
        return List.copyOf(smaller.keySet()).stream()
                .map(node -> RowFactory.create(node, smallest(node, smaller)))
                .iterator();
    }

    /** Follows a node to the smallest of its component, and shortens the way for the next who asks. */
    private static String smallest(String node, Map<String, String> smaller) {
        String root = node;
        while (!smaller.computeIfAbsent(root, same -> same).equals(root)) {
            root = smaller.get(root);
        }
        String next = node;
        while (!next.equals(root)) {
            next = smaller.put(next, root);
        }
        return root;
    }

    private static Dataset<Row> ofMany(Dataset<Row> edges) {
        Dataset<Row> stars = kept(edges);
        long fingerprint = fingerprint(stars);
        for (int round = 0; round < ROUNDS; round++) {
            Dataset<Row> next = kept(smallStar(largeStar(stars)));
            long moved = fingerprint(next);
            stars.unpersist();
            stars = next;
            if (moved == fingerprint) {
                break;
            }
            fingerprint = moved;
        }
        Dataset<Row> members = stars.select(col(NODE), col(OTHER).as(COMPONENT));
        return members.union(members.select(col(COMPONENT), col(COMPONENT))).distinct();
    }

    /** Hangs the greater neighbours of a node on its smallest neighbour, or on itself if it is smaller. */
    private static Dataset<Row> largeStar(Dataset<Row> edges) {
        Dataset<Row> both = edges.union(edges.select(col(OTHER), col(NODE)));
        return starred(both)
                .where(col(OTHER).gt(col(NODE)))
                .select(col(OTHER).as(NODE), col(SMALLEST).as(OTHER));
    }

    /** Hangs a node and its smaller neighbours on the smallest of these. */
    private static Dataset<Row> smallStar(Dataset<Row> edges) {
        Dataset<Row> downwards = edges.select(
                greatest(col(NODE), col(OTHER)).as(NODE),
                least(col(NODE), col(OTHER)).as(OTHER));
        Dataset<Row> starred = starred(downwards);
        return starred.select(col(NODE), col(SMALLEST).as(OTHER))
                .union(starred.select(col(OTHER), col(SMALLEST)))
                .where(col(NODE).notEqual(col(OTHER)));
    }

    private static Dataset<Row> starred(Dataset<Row> edges) {
        return edges.groupBy(col(NODE))
                .agg(collect_set(col(OTHER)).as(NEIGHBOURS), min(col(OTHER)).as("least"))
                .select(
                        col(NODE),
                        explode(col(NEIGHBOURS)).as(OTHER),
                        least(col("least"), col(NODE)).as(SMALLEST));
    }

    private static Dataset<Row> kept(Dataset<Row> edges) {
        return edges.where(col(NODE).notEqual(col(OTHER))).distinct().localCheckpoint(true, StorageLevel.DISK_ONLY());
    }

    private static long fingerprint(Dataset<Row> edges) {
        return edges.agg(coalesce(bit_xor(xxhash64(col(NODE), col(OTHER))), lit(0L)))
                .head()
                .getLong(0);
    }
}
