package io.clientele.qualify;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.when;

import io.clientele.run.Run;
import io.clientele.schema.ContactGroups;
import io.clientele.schema.ContactPairs;
import io.clientele.schema.ReviewPairs;
import io.clientele.table.Joins;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The pairs that the model leaves in doubt, and those that it takes for the same and yet keeps apart. */
final class ReviewQueue {

    private ReviewQueue() {}

    static void write(MatchingJob.Settings settings, Run run) {
        MatchingJob.Review review = settings.config().review();
        Dataset<Row> decided = run.spark()
                .createDataFrame(
                        Stream.concat(settings.decisions().same().stream(), settings.decisions().different().stream())
                                .map(pair -> RowFactory.create(pair.one(), pair.two()))
                                .toList(),
                        new StructType()
                                .add(ReviewPairs.CONTACT_ID_1.column(), DataTypes.StringType)
                                .add(ReviewPairs.CONTACT_ID_2.column(), DataTypes.StringType));
        Column probability = ContactPairs.PROBABILITY.col();
        Dataset<Row> groups = run.lake()
                .read(ContactGroups.TABLE)
                .select(ContactGroups.CONTACT_ID.col(), ContactGroups.GROUP_ID.col());
        String one = ContactPairs.CONTACT_ID_1.column();
        String two = ContactPairs.CONTACT_ID_2.column();
        Column isApart = col("group_1").notEqual(col("group_2"));
        Column isSure = probability.geq(settings.config().rules().threshold());
        Dataset<Row> pairs = run.lake()
                .read(ContactPairs.TABLE)
                .where(probability.geq(review.from()))
                .join(groups.toDF(one, "group_1"), Joins.on(one))
                .join(groups.toDF(two, "group_2"), Joins.on(two))
                .where(isApart.and(isSure).or(probability.leq(review.to())))
                .select(
                        ReviewPairs.CONTACT_ID_1.is(col(one)),
                        ReviewPairs.CONTACT_ID_2.is(col(two)),
                        ReviewPairs.REASON.is(
                                when(isApart.and(isSure), "kept_apart").otherwise("doubtful")),
                        ReviewPairs.PROBABILITY.is(probability),
                        ReviewPairs.AGREEMENT.is(ContactPairs.AGREEMENT.col()))
                .join(decided, Joins.on(ReviewPairs.CONTACT_ID_1, ReviewPairs.CONTACT_ID_2), Joins.ANTI)
                .orderBy(
                        abs(ReviewPairs.PROBABILITY.col().minus(0.5)),
                        ReviewPairs.CONTACT_ID_1.col(),
                        ReviewPairs.CONTACT_ID_2.col())
                .limit(review.most());
        run.lake().replace(ReviewPairs.TABLE, pairs);
    }
}
