package io.clientele.predict.propensity;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.clientele.schema.Events;
import io.clientele.schema.FctOrderLines;
import io.clientele.schema.LineKind;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/** What each customer did on each day: the one thing from which features and outcomes are made. */
final class History {

    static final Column CUSTOMER = FctOrderLines.CUSTOMER_ID.col();
    static final Column DAY = col("day");

    /** 1 on a day with a sale. */
    static final Column BOUGHT = col("bought");

    static final Column AMOUNT = col("amount");
    static final Column RETURNS = col("returns");
    static final Column EVENTS = col("events");

    private static final String CHANNEL = "channel_";
    private static final String COUNTRY = "country_";
    private static final String EVENT = "event_";

    private History() {}

    /** 1 on a day with a sale on the channel. */
    static Column channel(int index) {
        return col(CHANNEL + index);
    }

    /** 1 on a day with a sale in the country. */
    static Column country(int index) {
        return col(COUNTRY + index);
    }

    /** Events of the type on the day. */
    static Column event(int index) {
        return col(EVENT + index);
    }

    /**
     * One row for each customer and day with an order line or an event that counts.
     *
     * @param after the day before the first
     * @param until the last day; what is dated later has no say
     */
    static Dataset<Row> of(
            Dataset<Row> lines, Dataset<Row> events, LocalDate after, LocalDate until, FeatureSettings settings) {
        Dataset<Row> known = lines.where(
                        isOf(FctOrderLines.CUSTOMER_ID.col(), FctOrderLines.ORDERED_ON.col(), after, until))
                .select(ofLine(settings))
                .unionByName(
                        events.where(isOf(Events.CUSTOMER_ID.col(), Events.OCCURRED_ON.col(), after, until)
                                        .and(Events.EVENT_TYPE
                                                .col()
                                                .isin(settings.eventTypes().toArray())))
                                .select(ofEvent(settings)),
                        true);
        List<Column> measures = measures(settings);
        return known.repartition(CUSTOMER)
                .groupBy(CUSTOMER, DAY)
                .agg(measures.get(0), measures.subList(1, measures.size()).toArray(Column[]::new));
    }

    private static Column isOf(Column customer, Column day, LocalDate after, LocalDate until) {
        return customer.isNotNull().and(day.gt(lit(after))).and(day.leq(lit(until)));
    }

    private static Column[] ofLine(FeatureSettings settings) {
        Column isSale = LineKind.SALE.is(FctOrderLines.LINE_KIND.col());
        List<Column> columns = new ArrayList<>(List.of(
                CUSTOMER,
                FctOrderLines.ORDERED_ON.col().as("day"),
                flag(isSale, "bought"),
                when(isSale, FctOrderLines.AMOUNT.col()).as("amount"),
                flag(
                        LineKind.isAnyOf(FctOrderLines.LINE_KIND.col(), LineKind.RETURN, LineKind.CANCELLATION),
                        "returns")));
        for (int i = 0; i < settings.channels().size(); i++) {
            Column isOnIt =
                    FctOrderLines.CHANNEL.col().equalTo(settings.channels().get(i));
            columns.add(flag(isSale.and(isOnIt), CHANNEL + i));
        }
        for (int i = 0; i < settings.countries().size(); i++) {
            Column isThere =
                    FctOrderLines.COUNTRY.col().equalTo(settings.countries().get(i));
            columns.add(flag(isSale.and(isThere), COUNTRY + i));
        }
        return columns.toArray(Column[]::new);
    }

    private static Column[] ofEvent(FeatureSettings settings) {
        List<Column> columns = new ArrayList<>(
                List.of(Events.CUSTOMER_ID.col(), Events.OCCURRED_ON.col().as("day"), lit(1L).as("events")));
        for (int i = 0; i < settings.eventTypes().size(); i++) {
            columns.add(
                    flag(Events.EVENT_TYPE.col().equalTo(settings.eventTypes().get(i)), EVENT + i));
        }
        return columns.toArray(Column[]::new);
    }

    private static List<Column> measures(FeatureSettings settings) {
        // Money is summed exactly, so that the order of the rows has no say; it becomes a double in the features.
        Column amount = coalesce(sum(AMOUNT), lit(0).cast(DataTypes.createDecimalType(34, 4)));
        List<Column> measures = new ArrayList<>(
                List.of(any(BOUGHT).as("bought"), amount.as("amount"), total("returns"), total("events")));
        Stream.of(names(CHANNEL, settings.channels()), names(COUNTRY, settings.countries()))
                .flatMap(List::stream)
                .forEach(name -> measures.add(any(col(name)).as(name)));
        names(EVENT, settings.eventTypes()).forEach(name -> measures.add(total(name)));
        return measures;
    }

    private static List<String> names(String prefix, List<String> values) {
        return Stream.iterate(0, i -> i + 1)
                .limit(values.size())
                .map(i -> prefix + i)
                .toList();
    }

    private static Column flag(Column condition, String name) {
        return when(condition, 1L).otherwise(0L).as(name);
    }

    private static Column any(Column flag) {
        return coalesce(max(flag), lit(0L));
    }

    private static Column total(String name) {
        return coalesce(sum(col(name)), lit(0L)).as(name);
    }
}
