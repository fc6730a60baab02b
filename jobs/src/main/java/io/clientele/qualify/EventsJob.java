package io.clientele.qualify;

import static io.clientele.config.Requirement.checkZone;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.trim;

import io.clientele.run.Before;
import io.clientele.run.Job;
import io.clientele.run.Run;
import io.clientele.schema.CollectedEvents;
import io.clientele.schema.CustomerRefs;
import io.clientele.schema.Delivery;
import io.clientele.schema.Events;
import io.clientele.table.Joins;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Attaches events to their customer. */
public final class EventsJob {

    public static final Job<Config> JOB = Job.named("events", Config.class)
            .reads(CollectedEvents.TABLE, CustomerRefs.TABLE)
            .writes(Events.TABLE)
            .runs(EventsJob::run);

    /**
     * {@code conf/events.yaml}.
     *
     * @param zone where the business has its midnight
     */
    public record Config(String zone) {
        public Config {
            checkZone(zone);
        }
    }

    private EventsJob() {}

    static void run(Config config, Run run) {
        run.goOn(before -> goOn(before, config, run), () -> computeAll(config, run));
    }

    private static void computeAll(Config config, Run run) {
        Dataset<Row> collected = Deliveries.upTo(run, CollectedEvents.TABLE);
        run.lake().replace(Events.TABLE, qualify(collected, run.lake().read(CustomerRefs.TABLE), config));
        run.balance(Events.TABLE, collected, Events.VERSIONS);
    }

    /** Revises the events that have come or come again since the last run, and those whose customer is another. */
    private static boolean goOn(Before before, Config config, Run run) {
        Optional<Dataset<Row>> records = Deliveries.since(before, run, CollectedEvents.TABLE);
        Optional<Dataset<Row>> references = Deliveries.outdated(
                before, run, CustomerRefs.TABLE, CustomerRefs.CUSTOMER_REF, CustomerRefs.CUSTOMER_ID);
        if (records.isEmpty() || references.isEmpty()) {
            return false;
        }
        new Revision(
                        Events.TABLE,
                        Events.EVENT_ID,
                        Events.VERSIONS,
                        events -> attach(events, run.lake().read(CustomerRefs.TABLE)))
                .apply(
                        standardise(records.get().withColumn(Events.VERSIONS.column(), lit(1L)), config),
                        List.of(references.get()),
                        run);
        return true;
    }

    /** One row per event, in its latest version. */
    public static Dataset<Row> qualify(Dataset<Row> collected, Dataset<Row> references, Config config) {
        return attach(standardise(Deliveries.latest(collected, Events.VERSIONS), config), references);
    }

    private static Dataset<Row> standardise(Dataset<Row> records, Config config) {
        return records.select(
                Events.EVENT_ID.is(Deliveries.id()),
                Events.CUSTOMER_ID.isNull(),
                Events.OCCURRED_AT.is(CollectedEvents.OCCURRED_AT.col()),
                Events.OCCURRED_ON.is(Deliveries.day(CollectedEvents.OCCURRED_AT.col(), config.zone())),
                Events.CHANNEL.is(lower(trim(CollectedEvents.CHANNEL.col()))),
                Events.EVENT_TYPE.is(lower(trim(CollectedEvents.EVENT_TYPE.col()))),
                Events.SUBJECT.is(trim(CollectedEvents.SUBJECT.col())),
                Events.RATING.is(CollectedEvents.RATING.col()),
                Events.SOURCE.is(Delivery.SOURCE.col()),
                Events.CUSTOMER_REF.is(CollectedEvents.CUSTOMER_REF.col()),
                Events.DELIVERED_ON.is(Delivery.DELIVERED_ON.col()),
                Events.FILE.is(Delivery.FILE.col()),
                Events.POSITION.is(Delivery.POSITION.col()),
                Events.RECORD_ID.is(Delivery.RECORD_ID.col()),
                Events.VERSIONS.is(Events.VERSIONS.col()));
    }

    private static Dataset<Row> attach(Dataset<Row> events, Dataset<Row> references) {
        return events.drop(Events.CUSTOMER_ID.column())
                .join(
                        references.select(CustomerRefs.CUSTOMER_REF.col(), CustomerRefs.CUSTOMER_ID.col()),
                        Joins.on(CustomerRefs.CUSTOMER_REF),
                        Joins.LEFT)
                .select(Events.TABLE.columns());
    }
}
