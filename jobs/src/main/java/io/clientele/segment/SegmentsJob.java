package io.clientele.segment;

import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.when;

import io.clientele.run.AtOnce;
import io.clientele.run.Job;
import io.clientele.run.Run;
import io.clientele.schema.AbcCurve;
import io.clientele.schema.Contactability;
import io.clientele.schema.CustomerClusters;
import io.clientele.schema.CustomerFigures;
import io.clientele.schema.CustomerRefs;
import io.clientele.schema.CustomerRfm;
import io.clientele.schema.CustomerSegments;
import io.clientele.schema.DimCustomers;
import io.clientele.schema.DimProducts;
import io.clientele.schema.SegmentMigrations;
import io.clientele.sql.Tried;
import io.clientele.stats.Concentration;
import io.clientele.stats.Concentration.Curve;
import io.clientele.stats.Concentration.Point;
import io.clientele.table.Field;
import io.clientele.table.Table;
import java.math.MathContext;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Puts customers into segments by the rules of the configuration, and keeps since when and until when they are in them.
 *
 * <p>A date that is run again ends as the first time: what was found on it and after is forgotten first. So a night of an
 * earlier date takes the history back to it, as it takes the other marts back, and the nights after it are to be run again.
 * Customers that were merged since stay merged.
 */
public final class SegmentsJob {

    public static final Job<Segmentations> JOB = Job.named(Segmentations.NAME, Segmentations::read)
            .reads(
                    DimCustomers.TABLE,
                    CustomerFigures.TABLE,
                    CustomerRfm.TABLE,
                    CustomerClusters.TABLE,
                    Contactability.TABLE,
                    DimProducts.TABLE,
                    CustomerRefs.TABLE)
            .writes(CustomerSegments.TABLE, SegmentMigrations.TABLE, AbcCurve.TABLE)
            .runs(SegmentsJob::run);

    /** How many points the curve has beside its cuts. */
    private static final int POINTS = 100;

    /** The first night of each segmentation, and the last night of all. */
    private record Nights(Map<String, LocalDate> first, LocalDate last) {}

    private SegmentsJob() {}

    static void run(Segmentations segmentations, Run run) {
        JOB.writes().forEach(run.lake()::createIfAbsent);
        Dataset<Row> history = run.lake().read(CustomerSegments.TABLE);
        Nights nights = nights(history);
        if (nights.last().isAfter(run.date())) {
            run.warn(
                    "the segments were those of %s and are taken back to %s; run the nights after it again",
                    nights.last(), run.date());
        }
        tellUnknownProducts(segmentations, run);
        Map<String, Curve> curves = curves(segmentations, run);
        Dataset<Row> members = Members.of(segmentations, run.lake()::read, curves);
        run.lake()
                .replace(
                        CustomerSegments.TABLE,
                        Memberships.after(
                                run.date(),
                                Memberships.before(run.date(), history),
                                members,
                                Memberships.merged(run.lake().read(CustomerRefs.TABLE))));
        if (run.lake()
                .read(CustomerSegments.TABLE)
                .where(CustomerSegments.LEFT_ON.col().isNull())
                .isEmpty()) {
            run.warn("no customer is in any segment");
        }
        AtOnce.all(List.of(
                () -> {
                    writeMigrations(segmentations, nights, run);
                    return null;
                },
                () -> {
                    writeCurves(segmentations, curves, run);
                    return null;
                }));
    }

    private static Nights nights(Dataset<Row> history) {
        Map<String, LocalDate> first = new TreeMap<>();
        LocalDate last = LocalDate.MIN;
        for (Row row : history.groupBy(CustomerSegments.SEGMENTATION.col())
                .agg(
                        min(CustomerSegments.ENTERED_ON.col()),
                        max(greatest(CustomerSegments.ENTERED_ON.col(), CustomerSegments.LEFT_ON.col())))
                .collectAsList()) {
            first.put(row.getString(0), row.getLocalDate(1));
            last = last.isBefore(row.getLocalDate(2)) ? row.getLocalDate(2) : last;
        }
        return new Nights(first, last);
    }

    /** A rule on a product that is not there holds for nobody, and nobody would notice. */
    private static void tellUnknownProducts(Segmentations segmentations, Run run) {
        if (segmentations.wanted().isEmpty()) {
            return;
        }
        Set<String> products = new TreeSet<>();
        Set<String> groups = new TreeSet<>();
        segmentations.wanted().values().forEach(wanted -> {
            products.addAll(wanted.products());
            groups.addAll(wanted.groups());
        });
        Row found = run.lake()
                .read(DimProducts.TABLE)
                .agg(known(DimProducts.PRODUCT_ID, products), known(DimProducts.PRODUCT_GROUP, groups))
                .head();
        Set<String> known = new HashSet<>(found.getList(0));
        known.addAll(found.getList(1));
        segmentations.wanted().forEach((segment, wanted) -> {
            List<String> unknown = new ArrayList<>(wanted.products());
            unknown.addAll(wanted.groups());
            unknown.removeAll(known);
            if (!unknown.isEmpty()) {
                run.warn(
                        "%s: mart.dim_products does not have %d of its products and groups of products: %s",
                        segment, unknown.size(), String.join(", ", unknown));
            }
        });
    }

    private static Column known(Field column, Set<String> names) {
        return collect_set(when(column.col().isin(names.toArray()), column.col()));
    }

    private static Map<String, Curve> curves(Segmentations segmentations, Run run) {
        Map<String, Curve> curves = new LinkedHashMap<>();
        segmentations.byName().forEach((name, segmentation) -> {
            if (segmentation.byShare() == null) {
                return;
            }
            Segmentation.Shares shares = segmentation.byShare();
            Dataset<Row> customers = Members.joined(segmentations.marts(name), run.lake()::read);
            Curve curve = Concentration.of(customers, Tried.expr(shares.of()), POINTS, shares.shares());
            curves.put(name, curve);
            if (curve.rows() == 0) {
                run.warn("segmentation '%s': no customer has an amount above 0, so nobody is in a segment of it", name);
            }
            for (int i = 0; i < curve.cuts().size(); i++) {
                run.metric(
                        "%s.%s.from".formatted(name, shares.segments().get(i)),
                        curve.cuts().get(i).value().doubleValue());
            }
        });
        return curves;
    }

    private static void writeMigrations(Segmentations segmentations, Nights nights, Run run) {
        Map<String, LocalDate> begins = new TreeMap<>(nights.first());
        begins.keySet()
                .removeIf(name -> !segmentations.byName().containsKey(name)
                        || !segmentations.byName().get(name).isExclusive());
        Dataset<Row> history = run.lake()
                .read(CustomerSegments.TABLE)
                .where(CustomerSegments.SEGMENTATION.col().isin(begins.keySet().toArray()));
        replaceFrom(
                run.date(),
                SegmentMigrations.TABLE,
                SegmentMigrations.AS_OF,
                Migrations.of(history, begins, run.date()),
                run);
    }

    private static void writeCurves(Segmentations segmentations, Map<String, Curve> curves, Run run) {
        List<Row> points = new ArrayList<>();
        curves.forEach((name, curve) -> {
            List<String> segments = segmentations.byName().get(name).byShare().segments();
            curve.points().forEach(point -> points.add(row(run.date(), name, curve, point, null)));
            for (int i = 0; i < curve.cuts().size(); i++) {
                points.add(row(run.date(), name, curve, curve.cuts().get(i), segments.get(i)));
            }
        });
        replaceFrom(
                run.date(),
                AbcCurve.TABLE,
                AbcCurve.AS_OF,
                run.spark().createDataFrame(points, AbcCurve.TABLE.schema()),
                run);
    }

    private static Row row(LocalDate date, String name, Curve curve, Point point, String segment) {
        return RowFactory.create(
                date,
                name,
                point.rows(),
                (double) point.rows() / curve.rows(),
                point.amount(),
                point.amount().divide(curve.amount(), MathContext.DECIMAL64).doubleValue(),
                point.value(),
                segment);
    }

    /** Keeps what the nights before have told, and nothing of this one and those after. */
    private static void replaceFrom(LocalDate date, Table table, Field asOf, Dataset<Row> rows, Run run) {
        Dataset<Row> before = run.lake().read(table).where(asOf.col().lt(lit(date)));
        run.lake().replace(table, before.unionByName(rows));
    }
}
