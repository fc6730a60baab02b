package io.clientele.qualify;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_append;
import static org.apache.spark.sql.functions.array_contains;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.md5;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.min_by;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sha2;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.upper;
import static org.apache.spark.sql.functions.when;

import io.clientele.schema.ContactGroups;
import io.clientele.schema.Contacts;
import io.clientele.schema.CustomerIdEvents;
import io.clientele.schema.CustomerRefs;
import io.clientele.schema.Delivery;
import io.clientele.table.Joins;
import java.time.LocalDate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/**
 * Which identifier each reference leads to, night after night. The references of one group of contact records are one
 * customer, and a reference that no contact record bears is one by itself. What is remembered is the references of the
 * night before, and nothing else: a customer keeps its identifier as long as most of its contact records stay together.
 */
final class Identifiers {

    private static final String MERGED = "merged";
    private static final String SPLIT = "split";

    private static final String GROUP = "group";
    private static final String WEIGHT = "weight";
    private static final String OLD_ID = "old_id";
    private static final String OLDEST = "oldest";
    private static final String IS_WON = "is_won";
    private static final String WON_IDS = "won_ids";
    private static final String KEPT_ID = "kept_id";
    private static final String FOUNDER = "founder";
    private static final String FOUNDER_OLD_ID = "founder_old_id";
    private static final String CANDIDATE = "candidate";
    private static final String IS_USED = "is_used";

    private Identifiers() {}

    /**
     * One row per reference of tonight, with its group, how many contact records bear it, and since when it is known.
     *
     * @param contacts the contact records in their latest version
     * @param groups which of them belong together
     * @param versions all versions of them: a reference that a record bore once still leads to it
     * @param facts references of order lines, events and consents, each with the day of its delivery
     */
    static Dataset<Row> references(
            Dataset<Row> contacts, Dataset<Row> groups, Dataset<Row> versions, Dataset<Row> facts) {
        String isBorne = "is_borne";
        Column reference = CustomerRefs.CUSTOMER_REF.col();
        Column contact = Contacts.CONTACT_ID.col();
        Dataset<Row> named = contacts.select(reference, contact, lit(true).as(isBorne), Delivery.DELIVERED_ON.isNull())
                .union(versions.select(
                        reference, Contacts.CONTACT_ID.is(Deliveries.id()), lit(false), Delivery.DELIVERED_ON.col()))
                .union(facts.where(reference.isNotNull())
                        .select(reference, Contacts.CONTACT_ID.isNull(), lit(false), Delivery.DELIVERED_ON.col()));
        return named.groupBy(reference)
                .agg(
                        max_by(
                                        contact,
                                        when(
                                                contact.isNotNull(),
                                                struct(col(isBorne), Delivery.DELIVERED_ON.col(), contact)))
                                .as(Contacts.CONTACT_ID.column()),
                        count_if(col(isBorne)).as(WEIGHT),
                        min(Delivery.DELIVERED_ON.col()).as(CustomerRefs.FIRST_SEEN_ON.column()))
                .join(
                        groups.select(ContactGroups.CONTACT_ID.col(), ContactGroups.GROUP_ID.col()),
                        Joins.on(ContactGroups.CONTACT_ID),
                        Joins.LEFT)
                .select(
                        reference,
                        contact.isNotNull().as(CustomerRefs.HAS_CONTACT.column()),
                        CustomerRefs.FIRST_SEEN_ON.col(),
                        col(WEIGHT),
                        coalesce(ContactGroups.GROUP_ID.col(), concat(lit("alone "), reference))
                                .as(GROUP));
    }

    /** The references of tonight, with what the night before knew of each. */
    static Dataset<Row> remembering(Dataset<Row> references, Dataset<Row> before) {
        String firstSeen = "first_seen_before";
        return references
                .join(
                        before.select(
                                CustomerRefs.CUSTOMER_REF.col(),
                                CustomerRefs.CUSTOMER_ID.col().as(OLD_ID),
                                CustomerRefs.FIRST_SEEN_ON.col().as(firstSeen),
                                CustomerRefs.ID_CHANGES.col()),
                        Joins.on(CustomerRefs.CUSTOMER_REF),
                        Joins.LEFT)
                .withColumn(
                        CustomerRefs.FIRST_SEEN_ON.column(), least(CustomerRefs.FIRST_SEEN_ON.col(), col(firstSeen)))
                .drop(firstSeen);
    }

    /**
     * The references, each with its customer. An old identifier goes to the group that has most of its contact records,
     * then to the one with its oldest reference. A group that is given several keeps that of its oldest reference; the others
     * are merged into it. A group that is given none takes the pseudonym of its oldest reference, unless that was ever used.
     *
     * @param remembering references that remember the night before
     * @param before the references of the night before
     * @param events merges and splits until then
     */
    static Dataset<Row> assign(
            Dataset<Row> remembering, Dataset<Row> before, Dataset<Row> events, LocalDate date, String salt) {
        Dataset<Row> customers = identified(claims(remembering), used(before, events), date, salt);
        Column id = CustomerRefs.CUSTOMER_ID.col();
        Column changes = coalesce(
                CustomerRefs.ID_CHANGES.col(),
                array().cast(CustomerRefs.ID_CHANGES.spec().type()));
        Column change = struct(
                CustomerIdEvents.OCCURRED_ON.is(lit(date)),
                CustomerIdEvents.KIND.is(
                        when(array_contains(col(WON_IDS), col(OLD_ID)), MERGED).otherwise(SPLIT)),
                CustomerIdEvents.OLD_CUSTOMER_ID.is(col(OLD_ID)),
                CustomerIdEvents.NEW_CUSTOMER_ID.is(id));
        return remembering
                .join(customers, GROUP)
                .select(
                        CustomerRefs.CUSTOMER_REF.is(CustomerRefs.CUSTOMER_REF.col()),
                        CustomerRefs.CUSTOMER_ID.is(id),
                        CustomerRefs.HAS_CONTACT.is(CustomerRefs.HAS_CONTACT.col()),
                        CustomerRefs.FIRST_SEEN_ON.is(CustomerRefs.FIRST_SEEN_ON.col()),
                        CustomerRefs.ID_CHANGES.is(when(col(OLD_ID).notEqual(id), array_append(changes, change))
                                .otherwise(changes)));
    }

    /** The merges and splits that references remember. */
    static Dataset<Row> events(Dataset<Row> references) {
        Dataset<Row> changes = references
                .select(explode(CustomerRefs.ID_CHANGES.col()).as("change"))
                .select(col("change.*"))
                .distinct();
        Column[] what = {
            CustomerIdEvents.OCCURRED_ON.col(),
            CustomerIdEvents.KIND.col(),
            CustomerIdEvents.OLD_CUSTOMER_ID.col(),
            CustomerIdEvents.NEW_CUSTOMER_ID.col()
        };
        return changes.select(
                CustomerIdEvents.EVENT_ID.is(md5(concat_ws("\u001f", what))),
                CustomerIdEvents.OCCURRED_ON.is(CustomerIdEvents.OCCURRED_ON.col()),
                CustomerIdEvents.KIND.is(CustomerIdEvents.KIND.col()),
                CustomerIdEvents.OLD_CUSTOMER_ID.is(CustomerIdEvents.OLD_CUSTOMER_ID.col()),
                CustomerIdEvents.NEW_CUSTOMER_ID.is(CustomerIdEvents.NEW_CUSTOMER_ID.col()));
    }

    /** One row per group and old identifier in it, none included; whether the group is given the identifier. */
    private static Dataset<Row> claims(Dataset<Row> remembering) {
        Column isFirst = row_number()
                .over(Window.partitionBy(coalesce(col(OLD_ID), col(GROUP)))
                        .orderBy(col(WEIGHT).desc(), col(OLDEST)))
                .equalTo(1);
        return remembering
                .groupBy(GROUP, OLD_ID)
                .agg(
                        sum(WEIGHT).as(WEIGHT),
                        min(struct(CustomerRefs.FIRST_SEEN_ON.col(), CustomerRefs.CUSTOMER_REF.col()))
                                .as(OLDEST))
                .withColumn(IS_WON, isFirst.and(col(OLD_ID).isNotNull()));
    }

    /** Every identifier that is in use or was. */
    private static Dataset<Row> used(Dataset<Row> before, Dataset<Row> events) {
        return before.select(CustomerRefs.CUSTOMER_ID.col().as(CANDIDATE))
                .union(events.select(CustomerIdEvents.OLD_CUSTOMER_ID.col()))
                .distinct()
                .withColumn(IS_USED, lit(true));
    }

    /** One row per group with its customer and the old identifiers that it was given. */
    private static Dataset<Row> identified(Dataset<Row> claims, Dataset<Row> used, LocalDate date, String salt) {
        Column founder = col(FOUNDER).getField(CustomerRefs.CUSTOMER_REF.column());
        Column another = pseudonym(salt, founder, lit(date.toString()), coalesce(col(FOUNDER_OLD_ID), lit("")));
        return claims.groupBy(GROUP)
                .agg(
                        min_by(col(OLD_ID), when(col(IS_WON), col(OLDEST))).as(KEPT_ID),
                        collect_set(when(col(IS_WON), col(OLD_ID))).as(WON_IDS),
                        min(OLDEST).as(FOUNDER),
                        min_by(col(OLD_ID), col(OLDEST)).as(FOUNDER_OLD_ID))
                .withColumn(CANDIDATE, coalesce(col(KEPT_ID), pseudonym(salt, founder)))
                .join(used, new String[] {CANDIDATE}, Joins.LEFT)
                .select(
                        col(GROUP),
                        col(WON_IDS),
                        when(col(KEPT_ID).isNull().and(col(IS_USED)), another)
                                .otherwise(col(CANDIDATE))
                                .as(CustomerRefs.CUSTOMER_ID.column()));
    }

    /** The salt keeps anybody from computing it from outside. */
    private static Column pseudonym(String salt, Column... of) {
        Column[] parts = new Column[of.length + 1];
        parts[0] = lit(salt);
        System.arraycopy(of, 0, parts, 1, of.length);
        return concat(lit("C"), upper(substring(sha2(concat_ws("\u001f", parts), 256), 1, 20)));
    }
}
