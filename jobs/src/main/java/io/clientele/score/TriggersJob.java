package io.clientele.score;

import static io.clientele.config.Requirement.check;
import static io.clientele.config.Requirement.checkName;
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
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * Tells who did today what somebody should know of at once: so many events of a kind, by a customer of whom the marts say what
 * the trigger asks. It looks at one day only, that of the run, and so costs the same after years.
 */
public final class TriggersJob {

    private static final String CONFIG = "triggers";

    /** The tables whose columns a trigger may ask about, each with a row per customer at most. */
    private static final List<Table> MARTS = List.of(
            CustomerScores.TABLE, DimCustomers.TABLE, CustomerFigures.TABLE, CustomerRfm.TABLE, Contactability.TABLE);

    public static final Job<Watch> JOB = Job.named(CONFIG, TriggersJob::read)
            .reads(Events.TABLE)
            .reads(MARTS.toArray(Table[]::new))
            .writes(Triggers.TABLE)
            .runs(TriggersJob::run);

    private static final String INSTEAD_OF_CLOCK = "a trigger looks at the day of the run";
    private static final String FOUND = "found";
    private static final String TRIGGER = "trigger";
    private static final String NAME = "name";
    private static final String TIMES = "times";
    private static final String INSTANTS = "instants";

    /**
     * {@code conf/triggers.yaml}.
     *
     * @param triggers by their names
     */
    public record Config(Map<String, Trigger> triggers) {
        public Config {
            check(triggers != null && !triggers.isEmpty(), "key 'triggers' is missing: what to tell of, by name");
            triggers.forEach((name, trigger) -> {
                checkName("triggers", name);
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
        Config config = folder.read(CONFIG, Config.class);
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
            throw folder.complaint(CONFIG, key + "." + part, e.getMessage());
        }
    }

    static void run(Watch watch, Run run) {
        run.lake().createIfAbsent(Triggers.TABLE);
        Dataset<Row> reached = reached(run.lake().read(Events.TABLE), run.date(), watch.config())
                .persist(StorageLevel.MEMORY_AND_DISK());
        try {
            tell(fresh(found(reached, watch, run), run), run);
        } finally {
            reached.unpersist();
        }
    }

    /** The triggers for which a customer's events of the day are enough, each with its events. */
    static Dataset<Row> reached(Dataset<Row> events, LocalDate date, Config config) {
        Column waiting = array_compact(array(config.triggers().entrySet().stream()
                .map(trigger -> when(
                        Tried.expr(trigger.getValue().event()),
                        struct(
                                lit(trigger.getKey()).as(NAME),
                                lit(trigger.getValue().times()).as(TIMES))))
                .toArray(Column[]::new)));
        return events.where(Events.CUSTOMER_ID
                        .col()
                        .isNotNull()
                        .and(Events.OCCURRED_ON.col().equalTo(lit(date))))
                .select(explode(waiting).as(TRIGGER), Events.CUSTOMER_ID.col(), Events.OCCURRED_AT.col())
                .groupBy(col(TRIGGER), Events.CUSTOMER_ID.col())
                .agg(sort_array(collect_list(Events.OCCURRED_AT.col())).as(INSTANTS))
                .where(size(col(INSTANTS)).geq(col(TRIGGER).getField(TIMES)))
                .select(struct(
                                Triggers.TRIGGER.is(col(TRIGGER).getField(NAME)),
                                Triggers.CUSTOMER_ID.is(Events.CUSTOMER_ID.col()),
                                Triggers.DAY.is(lit(date)),
                                Triggers.EVENTS.is(size(col(INSTANTS))),
                                Triggers.FIRST_AT.is(element_at(col(INSTANTS), 1)),
                                Triggers.REACHED_AT.is(
                                        element_at(col(INSTANTS), col(TRIGGER).getField(TIMES))),
                                Triggers.LAST_AT.is(element_at(col(INSTANTS), -1)))
                        .as(FOUND));
    }

    /** Those whose customer is one that the trigger is about. */
    private static Dataset<Row> found(Dataset<Row> reached, Watch watch, Run run) {
        Column customer = inFound(Triggers.CUSTOMER_ID);
        Dataset<Row> customers =
                reached.select(Triggers.CUSTOMER_ID.is(customer)).distinct();
        Dataset<Row> known = reached;
        for (Table mart : watch.marts()) {
            Column itsCustomer = col(mart.name() + "." + Triggers.CUSTOMER_ID.column());
            known = known.join(said(mart, customers, run).as(mart.name()), customer.equalTo(itsCustomer), Joins.LEFT);
        }
        Column isWanted = watch.config().triggers().entrySet().stream()
                .map(trigger -> inFound(Triggers.TRIGGER)
                        .equalTo(trigger.getKey())
                        .and(coalesce(Tried.expr(trigger.getValue().customer()), lit(false))))
                .reduce(lit(false), Column::or);
        return known.where(isWanted).select(col(FOUND + ".*"));
    }

    /** What a mart says of the customers in question; nothing before the first night. */
    private static Dataset<Row> said(Table mart, Dataset<Row> customers, Run run) {
        if (!run.lake().has(mart)) {
            run.warn("there is no %s yet: triggers that ask it about customers tell nothing", mart);
            return run.spark().createDataFrame(List.of(), mart.schema());
        }
        return run.lake().matching(mart, customers);
    }

    /** What was not told yet, or not with these figures. */
    private static Dataset<Row> fresh(Dataset<Row> found, Run run) {
        Dataset<Row> told =
                run.lake().read(Triggers.TABLE).where(Triggers.DAY.col().equalTo(lit(run.date())));
        Dataset<Row> noticed = told.select(
                Triggers.TRIGGER.col(), Triggers.CUSTOMER_ID.col(), Triggers.DAY.col(), Triggers.NOTICED_AT.col());
        Dataset<Row> changed =
                found.join(told.drop(Triggers.NOTICED_AT.column()), Joins.on(found.columns()), Joins.ANTI);
        return changed.join(noticed, Joins.on(Triggers.TABLE.key().toArray(Field[]::new)), Joins.LEFT)
                .withColumn(Triggers.NOTICED_AT.column(), coalesce(Triggers.NOTICED_AT.col(), lit(run.startedAt())))
                .select(Triggers.TABLE.columns());
    }

    private static void tell(Dataset<Row> fresh, Run run) {
        Dataset<Row> kept = fresh.persist(StorageLevel.MEMORY_AND_DISK());
        try {
            run.lake().revise(Triggers.TABLE, kept.select(Triggers.TABLE.keyColumns()), kept);
        } finally {
            kept.unpersist();
        }
    }

    private static Column inFound(Triggers column) {
        return col(FOUND).getField(column.column());
    }
}
