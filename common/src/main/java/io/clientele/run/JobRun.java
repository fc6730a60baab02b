package io.clientele.run;

import io.clientele.lake.DeclaredLake;
import io.clientele.lake.DeltaLake;
import io.clientele.lake.Lake;
import io.clientele.lake.RawZone;
import io.clientele.lake.Staging;
import io.clientele.lake.Upkeep;
import io.clientele.run.Job.Ready;
import io.clientele.table.Table;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.SparkSession;

/** What one job is given: the run that it belongs to, the tables that it declared, and its own tally. */
final class JobRun implements Run {

    private final Night night;
    private final Ready ready;
    private final Lake lake;
    private final ModelRegistry models;
    private final JobTally tally;
    private final String basis;

    JobRun(Night night, Ready ready, JobTally tally) {
        this.night = night;
        this.ready = ready;
        Job<?> job = ready.job();
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
        this.basis = Basis.of(
                ready.settings(),
                night.rules().about(job.writes()),
                night.request().version());
        tally.basis(basis);
    }

    /**
     * Whether all that the job's last run of this date read and wrote is as it was, so that running it again would change nothing.
     * A job that reads no table, or writes none, has to do with what the lake does not know.
     */
    boolean stands() {
        Optional<Before> last = night.lastOf(ready.job())
                .filter(before -> !night.request().isFull()
                        && before.basis().equals(basis)
                        && before.date().equals(date())
                        && isAsItWas(read(), before.reads())
                        && isAsItWas(ready.job().writes(), before.writes()));
        last.ifPresent(before -> {
            before.reads().forEach(tally::read);
            before.writes().forEach(tally::stands);
            tally.scope("nothing: nothing has changed since " + before.runId());
        });
        return last.isPresent();
    }

    /** What the job writes itself, it read before it wrote. */
    private Set<Table> read() {
        Set<Table> read = new HashSet<>(ready.job().reads());
        read.removeAll(ready.job().writes());
        return read;
    }

    /** Of tables that the run had nothing to do with, it does not matter how they are. */
    private boolean isAsItWas(Set<Table> tables, Map<String, Long> versions) {
        List<Table> known = tables.stream()
                .filter(table -> versions.containsKey(table.qualifiedName()))
                .toList();
        return !known.isEmpty() && known.stream().allMatch(table -> isAt(table, versions.get(table.qualifiedName())));
    }

    private boolean isAt(Table table, long version) {
        return lake.has(table) ? version != Lake.ABSENT && lake.isUnchanged(table, version) : version == Lake.ABSENT;
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
    public Optional<Before> before() {
        Optional<Before> last = night.lastOf(ready.job());
        Optional<String> obstacle = night.request().isFull()
                ? Optional.of("it was asked for")
                : last.isEmpty() ? Optional.of("no run of it has succeeded before") : last.flatMap(this::obstacle);
        tally.scope(obstacle.map(JobRun::all)
                .orElseGet(() -> "what has changed since " + last.get().runId()));
        return obstacle.isPresent() ? Optional.empty() : last;
    }

    private Optional<String> obstacle(Before before) {
        if (!before.basis().equals(basis)) {
            return Optional.of("its settings, its quality rules or the program are not those of " + before.runId());
        }
        if (before.date().isAfter(date())) {
            return Optional.of("the last run was of a later date, " + before.date());
        }
        return ready.job().writes().stream()
                .filter(table -> !isAsLeft(table, before))
                .map(table -> table + " is not as " + before.runId() + " left it")
                .findFirst();
    }

    /** Files that only moved rows change nothing; a table that the run had no reason to write is not what others hang on. */
    private boolean isAsLeft(Table table, Before before) {
        Long left = before.writes().get(table.qualifiedName());
        return left == null || isAt(table, left);
    }

    @Override
    public void inFull(String reason) {
        tally.scope(all(reason));
    }

    private static String all(String reason) {
        return "all: " + reason;
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
    public Upkeep upkeep() {
        return new Upkeep(spark(), new DeltaLake(spark(), night.request().lakeRoot()));
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
