package io.clientele.predict.propensity;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/** What is known of each customer at each cut-off, from that day and those before alone. */
final class Features {

    static final Column CUT_OFF = col("cut_off");

    /** The features, as an array of doubles in the order of {@link #names}. */
    static final Column VALUES = col("values");

    /** Days from the last purchase to the cut-off; as long as the history if there is none in it. */
    static final Column DAYS_SINCE_PURCHASE = col("days_since_purchase");

    private static final Column AGO = col("days_ago");
    private static final Column PURCHASE_AGO = when(History.BOUGHT.gt(0), AGO);
    private static final Column PURCHASES = col("purchases");
    private static final Column FIRST = col("days_since_first_purchase");

    private Features() {}

    static List<String> names(FeatureSettings settings) {
        return List.copyOf(columns(settings).keySet());
    }

    /**
     * One row for each cut-off and customer of whom something is known in the days up to it: {@code customer_id},
     * {@link #CUT_OFF}, {@link #DAYS_SINCE_PURCHASE}, {@link #VALUES}. All cut-offs are made in one pass.
     */
    static Dataset<Row> of(Dataset<Row> history, List<LocalDate> cutOffs, FeatureSettings settings) {
        Map<String, Column> columns = columns(settings);
        Column[] sums = sums(settings).entrySet().stream()
                .map(sum -> sum.getValue().as(sum.getKey()))
                .toArray(Column[]::new);
        return at(history, cutOffs)
                .withColumn("days_ago", datediff(CUT_OFF, History.DAY))
                .where(AGO.geq(0).and(AGO.lt(settings.historyDays())))
                .groupBy(History.CUSTOMER, CUT_OFF)
                .agg(coalesce(min(PURCHASE_AGO), lit(settings.historyDays())).as("days_since_purchase"), sums)
                .select(
                        History.CUSTOMER,
                        CUT_OFF,
                        DAYS_SINCE_PURCHASE,
                        array(columns.values().stream()
                                        .map(column -> column.cast(DataTypes.DoubleType))
                                        .toArray(Column[]::new))
                                .as("values"));
    }

    /** Each row of the history once for each cut-off. */
    static Dataset<Row> at(Dataset<Row> history, List<LocalDate> cutOffs) {
        Column dates = array(cutOffs.stream().map(date -> lit(date)).toArray(Column[]::new));
        return history.withColumn("cut_off", explode(dates));
    }

    /** What is summed up of a customer's days; features follow from it. */
    private static Map<String, Column> sums(FeatureSettings settings) {
        Map<String, Column> sums = new LinkedHashMap<>();
        sums.put("days_since_first_purchase", coalesce(max(PURCHASE_AGO), lit(0)));
        sums.put("purchases", sum(History.BOUGHT));
        sums.put("returns", sum(History.RETURNS));
        sums.put("days_since_event", coalesce(min(when(History.EVENTS.gt(0), AGO)), lit(settings.historyDays())));
        sums.put("event_days", collect_list(when(History.EVENTS.gt(0), struct(AGO, History.EVENTS))));
        for (int i = 0; i < settings.channels().size(); i++) {
            sums.put("channel_" + i, sum(History.channel(i)));
        }
        for (int i = 0; i < settings.countries().size(); i++) {
            sums.put("country_" + i, sum(History.country(i)));
        }
        for (int window : settings.allWindows()) {
            sums.put(within("purchases", window), during(History.BOUGHT, window));
            sums.put(within("amount", window), during(History.AMOUNT, window));
            for (int i = 0; i < settings.eventTypes().size(); i++) {
                sums.put(within(settings.eventTypes().get(i), window), during(History.event(i), window));
            }
        }
        return sums;
    }

    private static Map<String, Column> columns(FeatureSettings settings) {
        Map<String, Column> columns = new LinkedHashMap<>();
        columns.put("days_since_purchase", DAYS_SINCE_PURCHASE);
        columns.put("days_since_first_purchase", FIRST);
        columns.put(
                "days_between_purchases",
                when(PURCHASES.gt(1), FIRST.minus(DAYS_SINCE_PURCHASE).divide(PURCHASES.minus(1)))
                        .otherwise(settings.historyDays()));
        // How many of the customer's own intervals the present one lasts: 1 is as usual, 3 is long.
        columns.put(
                "overdue",
                when(FIRST.gt(0), DAYS_SINCE_PURCHASE.multiply(PURCHASES).divide(FIRST))
                        .otherwise(0));
        columns.put(
                "mean_amount",
                when(
                                PURCHASES.gt(0),
                                col(within("amount", settings.historyDays())).divide(PURCHASES))
                        .otherwise(0));
        columns.put("returns", col("returns"));
        if (!settings.eventTypes().isEmpty()) {
            columns.put("days_since_event", col("days_since_event"));
            columns.put(
                    "events_since_purchase",
                    expr(
                            "aggregate(event_days, 0L, (sum, day) -> sum + if(day.days_ago < days_since_purchase, day.events, 0L))"));
        }
        for (int i = 0; i < settings.channels().size(); i++) {
            columns.put("share_of_channel_" + settings.channels().get(i), share("channel_" + i));
        }
        for (int i = 0; i < settings.countries().size(); i++) {
            columns.put("share_of_country_" + settings.countries().get(i), share("country_" + i));
        }
        for (int window : settings.allWindows()) {
            columns.put(within("purchases", window), col(within("purchases", window)));
            columns.put(within("amount", window), col(within("amount", window)));
            for (String type : settings.eventTypes()) {
                columns.put(within(type, window), col(within(type, window)));
            }
        }
        return columns;
    }

    private static Column during(Column measure, int window) {
        return sum(when(AGO.lt(window), measure).otherwise(0));
    }

    private static Column share(String days) {
        return when(PURCHASES.gt(0), col(days).divide(PURCHASES)).otherwise(0);
    }

    private static String within(String what, int days) {
        return "%s_%d_days".formatted(what, days);
    }
}
