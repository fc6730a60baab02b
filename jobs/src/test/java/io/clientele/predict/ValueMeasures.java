package io.clientele.predict;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/** Fits measured: on the CDNOW sample against what is published, and on simulated customers against what they were made of. */
public final class ValueMeasures {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final BgNbd TRUTH = new BgNbd(0.6, 6, 0.8, 3);
    private static final GammaGamma SPENDING = new GammaGamma(6, 4, 15);
    private static final int DAYS = 728;
    private static final long SEED = 20;

    private final Consumer<String> table;
    private final Consumer<String> lines;

    /**
     * @param table takes lines for people
     * @param lines takes lines of JSON
     */
    public ValueMeasures(Consumer<String> table, Consumer<String> lines) {
        this.table = table;
        this.lines = lines;
    }

    /** A thing that was done, and how long it took. */
    private record Timed<T>(T result, double seconds) {
        static <T> Timed<T> of(Callable<T> task) throws Exception {
            long start = System.nanoTime();
            T result = task.call();
            return new Timed<>(result, (System.nanoTime() - start) / 1e9);
        }
    }

    /** The sample, where it is. */
    public void cdnow() throws Exception {
        if (!Cdnow.isThere()) {
            table.accept("CDNOW: skipped, the data is not there");
            return;
        }
        Cdnow sample = Cdnow.read();
        Histories histories = sample.histories();
        compare(
                "cdnow_bg_nbd",
                Timed.of(() -> MaximumLikelihood.of(new BgNbd.Likelihood(histories))),
                "published",
                ordered("r", 0.243, "alpha", 4.414, "a", 0.793, "b", 2.426),
                -9582.429);
        compare(
                "cdnow_pareto_nbd",
                Timed.of(() -> MaximumLikelihood.of(new ParetoNbd.Likelihood(histories))),
                "published",
                ordered("r", 0.5533, "alpha", 10.578, "s", 0.6061, "beta", 11.669),
                -9594.98);
        compare(
                "cdnow_gamma_gamma",
                Timed.of(() -> GammaGamma.fit(sample.spends())),
                "published",
                ordered("p", 6.2496, "q", 3.7442, "v", 15.4435),
                -4055.918);
    }

    /** So many customers made up, counted by the engine, and fitted here. */
    public void simulated(SparkSession spark, long customers) throws Exception {
        Dataset<Row> rows = new SimulatedCustomers(TRUTH, SPENDING, DAYS)
                .rows(spark, customers, SEED)
                .persist(StorageLevel.DISK_ONLY());
        rows.count();
        try {
            Timed<Histories> counted = Timed.of(
                    () -> CountedHistories.of(CountedHistories.counts(rows).persist(), TimeUnit.WEEKS)
                            .all());
            Timed<Spends> spends = Timed.of(() -> ValuesJob.spends(rows));
            String name = "simulated_" + customers;
            table.accept("%n%,d customers: %,d histories counted in %.1f s, %,d averages in %.1f s"
                    .formatted(
                            customers,
                            counted.result().size(),
                            counted.seconds(),
                            spends.result().size(),
                            spends.seconds()));
            lines.accept(JSON.writeValueAsString(ordered(
                    "data",
                    name,
                    "histories",
                    counted.result().size(),
                    "count_seconds",
                    counted.seconds(),
                    "averages",
                    spends.result().size(),
                    "average_seconds",
                    spends.seconds())));
            Map<String, Object> truth = ordered("r", TRUTH.r(), "alpha", TRUTH.alpha(), "a", TRUTH.a(), "b", TRUTH.b());
            compare(
                    name + "_bg_nbd",
                    Timed.of(() -> MaximumLikelihood.of(new BgNbd.Likelihood(counted.result()))),
                    "true",
                    truth,
                    null);
            compare(
                    name + "_gamma_gamma",
                    Timed.of(() -> GammaGamma.fit(spends.result())),
                    "true",
                    ordered("p", SPENDING.p(), "q", SPENDING.q(), "v", SPENDING.v()),
                    null);
            Timed<Estimates> pareto = Timed.of(() -> MaximumLikelihood.of(new ParetoNbd.Likelihood(counted.result())));
            compare(name + "_pareto_nbd", pareto, "", Map.of(), null);
        } finally {
            rows.unpersist();
        }
    }

    private void compare(
            String name, Timed<Estimates> fit, String origin, Map<String, Object> expected, Double logLikelihood)
            throws JsonProcessingException {
        Estimates found = fit.result();
        table.accept("%n%s: log-likelihood %.3f%s, %d steps in %.2f s%s"
                .formatted(
                        name,
                        found.logLikelihood(),
                        logLikelihood == null ? "" : " (published " + logLikelihood + ")",
                        found.steps(),
                        fit.seconds(),
                        found.isConverged() ? "" : ", not converged"));
        for (String parameter : found.names()) {
            table.accept("  %-6s %12.5f ± %-10.5f %s"
                    .formatted(
                            parameter,
                            found.of(parameter),
                            found.standardErrorOf(parameter),
                            expected.containsKey(parameter) ? origin + " " + expected.get(parameter) : ""));
        }
        lines.accept(JSON.writeValueAsString(ordered(
                "data",
                name,
                "log_likelihood",
                found.logLikelihood(),
                "steps",
                found.steps(),
                "converged",
                found.isConverged(),
                "seconds",
                fit.seconds(),
                "found",
                found.figures(),
                origin.isEmpty() ? "expected" : origin,
                expected)));
    }

    private static Map<String, Object> ordered(Object... pairs) {
        Map<String, Object> ordered = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            ordered.put((String) pairs[i], pairs[i + 1]);
        }
        return ordered;
    }
}
