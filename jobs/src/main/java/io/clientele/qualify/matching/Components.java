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

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
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

    private Components() {}

    /**
     * One row per node that has an edge, with the smallest node of its component.
     *
     * @param edges two columns of identifiers
     */
    static Dataset<Row> of(Dataset<Row> edges, String one, String two) {
        Dataset<Row> stars = kept(edges.select(col(one).as(NODE), col(two).as(OTHER)));
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
