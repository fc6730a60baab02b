package io.clientele.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.lake.DeltaLake;
import io.clientele.lake.Lake;
import io.clientele.lake.RawZone;
import io.clientele.lake.Staging;
import io.clientele.lake.Upkeep;
import io.clientele.run.Before;
import io.clientele.run.ModelRegistry;
import io.clientele.run.Run;
import io.clientele.table.Table;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.spark.sql.SparkSession;

/** A night of one job alone, on any lake, and what the job said of it. */
public record LoneNight(
        SparkSession spark,
        Lake lake,
        LocalDate date,
        Optional<Before> before,
        Map<String, Long> balances,
        Map<String, Double> metrics,
        List<String> warnings)
        implements Run {

    public LoneNight(SparkSession spark, Lake lake, LocalDate date) {
        this(spark, lake, date, Optional.empty());
    }

    /** One that goes on from another. */
    public LoneNight(SparkSession spark, Lake lake, LocalDate date, Optional<Before> before) {
        this(
                spark,
                lake,
                date,
                before,
                new ConcurrentHashMap<>(),
                new ConcurrentHashMap<>(),
                new CopyOnWriteArrayList<>());
    }

    @Override
    public String id() {
        return "run";
    }

    @Override
    public Instant startedAt() {
        return Instant.EPOCH;
    }

    @Override
    public void inFull(String reason) {
        warnings.add("all: " + reason);
    }

    @Override
    public RawZone raw() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Staging staging(String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Upkeep upkeep() {
        return new Upkeep(spark, (DeltaLake) lake);
    }

    @Override
    public ModelRegistry models() {
        return new ModelRegistry(
                spark, lake, date, new ModelRegistry.Origin(id(), startedAt(), "job", "version"), List::of);
    }

    @Override
    public void metric(String name, double value) {
        metrics.put(name, value);
    }

    @Override
    public void warn(String message, Object... values) {
        warnings.add(String.format(Locale.ROOT, message, values));
    }

    @Override
    public void balance(Table table, long in, long out, long rejected, long merged) {
        assertThat(out + rejected + merged).as("%s", table).isEqualTo(in);
        balances.put(table.name(), in);
    }
}
