package io.clientele.predict.propensity;

import static io.clientele.config.Requirement.check;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataTypes;

/**
 * What is predicted, and of whom.
 *
 * @param predicts whether the customer buys, or does not, in the days after the cut-off
 * @param days how many days after the cut-off count
 * @param activeDays only of customers who bought in so many days up to the cut-off; null for all who are known
 */
record Target(Outcome predicts, int days, Integer activeDays) {

    /** What may happen. */
    enum Outcome {
        PURCHASE,
        CHURN
    }

    Target {
        check(predicts != null, "key 'predicts' is missing: purchase or churn");
        check(days >= 1 && days <= 730, "key 'days' must be between 1 and 730, got %d", days);
        check(activeDays == null || activeDays >= 1, "key 'activeDays' must be positive, got %d", activeDays);
        check(
                predicts != Outcome.CHURN || activeDays != null,
                "key 'activeDays' is missing: who has not bought for long has left already");
    }

    /** Whether the target is about the customer. */
    Column isAbout() {
        return activeDays == null ? lit(true) : Features.DAYS_SINCE_PURCHASE.lt(activeDays);
    }

    /** 1 if it came so, 0 if not. */
    Column label() {
        Column bought = coalesce(Outcomes.DAYS_TO_PURCHASE.leq(days), lit(false));
        return (predicts == Outcome.PURCHASE ? bought : not(bought)).cast(DataTypes.DoubleType);
    }
}
