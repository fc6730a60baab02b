package io.clientele.qualify;

import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.trim;

import io.clientele.run.Job;
import io.clientele.run.Run;
import io.clientele.schema.CollectedEvents;
import io.clientele.schema.CustomerRefs;
import io.clientele.schema.Delivery;
import io.clientele.schema.Events;
import io.clientele.table.Joins;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Attaches events to their customer. */
public final class EventsJob {

    public static final Job<Config> JOB = Job.named("events", Config.class)
            .reads(CollectedEvents.TABLE, CustomerRefs.TABLE)
            .writes(Events.TABLE)
            .runs(EventsJob::run);

    /** {@code conf/events.yaml}: nothing to say yet. */
    public record Config() {}

    private EventsJob() {}

    static void run(Config config, Run run) {
        Dataset<Row> collected = Deliveries.upTo(run, CollectedEvents.TABLE);
        run.lake().replace(Events.TABLE, attach(collected, run.lake().read(CustomerRefs.TABLE)));
        run.balance(Events.TABLE, collected, Events.VERSIONS);
    }

    /** One row per event, in its latest version. */
    public static Dataset<Row> attach(Dataset<Row> collected, Dataset<Row> references) {
        return Deliveries.latest(collected, Events.VERSIONS)
                .join(
                        references.select(CustomerRefs.CUSTOMER_REF.col(), CustomerRefs.CUSTOMER_ID.col()),
                        Joins.on(CustomerRefs.CUSTOMER_REF),
                        Joins.LEFT)
                .select(
                        Events.EVENT_ID.is(Deliveries.id()),
                        Events.CUSTOMER_ID.is(CustomerRefs.CUSTOMER_ID.col()),
                        Events.OCCURRED_AT.is(CollectedEvents.OCCURRED_AT.col()),
                        Events.CHANNEL.is(lower(trim(CollectedEvents.CHANNEL.col()))),
                        Events.EVENT_TYPE.is(lower(trim(CollectedEvents.EVENT_TYPE.col()))),
                        Events.SUBJECT.is(trim(CollectedEvents.SUBJECT.col())),
                        Events.RATING.is(CollectedEvents.RATING.col()),
                        Events.SOURCE.is(Delivery.SOURCE.col()),
                        Events.VERSIONS.is(Events.VERSIONS.col()));
    }
}
