package io.clientele.score;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.date_sub;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.negate;
import static org.apache.spark.sql.functions.sum;

import io.clientele.lake.Lake;
import io.clientele.lake.Lake.Changes;
import io.clientele.run.Before;
import io.clientele.run.Run;
import io.clientele.schema.CustomerRfm;
import io.clientele.schema.CustomerRfmSlices;
import io.clientele.schema.DimProducts;
import io.clientele.schema.FctOrderLines;
import io.clientele.table.Field;
import io.clientele.table.Joins;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.storage.StorageLevel;

/**
 * Takes what each customer bought from the date of one run to that of the next: what was bought since is added, and what has
 * left a window is taken off. Numbers of purchases and sums of money allow that, and whoever still has a purchase in a window
 * has the last one in it. Customers of whom something changed in the past are summed up anew.
 */
final class Advance {

    /** What can be added and taken off, and what says of whom. */
    private static final List<Field> OF_WHOM = List.of(
            CustomerRfm.CUSTOMER_ID,
            CustomerRfmSlices.TIME_WINDOW,
            CustomerRfmSlices.DIMENSION,
            CustomerRfmSlices.VALUE);

    private static final String LAST_ON = "last_on";

    /** Summing up more than so many of the customers anew is no less work than all of them. */
    private static final double MOST_CORRECTED = 0.2;

    private final Before before;
    private final RfmJob.Config config;
    private final LocalDate date;
    private final Dataset<Row> products;

    private Advance(Before before, RfmJob.Config config, LocalDate date, Dataset<Row> products) {
        this.before = before;
        this.config = config;
        this.date = date;
        this.products = products;
    }

    /**
     * The same as {@link RfmJob#summarise} gives of all lines; empty, with the reason told, if that must be done.
     *
     * @param before the run whose marts are there
     */
    static Optional<Dataset<Row>> since(Before before, RfmJob.Config config, Run run) {
        Lake lake = run.lake();
        Optional<Changes> changes = lake.changes(FctOrderLines.TABLE, before.version(FctOrderLines.TABLE));
        Optional<Dataset<Row>> catalogue = lake.read(DimProducts.TABLE, before.version(DimProducts.TABLE));
        if (changes.isEmpty() || catalogue.isEmpty()) {
            run.inFull("what " + before.runId() + " read is no longer there to be compared");
            return Optional.empty();
        }
        Dataset<Row> products = lake.read(DimProducts.TABLE);
        Column[] compared = Stream.concat(
                        Stream.of(DimProducts.PRODUCT_ID.column()),
                        config.dimensions().stream().filter(Slices::isOfProducts))
                .map(functions::col)
                .toArray(Column[]::new);
        boolean isSameCatalogue = compared.length == 1
                || catalogue
                        .get()
                        .select(compared)
                        .except(products.select(compared))
                        .isEmpty();
        if (!isSameCatalogue) {
            run.inFull("products have changed what they are compared by");
            return Optional.empty();
        }
        Dataset<Row> corrected = corrected(changes.get(), before).persist(StorageLevel.MEMORY_AND_DISK());
        if (corrected.count() > lake.read(CustomerRfm.TABLE).count() * MOST_CORRECTED) {
            run.inFull("too many customers have something else in the past");
            return Optional.empty();
        }
        return Optional.of(new Advance(before, config, run.date(), products).of(lake, changes.get(), corrected));
    }

    /** Customers of whom something that had been counted is no more, or something has come that should have been. */
    private static Dataset<Row> corrected(Changes changes, Before before) {
        return changes.inserted()
                .where(FctOrderLines.ORDERED_ON.col().leq(lit(before.date())))
                .unionByName(changes.deleted())
                .select(FctOrderLines.CUSTOMER_ID.col())
                .where(FctOrderLines.CUSTOMER_ID.col().isNotNull())
                .distinct();
    }

    private Dataset<Row> of(Lake lake, Changes changes, Dataset<Row> corrected) {
        Dataset<Row> lines = lake.read(FctOrderLines.TABLE);
        Stream<Dataset<Row>> lost = config.windows().entrySet().stream()
                .filter(window -> window.getValue() > 0)
                .map(window -> takenOff(lost(lines, window.getKey(), window.getValue())));
        Dataset<Row> advanced = summed(Stream.concat(Stream.of(marks(lake), added(gained(changes), date)), lost)
                .reduce(Dataset::unionByName)
                .orElseThrow()
                .join(broadcast(corrected), Joins.on(CustomerRfm.CUSTOMER_ID), Joins.ANTI));
        return corrected.isEmpty()
                ? advanced
                : advanced.unionByName(slices(
                        lines.join(broadcast(corrected), Joins.on(FctOrderLines.CUSTOMER_ID), Joins.SEMI),
                        date,
                        config.windows()));
    }

    /** What the marts say of the last run's date. */
    private Dataset<Row> marks(Lake lake) {
        return added(RfmJob.written(lake, config), before.date());
    }

    private Dataset<Row> gained(Changes changes) {
        return slices(
                changes.inserted().where(FctOrderLines.ORDERED_ON.col().gt(lit(before.date()))),
                date,
                config.windows());
    }

    /** What was in a window on the date of the last run, and is before it now. */
    private Dataset<Row> lost(Dataset<Row> lines, String window, int days) {
        LocalDate until = Stream.of(date.minusDays(days), before.date())
                .min(LocalDate::compareTo)
                .orElseThrow();
        int length = (int) ChronoUnit.DAYS.between(before.date().minusDays(days), until);
        return slices(length == 0 ? lines.limit(0) : lines, until, Map.of(window, length));
    }

    private Dataset<Row> slices(Dataset<Row> lines, LocalDate until, Map<String, Integer> windows) {
        return Slices.of(lines, products, until, windows, config.dimensions(), config.frequency(), config.monetary());
    }

    /** @param asOf the date from which recency is counted */
    private static Dataset<Row> added(Dataset<Row> slices, LocalDate asOf) {
        return slices.select(Stream.concat(
                        OF_WHOM.stream().map(Field::col),
                        Stream.of(
                                date_sub(lit(asOf), CustomerRfm.RECENCY_DAYS.col())
                                        .as(LAST_ON),
                                CustomerRfm.FREQUENCY.col(),
                                CustomerRfm.SALES_IN_WINDOW.col()))
                .toArray(Column[]::new));
    }

    private static Dataset<Row> takenOff(Dataset<Row> slices) {
        return slices.select(Stream.concat(
                        OF_WHOM.stream().map(Field::col),
                        Stream.of(
                                lit(null).cast(DataTypes.DateType).as(LAST_ON),
                                negate(CustomerRfm.FREQUENCY.col()).as(CustomerRfm.FREQUENCY.column()),
                                negate(CustomerRfm.SALES_IN_WINDOW.col()).as(CustomerRfm.SALES_IN_WINDOW.column())))
                .toArray(Column[]::new));
    }

    private Dataset<Row> summed(Dataset<Row> amounts) {
        return amounts.groupBy(OF_WHOM.stream().map(Field::col).toArray(Column[]::new))
                .agg(
                        CustomerRfm.RECENCY_DAYS.is(datediff(lit(date), max(LAST_ON))),
                        CustomerRfm.FREQUENCY.is(sum(CustomerRfm.FREQUENCY.col())),
                        CustomerRfm.SALES_IN_WINDOW.is(sum(CustomerRfm.SALES_IN_WINDOW.col())))
                .where(CustomerRfm.FREQUENCY.col().gt(0))
                .withColumn(CustomerRfm.MONETARY.column(), Slices.monetary(config.monetary()));
    }
}
