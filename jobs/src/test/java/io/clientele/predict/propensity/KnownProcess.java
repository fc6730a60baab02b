package io.clientele.predict.propensity;

import io.clientele.lake.Lake;
import io.clientele.schema.Events;
import io.clientele.schema.FctOrderLines;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.distribution.BetaDistribution;
import org.apache.commons.math3.distribution.GammaDistribution;
import org.apache.commons.math3.distribution.PoissonDistribution;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Customers whose chances are known: they buy as the BG/NBD model has it (P. Fader, B. Hardie, K. Lee, Marketing Science 24,
 * 2005), with rates that are gamma distributed and a beta distributed probability to leave after each repeated purchase; and
 * they visit often while they are there, rarely when they have left. What came before tells, by Bayes' rule, how probably
 * each of them buys next: nobody who sees only that can rank them better.
 *
 * @param start the first day
 * @param days how many there are
 */
record KnownProcess(LocalDate start, int days, long seed) implements Serializable {

    private static final double R = 0.8;
    private static final double ALPHA = 30;
    private static final double A = 0.8;
    private static final double B = 3.2;
    private static final double VISITS = 0.05;
    private static final double VISITS_OF_THOSE_WHO_LEFT = 0.005;

    private static final StructType CHANCE = DataTypes.createStructType(List.of(
            DataTypes.createStructField("customer", DataTypes.StringType, false),
            DataTypes.createStructField("chance", DataTypes.DoubleType, false)));

    /** Times in days from the start. */
    private record Life(List<Double> purchases, List<Double> visits) {}

    LocalDate last() {
        return start.plusDays(days - 1L);
    }

    void fill(SparkSession spark, Lake lake, long customers) {
        lake.replace(FctOrderLines.TABLE, lines(spark, customers));
        lake.replace(Events.TABLE, events(spark, customers));
    }

    Dataset<Row> lines(SparkSession spark, long customers) {
        return spark.range(customers)
                .flatMap(
                        (FlatMapFunction<Long, Row>) number -> life(number).purchases().stream()
                                .map(time -> line(number, time))
                                .iterator(),
                        Encoders.row(FctOrderLines.TABLE.schema()));
    }

    Dataset<Row> events(SparkSession spark, long customers) {
        return spark.range(customers)
                .flatMap(
                        (FlatMapFunction<Long, Row>) number -> life(number).visits().stream()
                                .map(time -> event(number, time))
                                .iterator(),
                        Encoders.row(Events.TABLE.schema()));
    }

    /** How probably each customer buys in so many days after the cut-off, given all that came before. */
    Dataset<Row> chances(SparkSession spark, long customers, LocalDate cutOff, int ahead) {
        double now = start.until(cutOff, ChronoUnit.DAYS) + 1.0;
        return spark.range(customers)
                .map(
                        (MapFunction<Long, Row>)
                                number -> RowFactory.create(name(number), chance(life(number), now, ahead)),
                        Encoders.row(CHANCE));
    }

    private static double chance(Life life, double now, double ahead) {
        List<Double> seen = life.purchases().stream().filter(time -> time < now).toList();
        if (seen.isEmpty()) {
            return 0;
        }
        double repeats = seen.size() - 1.0;
        double age = now - seen.get(0);
        double last = seen.get(seen.size() - 1) - seen.get(0);
        double shape = R + repeats;
        double buys = 1 - Math.pow((ALPHA + age) / (ALPHA + age + ahead), shape);
        if (repeats == 0) {
            return buys;
        }
        long visits = life.visits().stream()
                .filter(time -> time > seen.get(seen.size() - 1) && time < now)
                .count();
        double logOddsOfHavingLeft = Math.log(A / (B + repeats - 1))
                + shape * Math.log((ALPHA + age) / (ALPHA + last))
                + visits * Math.log(VISITS_OF_THOSE_WHO_LEFT / VISITS)
                + (VISITS - VISITS_OF_THOSE_WHO_LEFT) * (age - last);
        return Calibration.logistic(-logOddsOfHavingLeft) * buys;
    }

    private Life life(long number) {
        RandomGenerator random = new Well19937c(new int[] {(int) seed, (int) number, (int) (number >>> 32)});
        double rate = new GammaDistribution(random, R, 1 / ALPHA, 1e-9).sample();
        double leaves = new BetaDistribution(random, A, B, 1e-9).sample();
        double time = random.nextDouble() * days;
        List<Double> purchases = new ArrayList<>();
        double left = Double.MAX_VALUE;
        double first = time;
        while (time < days) {
            purchases.add(time);
            if (purchases.size() > 1 && random.nextDouble() < leaves) {
                left = time;
                break;
            }
            time += -Math.log(1 - random.nextDouble()) / rate;
        }
        double there = Math.min(left, days);
        List<Double> visits = new ArrayList<>();
        visit(visits, random, first, there, VISITS);
        visit(visits, random, there, days, VISITS_OF_THOSE_WHO_LEFT);
        return new Life(purchases, visits);
    }

    private static void visit(List<Double> visits, RandomGenerator random, double from, double to, double rate) {
        if (to <= from) {
            return;
        }
        int count = new PoissonDistribution(random, rate * (to - from), 1e-9, 1000).sample();
        for (int i = 0; i < count; i++) {
            visits.add(from + random.nextDouble() * (to - from));
        }
    }

    private static String name(long number) {
        return "c" + number;
    }

    private Row line(long number, double time) {
        LocalDate day = start.plusDays((long) time);
        String order = name(number) + "-" + time;
        BigDecimal amount = BigDecimal.valueOf(20 + number % 30).setScale(4, RoundingMode.UNNECESSARY);
        return RowFactory.create(
                order,
                order,
                name(number),
                "p1",
                day.atStartOfDay(ZoneOffset.UTC).toInstant(),
                day,
                "sale",
                number % 3 == 0 ? "web" : "shop",
                "FR",
                BigDecimal.ONE.setScale(3),
                amount,
                "EUR",
                amount);
    }

    private Row event(long number, double time) {
        return RowFactory.create(
                name(number) + "-" + time,
                name(number),
                start.atStartOfDay(ZoneOffset.UTC).toInstant().plusSeconds((long) (time * 86_400)),
                start.plusDays((long) time),
                "web",
                "visit",
                null,
                null,
                "web_events",
                null,
                start,
                "visits",
                null,
                name(number) + "-" + time,
                1L);
    }
}
