package io.clientele.predict;

import static org.apache.spark.sql.functions.col;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.distribution.GammaDistribution;
import org.apache.commons.math3.random.MersenneTwister;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Customers who buy and spend as the models say: so that the parameters are known. They first buy on any day of a period; times
 * are in weeks, and the last purchase is told to the nearest day.
 *
 * @param truth BG/NBD or Pareto/NBD
 * @param days how long the period is
 */
record SimulatedCustomers(PurchaseModel truth, GammaGamma spending, int days) implements Serializable {

    private static final int CHUNK = 10_000;

    /** One customer; the average is of the repeat purchases. */
    record Customer(int repeats, int lastDays, int ageDays, double average) {}

    /** So many of them. */
    List<Customer> draw(int count, long seed) {
        RandomGenerator random = new MersenneTwister(seed);
        List<Customer> customers = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            customers.add(next(random));
        }
        return customers;
    }

    static Histories histories(List<Customer> customers) {
        return Histories.of(
                TimeUnit.WEEKS,
                customers.stream()
                        .mapToLong(
                                customer -> Histories.key(customer.repeats(), customer.lastDays(), customer.ageDays()))
                        .toArray(),
                customers.stream().mapToLong(customer -> 1).toArray());
    }

    static Spends spends(List<Customer> customers) {
        return Spends.of(customers.stream()
                .filter(customer -> customer.repeats() > 0)
                .map(customer ->
                        new Spends.Count(customer.repeats(), 1, customer.average(), Math.log(customer.average())))
                .toList());
    }

    /** So many of them, as the job makes them of order lines; there is no hold-out. */
    Dataset<Row> rows(SparkSession spark, long count, long seed) {
        StructType type = new StructType()
                .add(CountedHistories.Period.ALL.repeats(), DataTypes.IntegerType)
                .add(CountedHistories.Period.ALL.lastDays(), DataTypes.IntegerType)
                .add(CountedHistories.Period.ALL.ageDays(), DataTypes.IntegerType)
                .add(CountedHistories.Period.BEFORE_CUT.repeats(), DataTypes.IntegerType)
                .add(CountedHistories.Period.BEFORE_CUT.lastDays(), DataTypes.IntegerType)
                .add(CountedHistories.Period.BEFORE_CUT.ageDays(), DataTypes.IntegerType)
                .add(ValuesJob.REPEAT_AMOUNT, DataTypes.DoubleType);
        FlatMapFunction<Row, Row> customers = chunk -> {
            long first = chunk.getLong(0) * CHUNK;
            return draw((int) Math.min(CHUNK, count - first), seed + chunk.getLong(0)).stream()
                    .map(customer -> RowFactory.create(
                            customer.repeats(),
                            customer.lastDays(),
                            customer.ageDays(),
                            null,
                            null,
                            null,
                            customer.repeats() * customer.average()))
                    .iterator();
        };
        return spark.range((count + CHUNK - 1) / CHUNK)
                .toDF()
                .flatMap(customers, Encoders.row(type))
                .withColumn(
                        ValuesJob.REPEAT_AMOUNT, col(ValuesJob.REPEAT_AMOUNT).cast(DataTypes.createDecimalType(34, 4)));
    }

    private Customer next(RandomGenerator random) {
        int ageDays = 1 + random.nextInt(days);
        double age = TimeUnit.WEEKS.of(ageDays);
        double[] times =
                truth instanceof BgNbd bgNbd ? times(bgNbd, random, age) : times((ParetoNbd) truth, random, age);
        int repeats = times.length;
        int lastDays = repeats == 0 ? 0 : (int) Math.rint(times[repeats - 1] * ageDays / age);
        double average = 0;
        if (repeats > 0) {
            double rate = gamma(random, spending.q(), spending.v());
            average = Math.max(0.01, gamma(random, spending.p() * repeats, rate * repeats));
        }
        return new Customer(repeats, lastDays, ageDays, average);
    }

    private static double[] times(BgNbd truth, RandomGenerator random, double age) {
        double rate = gamma(random, truth.r(), truth.alpha());
        double stay = gamma(random, truth.b(), 1);
        double dropOut = gamma(random, truth.a(), 1);
        dropOut /= dropOut + stay;
        List<Double> times = new ArrayList<>();
        for (double time = wait(random, rate); time < age; time += wait(random, rate)) {
            times.add(time);
            if (random.nextDouble() < dropOut) {
                break;
            }
        }
        return times.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static double[] times(ParetoNbd truth, RandomGenerator random, double age) {
        double rate = gamma(random, truth.r(), truth.alpha());
        double end = Math.min(age, wait(random, gamma(random, truth.s(), truth.beta())));
        List<Double> times = new ArrayList<>();
        for (double time = wait(random, rate); time < end; time += wait(random, rate)) {
            times.add(time);
        }
        return times.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static double wait(RandomGenerator random, double rate) {
        return -Math.log(1 - random.nextDouble()) / rate;
    }

    private static double gamma(RandomGenerator random, double shape, double rate) {
        return new GammaDistribution(random, shape, 1 / rate).sample();
    }
}
