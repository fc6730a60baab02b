package io.clientele.qualify;

import static io.clientele.config.Requirement.check;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.sha2;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.upper;
import static org.apache.spark.sql.functions.when;

import io.clientele.run.Job;
import io.clientele.run.Run;
import io.clientele.schema.CollectedConsents;
import io.clientele.schema.CollectedEvents;
import io.clientele.schema.CollectedOrderLines;
import io.clientele.schema.Contacts;
import io.clientele.schema.CustomerContacts;
import io.clientele.schema.CustomerRefs;
import io.clientele.schema.Customers;
import io.clientele.table.Field;
import io.clientele.table.Joins;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Gives every reference by which sources know a customer its pseudonym, and makes of the contact records behind it one
 * golden record. Records that bear the same reference are the same customer.
 */
public final class CustomersJob {

    public static final Job<Config> JOB = Job.named("customers", Config.class)
            .reads(Contacts.TABLE, CollectedOrderLines.TABLE, CollectedEvents.TABLE, CollectedConsents.TABLE)
            .writes(CustomerRefs.TABLE, CustomerContacts.TABLE, Customers.TABLE)
            .runs(CustomersJob::run);

    /**
     * {@code conf/customers.yaml}.
     *
     * @param pseudonymSalt what makes pseudonyms impossible to compute from outside; to be kept secret, and never changed
     */
    public record Config(String pseudonymSalt) {
        public Config {
            check(
                    pseudonymSalt != null && pseudonymSalt.length() >= 8,
                    "key 'pseudonymSalt' must have at least 8 characters");
        }
    }

    private CustomersJob() {}

    static void run(Config config, Run run) {
        Dataset<Row> contacts = run.lake().read(Contacts.TABLE);
        Dataset<Row> facts = Deliveries.upTo(run, CollectedOrderLines.TABLE)
                .select(CollectedOrderLines.CUSTOMER_REF.col())
                .union(Deliveries.upTo(run, CollectedEvents.TABLE).select(CollectedEvents.CUSTOMER_REF.col()))
                .union(Deliveries.upTo(run, CollectedConsents.TABLE).select(CollectedConsents.CUSTOMER_REF.col()));
        run.lake().replace(CustomerRefs.TABLE, references(contacts, facts, config));
        Dataset<Row> references = run.lake().read(CustomerRefs.TABLE);
        run.lake().replace(CustomerContacts.TABLE, membership(contacts, references));
        run.balance(
                CustomerContacts.TABLE,
                contacts.count(),
                run.lake().read(CustomerContacts.TABLE).count(),
                0,
                0);
        run.lake().replace(Customers.TABLE, golden(contacts, references));
        run.balance(Customers.TABLE, contacts, Customers.CONTACTS);
    }

    /** One row per reference, whether contact records stand behind it or facts alone. */
    public static Dataset<Row> references(Dataset<Row> contacts, Dataset<Row> facts, Config config) {
        Column reference = CustomerRefs.CUSTOMER_REF.col();
        String digest = "digest";
        return contacts.select(reference, lit(true).as(CustomerRefs.HAS_CONTACT.column()))
                .union(facts.where(reference.isNotNull()).select(reference, lit(false)))
                .groupBy(reference)
                .agg(max(CustomerRefs.HAS_CONTACT.col()).as(CustomerRefs.HAS_CONTACT.column()))
                .withColumn(digest, sha2(concat(lit(config.pseudonymSalt() + "\u001f"), reference), 256))
                .select(
                        CustomerRefs.CUSTOMER_REF.is(reference),
                        CustomerRefs.CUSTOMER_ID.is(concat(lit("C"), upper(substring(col(digest), 1, 20)))),
                        CustomerRefs.HAS_CONTACT.is(CustomerRefs.HAS_CONTACT.col()));
    }

    /** Which contact record belongs to which customer. */
    static Dataset<Row> membership(Dataset<Row> contacts, Dataset<Row> references) {
        return contacts.join(references, CustomerRefs.CUSTOMER_REF.column())
                .select(
                        CustomerContacts.CONTACT_ID.is(Contacts.CONTACT_ID.col()),
                        CustomerContacts.CUSTOMER_ID.is(CustomerRefs.CUSTOMER_ID.col()));
    }

    /** One row per customer: of each attribute the value that was changed last; the parts of an address stay together. */
    public static Dataset<Row> golden(Dataset<Row> contacts, Dataset<Row> references) {
        List<Column> columns = new ArrayList<>();
        List.of(
                        Contacts.CIVILITY,
                        Contacts.FIRST_NAME,
                        Contacts.LAST_NAME,
                        Contacts.COMPANY_NAME,
                        Contacts.BIRTH_DATE,
                        Contacts.PHONE,
                        Contacts.MOBILE,
                        Contacts.EMAIL)
                .forEach(field -> columns.add(last(field.col(), field.col()).as(field.column())));
        String address = "last_address";
        List<Contacts> addressParts =
                List.of(Contacts.ADDRESS, Contacts.ADDRESS_EXTRA, Contacts.POSTCODE, Contacts.TOWN, Contacts.COUNTRY);
        columns.add(last(
                        struct(addressParts.stream().map(Field::col).toArray(Column[]::new)),
                        coalesce(Contacts.ADDRESS.col(), Contacts.POSTCODE.col(), Contacts.TOWN.col()))
                .as(address));
        columns.add(last(Contacts.COUNTRY.col(), Contacts.COUNTRY.col()).as("last_country"));
        columns.add(max(Contacts.UPDATED_AT.col()).as(Customers.UPDATED_AT.column()));
        columns.add(count(Contacts.CONTACT_ID.col()).as(Customers.CONTACTS.column()));
        return references
                .join(contacts, Joins.on(CustomerRefs.CUSTOMER_REF), Joins.LEFT)
                .groupBy(CustomerRefs.CUSTOMER_ID.col())
                .agg(columns.get(0), columns.subList(1, columns.size()).toArray(Column[]::new))
                .select(Arrays.stream(Customers.values())
                        .map(field -> {
                            boolean isAddress = addressParts.stream()
                                    .anyMatch(part -> part.column().equals(field.column()));
                            if (field == Customers.COUNTRY) {
                                return field.is(coalesce(col(address).getField(field.column()), col("last_country")));
                            }
                            return field.is(isAddress ? col(address).getField(field.column()) : field.col());
                        })
                        .toArray(Column[]::new));
    }

    /** The value of the record changed last, of those that are not null by the witness. */
    private static Column last(Column value, Column witness) {
        return max_by(value, when(witness.isNotNull(), struct(Contacts.UPDATED_AT.col(), Contacts.CONTACT_ID.col())));
    }
}
