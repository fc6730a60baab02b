package io.clientele.score;

import static io.clientele.config.Requirement.check;
import static io.clientele.config.Requirement.checkZone;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import io.clientele.config.ConfigFolder;
import io.clientele.lake.Lake;
import io.clientele.run.Job;
import io.clientele.run.Run;
import io.clientele.schema.Contactability;
import io.clientele.schema.CustomerFigures;
import io.clientele.schema.CustomerRfm;
import io.clientele.schema.CustomerScores;
import io.clientele.schema.DimCustomers;
import io.clientele.schema.Events;
import io.clientele.schema.Triggers;
import io.clientele.sql.Resolved;
import io.clientele.sql.Resolved.Used;
import io.clientele.sql.Scope;
import io.clientele.sql.Tried;
import io.clientele.sql.Unusable;
import io.clientele.table.Field;
import io.clientele.table.Joins;
import io.clientele.table.Table;
import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.storage.StorageLevel;

/**
 * Tells who did today what somebody should know of at once: so many events of a kind, by a customer of whom the marts say what
 * the trigger asks. It looks at one day only, that of the run, and so costs the same after years.
 */
public final class TriggersJob {

    private static final String NAME = "triggers";

    /** The tables whose columns a trigger may ask about, each with a row per customer at most. */
    private static final List<Table> MARTS = List.of(
            CustomerScores.TABLE, DimCustomers.TABLE, CustomerFigures.TABLE, CustomerRfm.TABLE, Contactability.TABLE);

    public static final Job<Watch> JOB = Job.named(NAME, TriggersJob::read)
            .reads(Events.TABLE)
            .reads(MARTS.toArray(Table[]::new))
            .writes(Triggers.TABLE)
            .runs(TriggersJob::run);

    private static final String INSTEAD_OF_CLOCK = "a trigger looks at the day of the run";
    private static final String FOUND = "found";
    private static final String TIMES = "times";

    /**
     * {@code conf/triggers.yaml}.
     *
     * @param zone of the business: to what day an event belongs
     * @param triggers by their names
     */
    public record Config(String zone, Map<String, Trigger> triggers) {
        public Config {
            checkZone(zone);
            check(triggers != null && !triggers.isEmpty(), "key 'triggers' is missing: what to tell of, by name");
            triggers.forEach((name, trigger) -> {
                check(
                        name.matches("[a-z][a-z0-9_]*"),
                        "key 'triggers.%s': a name is made of small letters, digits and underscores",
                        name);
                check(trigger != null, "key 'triggers.%s' says nothing", name);
            });
            triggers = Collections.unmodifiableMap(new LinkedHashMap<>(triggers));
        }
    }

    /**
     * One thing to tell of.
     *
     * @param tells in a sentence
     * @param event which events count: a condition on {@code qualified.events}
     * @param times how many of them in a day
     * @param customer whose: a condition on the marts; everybody's if absent
     * @param justification why a column may be used by which persons may be discriminated against
     */
    public record Trigger(String tells, String event, int times, String customer, String justification) {
        public Trigger {
            check(tells != null && !tells.isBlank(), "key 'tells' of a trigger is missing: a sentence");
            check(event != null && !event.isBlank(), "key 'event' of a trigger is missing: which events count");
            check(times >= 1, "key 'times' of a trigger must be at least 1, got %d", times);
            customer = customer == null ? "true" : customer;
        }
    }

    /** The triggers, of which every column is known, and the marts that they ask about. */
    record Watch(Config config, Set<Table> marts) {}

    private TriggersJob() {}

    static Watch read(ConfigFolder folder) {
        Config config = folder.read(NAME, Config.class);
        Scope ofEvents = Scope.of(List.of(Events.TABLE), INSTEAD_OF_CLOCK);
        Scope ofMarts = Scope.of(MARTS, INSTEAD_OF_CLOCK);
        Set<Table> marts = new LinkedHashSet<>();
        config.triggers().forEach((name, trigger) -> {
            String key = "triggers." + name;
            resolved(folder, key, "event", ofEvents, trigger.event(), trigger.justification());
            Resolved customer = resolved(folder, key, "customer", ofMarts, trigger.customer(), trigger.justification());
            customer.columns().map(Used::table).forEach(marts::add);
        });
        return new Watch(config, marts);
    }

    private static Resolved resolved(
            ConfigFolder folder, String key, String part, Scope scope, String sql, String justification) {
        try {
            Resolved resolved = scope.condition(part, sql);
            resolved.requireJustification(justification);
            return resolved;
        } catch (Unusable e) {
            throw folder.complaint(NAME, key + "." + part, e.getMessage());
        }
    }

    static void run(Watch watch, Run run) {
        Lake lake = run.lake();
        lake.createIfAbsent(Triggers.TABLE);
        Dataset<Row> reached =
                reached(lake.read(Events.TABLE), run.date(), watch.config()).persist(StorageLevel.MEMORY_AND_DISK());
        try {
            Dataset<Row> known = reached;
            for (Table mart : watch.marts()) {
                known = known.join(
                        of(reached, mart, run).as(mart.name()),
                        reached.col(FOUND)
                                .getField(Events.CUSTOMER_ID.column())
                                .equalTo(col(mart.name() + "." + Events.CUSTOMER_ID.column())),
                        Joins.LEFT);
            }
            Dataset<Row> told =
                    lake.read(Triggers.TABLE).where(Triggers.DAY.col().equalTo(lit(run.date())));
            Dataset<Row> fresh = fresh(found(known, watch.config()), told, run).persist(StorageLevel.MEMORY_AND_DISK());
            try {
                lake.revise(Triggers.TABLE, fresh.select(key()), fresh);
            } finally {
                fresh.unpersist();
            }
        } finally {
            reached.unpersist();
        }
    }

    /** What a mart says of the customers in question; nothing before the first night. */
    private static Dataset<Row> of(Dataset<Row> reached, Table mart, Run run) {
        if (!run.lake().has(mart)) {
            run.warn("there is no %s yet: triggers that ask it about customers tell nothing", mart);
            return run.spark().createDataFrame(List.of(), mart.schema());
        }
        return run.lake()
                .matching(
                        mart,
                        reached.select(col(FOUND)
                                        .getField(Events.CUSTOMER_ID.column())
                                        .as(Events.CUSTOMER_ID.column()))
                                .distinct());
    }

    /** The triggers for which a customer's events of the day are enough, each with its events. */
    static Dataset<Row> reached(Dataset<Row> events, LocalDate date, Config config) {
        Column wanted = array_compact(array(config.triggers().entrySet().stream()
                .map(trigger -> when(Tried.expr(trigger.getValue().event()), lit(trigger.getKey())))
                .toArray(Column[]::new)));
        return events.where(Events.CUSTOMER_ID
                        .col()
                        .isNotNull()
                        .and(Events.day(config.zone()).equalTo(lit(date)))
                        // No zone is a day from UTC; files of other days need not be read.
                        .and(Events.OCCURRED_AT
                                .col()
                                .between(
                                        lit(date.minusDays(1)).cast(DataTypes.TimestampType),
                                        lit(date.plusDays(2)).cast(DataTypes.TimestampType))))
                .select(
                        explode(wanted).as(Triggers.TRIGGER.column()),
                        Events.CUSTOMER_ID.col(),
                        Events.OCCURRED_AT.col())
                .groupBy(Triggers.TRIGGER.col(), Events.CUSTOMER_ID.col())
                .agg(sort_array(collect_list(Events.OCCURRED_AT.col())).as(TIMES))
                .where(size(col(TIMES)).geq(ofTrigger(config, trigger -> lit(trigger.times()))))
                .select(struct(
                                Triggers.TRIGGER.col(),
                                Triggers.CUSTOMER_ID.is(Events.CUSTOMER_ID.col()),
                                Triggers.DAY.is(lit(date)),
                                Triggers.EVENTS.is(size(col(TIMES))),
                                Triggers.FIRST_AT.is(element_at(col(TIMES), 1)),
                                Triggers.REACHED_AT.is(
                                        element_at(col(TIMES), ofTrigger(config, trigger -> lit(trigger.times())))),
                                Triggers.LAST_AT.is(element_at(col(TIMES), -1)))
                        .as(FOUND));
    }

    /** Those whose customer is one that the trigger is about. */
    static Dataset<Row> found(Dataset<Row> known, Config config) {
        Column trigger = col(FOUND).getField(Triggers.TRIGGER.column());
        Column isWanted = lit(false);
        for (Map.Entry<String, Trigger> each : config.triggers().entrySet()) {
            isWanted = isWanted.or(trigger.equalTo(each.getKey())
                    .and(coalesce(Tried.expr(each.getValue().customer()), lit(false))));
        }
        return known.where(isWanted).select(col(FOUND + ".*"));
    }

    /** What was not told yet, or not with these figures. */
    private static Dataset<Row> fresh(Dataset<Row> found, Dataset<Row> told, Run run) {
        Dataset<Row> noticed = told.select(
                Triggers.TRIGGER.col(), Triggers.CUSTOMER_ID.col(), Triggers.DAY.col(), Triggers.NOTICED_AT.col());
        Dataset<Row> changed =
                found.join(told.drop(Triggers.NOTICED_AT.column()), Joins.on(found.columns()), Joins.ANTI);
        return changed.join(noticed, Joins.on(Triggers.TABLE.key().toArray(Field[]::new)), Joins.LEFT)
                .withColumn(Triggers.NOTICED_AT.column(), coalesce(Triggers.NOTICED_AT.col(), lit(run.startedAt())))
                .select(Triggers.TABLE.columns());
    }

    private static Column ofTrigger(Config config, Function<Trigger, Column> value) {
        Column of = null;
        for (Map.Entry<String, Trigger> each : config.triggers().entrySet()) {
            Column is = Triggers.TRIGGER.col().equalTo(each.getKey());
            of = of == null ? when(is, value.apply(each.getValue())) : of.when(is, value.apply(each.getValue()));
        }
        return of;
    }

    private static Column[] key() {
        return Triggers.TABLE.key().stream().map(Field::col).toArray(Column[]::new);
    }
}
