package io.clientele.run;

import io.clientele.lake.DeclaredLake;
import io.clientele.lake.Lake;
import io.clientele.lake.RawZone;
import io.clientele.lake.Staging;
import io.clientele.table.Table;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import org.apache.spark.sql.SparkSession;

/** What one job is given: the run that it belongs to, the tables that it declared, and its own tally. */
final class JobRun implements Run {

    private final Night night;
    private final Lake lake;
    private final ModelRegistry models;
    private final JobTally tally;

    JobRun(Night night, Job<?> job, JobTally tally) {
        this.night = night;
        Lake whole = night.lake(tally);
        this.lake = new DeclaredLake(whole, job.name(), job.reads(), job.writes(), tally::read, tally::wrote);
        this.models = new ModelRegistry(
                night.spark(),
                whole,
                night.date(),
                new ModelRegistry.Origin(
                        night.id(),
                        night.startedAt(),
                        job.name(),
                        night.request().version()),
                tally::reads);
        this.tally = tally;
    }

    @Override
    public String id() {
        return night.id();
    }

    @Override
    public LocalDate date() {
        return night.date();
    }

    @Override
    public Instant startedAt() {
        return night.startedAt();
    }

    @Override
    public SparkSession spark() {
        return night.spark();
    }

    @Override
    public Lake lake() {
        return lake;
    }

    @Override
    public RawZone raw() {
        return new RawZone(night.request().rawRoot(), spark().sessionState().newHadoopConf());
    }

    @Override
    public Staging staging(String name) {
        return new Staging(spark(), night.request().lakeRoot(), name);
    }

    @Override
    public ModelRegistry models() {
        return models;
    }

    @Override
    public void metric(String name, double value) {
        tally.metric(name, value);
    }

    @Override
    public void warn(String message, Object... values) {
        tally.warn(String.format(Locale.ROOT, message, values));
    }

    @Override
    public void balance(Table table, long in, long out, long rejected, long merged) {
        tally.balance(table, in, out, rejected, merged);
    }
}
