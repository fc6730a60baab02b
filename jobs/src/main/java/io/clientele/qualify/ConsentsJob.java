package io.clientele.qualify;

import static org.apache.spark.sql.functions.bool_and;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.trim;

import io.clientele.run.Job;
import io.clientele.run.Run;
import io.clientele.schema.CollectedConsents;
import io.clientele.schema.Consents;
import io.clientele.schema.CustomerRefs;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Keeps what stands of each customer's decisions on a purpose and a channel; in doubt it is the refusal. */
public final class ConsentsJob {

    public static final Job<Config> JOB = Job.named("consents", Config.class)
            .reads(CollectedConsents.TABLE, CustomerRefs.TABLE)
            .writes(Consents.TABLE)
            .runs(ConsentsJob::run);

    private static final String STANDING = "standing";

    /** {@code conf/consents.yaml}: nothing to say yet. */
    public record Config() {}

    private ConsentsJob() {}

    static void run(Config config, Run run) {
        Dataset<Row> collected = Deliveries.upTo(run, CollectedConsents.TABLE);
        run.lake().replace(Consents.TABLE, standing(collected, run.lake().read(CustomerRefs.TABLE)));
        run.balance(Consents.TABLE, collected, Consents.DECISIONS);
    }

    /**
     * One row per customer, purpose and channel. Of each reference the last decision counts, at the same instant the refusal;
     * where references that turned out to be one customer disagree, the refusal: merging never makes a permission.
     */
    public static Dataset<Row> standing(Dataset<Row> collected, Dataset<Row> references) {
        Dataset<Row> ofReferences = collected
                .groupBy(
                        CollectedConsents.CUSTOMER_REF.col(),
                        Consents.PURPOSE.is(lower(trim(CollectedConsents.PURPOSE.col()))),
                        Consents.CHANNEL.is(lower(trim(CollectedConsents.CHANNEL.col()))))
                .agg(
                        Consents.IS_GRANTED.is(max_by(
                                CollectedConsents.IS_GRANTED.col(),
                                struct(CollectedConsents.DECIDED_AT.col(), not(CollectedConsents.IS_GRANTED.col())))),
                        Consents.DECIDED_AT.is(max(CollectedConsents.DECIDED_AT.col())),
                        Consents.DECISIONS.is(count(lit(1))));
        Column refused = not(Consents.IS_GRANTED.col());
        return ofReferences
                .join(
                        references.select(CustomerRefs.CUSTOMER_REF.col(), CustomerRefs.CUSTOMER_ID.col()),
                        CustomerRefs.CUSTOMER_REF.column())
                .groupBy(CustomerRefs.CUSTOMER_ID.col(), Consents.PURPOSE.col(), Consents.CHANNEL.col())
                .agg(
                        bool_and(Consents.IS_GRANTED.col()).as(Consents.IS_GRANTED.column()),
                        max(struct(refused, Consents.DECIDED_AT.col())).as(STANDING),
                        sum(Consents.DECISIONS.col()).as(Consents.DECISIONS.column()))
                .select(
                        Consents.CUSTOMER_ID.is(CustomerRefs.CUSTOMER_ID.col()),
                        Consents.PURPOSE.is(Consents.PURPOSE.col()),
                        Consents.CHANNEL.is(Consents.CHANNEL.col()),
                        Consents.IS_GRANTED.is(Consents.IS_GRANTED.col()),
                        Consents.DECIDED_AT.is(col(STANDING).getField(Consents.DECIDED_AT.column())),
                        Consents.DECISIONS.is(Consents.DECISIONS.col()));
    }
}
