package io.clientele.qualify;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.lake.Lake;
import io.clientele.lake.RawZone;
import io.clientele.lake.Staging;
import io.clientele.run.Run;
import io.clientele.table.Table;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.sql.SparkSession;

/** A night of one job alone, on any lake. */
record LoneNight(SparkSession spark, Lake lake, LocalDate date, Map<String, Long> balances, Map<String, Double> metrics)
        implements Run {

    LoneNight(SparkSession spark, Lake lake, LocalDate date) {
        this(spark, lake, date, new ConcurrentHashMap<>(), new ConcurrentHashMap<>());
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
    public RawZone raw() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Staging staging(String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void metric(String name, double value) {
        metrics.put(name, value);
    }

    @Override
    public void warn(String message, Object... values) {}

    @Override
    public void balance(Table table, long in, long out, long rejected, long merged) {
        assertThat(out + rejected + merged).as("%s", table).isEqualTo(in);
        balances.put(table.name(), in);
    }
}
