package io.clientele.qualify;

import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.trim;

import io.clientele.run.Job;
import io.clientele.run.Run;
import io.clientele.schema.CollectedConsents;
import io.clientele.schema.Consents;
import io.clientele.schema.CustomerRefs;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Keeps, of each customer's decisions on a purpose and a channel, the last; at the same instant the refusal counts. */
public final class ConsentsJob {

    public static final Job<Config> JOB = Job.named("consents", Config.class)
            .reads(CollectedConsents.TABLE, CustomerRefs.TABLE)
            .writes(Consents.TABLE)
            .runs(ConsentsJob::run);

    /** {@code conf/consents.yaml}: nothing to say yet. */
    public record Config() {}

    private ConsentsJob() {}

    static void run(Config config, Run run) {
        Dataset<Row> collected = Deliveries.upTo(run, CollectedConsents.TABLE);
        run.lake().replace(Consents.TABLE, standing(collected, run.lake().read(CustomerRefs.TABLE)));
        run.balance(Consents.TABLE, collected, Consents.DECISIONS);
    }

    /** One row per customer, purpose and channel. */
    public static Dataset<Row> standing(Dataset<Row> collected, Dataset<Row> references) {
        Dataset<Row> decisions = collected
                .join(
                        references.select(CustomerRefs.CUSTOMER_REF.col(), CustomerRefs.CUSTOMER_ID.col()),
                        CustomerRefs.CUSTOMER_REF.column())
                .select(
                        Consents.CUSTOMER_ID.is(CustomerRefs.CUSTOMER_ID.col()),
                        Consents.PURPOSE.is(lower(trim(CollectedConsents.PURPOSE.col()))),
                        Consents.CHANNEL.is(lower(trim(CollectedConsents.CHANNEL.col()))),
                        Consents.IS_GRANTED.is(CollectedConsents.IS_GRANTED.col()),
                        Consents.DECIDED_AT.is(CollectedConsents.DECIDED_AT.col()));
        return decisions
                .groupBy(Consents.CUSTOMER_ID.col(), Consents.PURPOSE.col(), Consents.CHANNEL.col())
                .agg(
                        Consents.IS_GRANTED.is(max_by(
                                Consents.IS_GRANTED.col(),
                                struct(Consents.DECIDED_AT.col(), not(Consents.IS_GRANTED.col())))),
                        Consents.DECIDED_AT.is(max(Consents.DECIDED_AT.col())),
                        Consents.DECISIONS.is(count(lit(1))));
    }
}
