package io.clientele.qualify;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.clientele.qualify.matching.Rules;
import io.clientele.run.Run;
import io.clientele.schema.ContactGroups;
import io.clientele.schema.ContactPairs;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;

/** What a night of matching is worth, for the ledger: the threshold curve, what is expected of it, and how large the groups are. */
final class MatchingFigures {

    /** The probabilities at which the pairs are counted. */
    private static final double[] CURVE = {0.1, 0.3, 0.5, 0.7, 0.9, 0.99};

    private MatchingFigures() {}

    static void write(Rules rules, Run run) {
        Column probability = ContactPairs.PROBABILITY.col();
        List<Column> curve = new ArrayList<>();
        for (double threshold : CURVE) {
            curve.add(coalesce(sum(when(probability.geq(threshold), 1)), lit(0)));
        }
        Column isSame = probability.geq(rules.threshold());
        curve.add(coalesce(sum(when(isSame, probability)), lit(0.0)));
        curve.add(coalesce(sum(when(not(isSame), probability)), lit(0.0)));
        curve.add(coalesce(sum(when(isSame, 1)), lit(0)));
        Row pairs = run.lake()
                .read(ContactPairs.TABLE)
                .agg(lit(0), curve.toArray(Column[]::new))
                .head();
        for (int i = 0; i < CURVE.length; i++) {
            run.metric("matching_pairs_from_%.2f".formatted(CURVE[i]), (double) pairs.getLong(i + 1));
        }
        double right = pairs.getDouble(CURVE.length + 1);
        double missed = pairs.getDouble(CURVE.length + 2);
        long found = pairs.getLong(CURVE.length + 3);
        run.metric("matching_expected_precision", found == 0 ? 1 : right / found);
        run.metric("matching_expected_recall", right + missed == 0 ? 1 : right / (right + missed));
        String size = "size";
        run.lake()
                .read(ContactGroups.TABLE)
                .groupBy(ContactGroups.GROUP_ID.col())
                .agg(count(lit(1)).as(size))
                .groupBy(when(col(size).leq(5), col(size))
                        .when(col(size).leq(10), 10)
                        .when(col(size).leq(50), 50)
                        .otherwise(1_000)
                        .as(size))
                .agg(count(lit(1)))
                .collectAsList()
                .forEach(row -> run.metric(
                        "matching_groups_of_" + (row.getLong(0) <= 5 ? "" : "at_most_") + row.getLong(0),
                        (double) row.getLong(1)));
    }
}
