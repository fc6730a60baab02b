package io.clientele.segment;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.clientele.schema.CustomerSegments;
import io.clientele.schema.SegmentMigrations;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** How many customers moved from where to where, read from the history of their segments. */
final class Migrations {

    /** How long before a date a period begins. */
    private enum Period {
        NIGHT,
        MONTH,
        YEAR;

        LocalDate beginsBefore(LocalDate date) {
            return switch (this) {
                case NIGHT -> date.minusDays(1);
                case MONTH -> date.minusMonths(1);
                case YEAR -> date.minusYears(1);
            };
        }

        String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final String NONE = "(none)";
    private static final String NOW = "now";
    private static final String WAY = "way";

    private Migrations() {}

    /**
     * One row per way that somebody went, staying included.
     *
     * @param history of the segmentations that put a customer into one segment
     * @param begins the first night of each segmentation, before which nobody knows where customers were
     */
    static Dataset<Row> of(Dataset<Row> history, Map<String, LocalDate> begins, LocalDate date) {
        Object[] told = begins.entrySet().stream()
                .flatMap(segmentation -> Arrays.stream(Period.values())
                        .filter(period -> !period.beginsBefore(date).isBefore(segmentation.getValue()))
                        .map(period -> key(segmentation.getKey(), period.code())))
                .toArray();
        List<Column> ways = Stream.of(Period.values())
                .map(period -> struct(
                        lit(period.code()).as(SegmentMigrations.PERIOD.column()),
                        coalesce(col(period.code()), lit(NONE)).as(SegmentMigrations.FROM_SEGMENT.column()),
                        coalesce(col(NOW), lit(NONE)).as(SegmentMigrations.TO_SEGMENT.column())))
                .toList();
        Column[] places = Stream.concat(
                        Stream.of(on(date).as(NOW)),
                        Stream.of(Period.values())
                                .map(period -> on(period.beginsBefore(date)).as(period.code())))
                .toArray(Column[]::new);
        return history.groupBy(CustomerSegments.CUSTOMER_ID.col(), CustomerSegments.SEGMENTATION.col())
                .agg(places[0], Arrays.copyOfRange(places, 1, places.length))
                .groupBy(Stream.concat(
                                Stream.of(CustomerSegments.SEGMENTATION.col(), col(NOW)),
                                Stream.of(Period.values()).map(period -> col(period.code())))
                        .toArray(Column[]::new))
                .agg(count(lit(1)).as(SegmentMigrations.CUSTOMERS.column()))
                .select(
                        SegmentMigrations.SEGMENTATION.col(),
                        SegmentMigrations.CUSTOMERS.col(),
                        explode(array(ways.toArray(Column[]::new))).as(WAY))
                .select(SegmentMigrations.SEGMENTATION.col(), SegmentMigrations.CUSTOMERS.col(), col(WAY + ".*"))
                .where(key(SegmentMigrations.SEGMENTATION.col(), SegmentMigrations.PERIOD.col())
                        .isin(told)
                        .and(SegmentMigrations.FROM_SEGMENT
                                .col()
                                .notEqual(NONE)
                                .or(SegmentMigrations.TO_SEGMENT.col().notEqual(NONE))))
                .groupBy(
                        SegmentMigrations.SEGMENTATION.col(),
                        SegmentMigrations.PERIOD.col(),
                        SegmentMigrations.FROM_SEGMENT.col(),
                        SegmentMigrations.TO_SEGMENT.col())
                .agg(sum(SegmentMigrations.CUSTOMERS.col()).as(SegmentMigrations.CUSTOMERS.column()))
                .select(
                        SegmentMigrations.AS_OF.is(lit(date)),
                        SegmentMigrations.SEGMENTATION.is(SegmentMigrations.SEGMENTATION.col()),
                        SegmentMigrations.PERIOD.is(SegmentMigrations.PERIOD.col()),
                        SegmentMigrations.FROM_SEGMENT.is(SegmentMigrations.FROM_SEGMENT.col()),
                        SegmentMigrations.TO_SEGMENT.is(SegmentMigrations.TO_SEGMENT.col()),
                        SegmentMigrations.CUSTOMERS.is(SegmentMigrations.CUSTOMERS.col()));
    }

    /** The segment of a day. Who was merged of two customers may have been in two: one of them is told. */
    private static Column on(LocalDate day) {
        Column isMember = CustomerSegments.ENTERED_ON
                .col()
                .leq(lit(day))
                .and(coalesce(CustomerSegments.LEFT_ON.col().gt(lit(day)), lit(true)));
        return max(when(isMember, CustomerSegments.SEGMENT.col()));
    }

    private static String key(String segmentation, String period) {
        return segmentation + " " + period;
    }

    private static Column key(Column segmentation, Column period) {
        return concat_ws(" ", segmentation, period);
    }
}
