package io.clientele.qualify;

import static org.apache.spark.sql.functions.col;

import io.clientele.lake.Lake;
import io.clientele.lake.Lake.Changes;
import io.clientele.run.AtOnce;
import io.clientele.run.Before;
import io.clientele.run.Run;
import io.clientele.schema.CollectedEvents;
import io.clientele.schema.Contacts;
import io.clientele.schema.CustomerAttributes;
import io.clientele.schema.CustomerContacts;
import io.clientele.schema.CustomerRefs;
import io.clientele.schema.Customers;
import io.clientele.schema.Delivery;
import io.clientele.table.Field;
import io.clientele.table.Joins;
import io.clientele.table.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * Goes on from what was known of customers: identifies all of them, and describes those anew of whom something was said since,
 * or something proved wrong, or to whom something else belongs than did.
 */
final class RevisedCustomers {

    private final CustomersJob.Settings settings;
    private final Run run;
    private final Lake lake;
    private final List<Dataset<Row>> kept = new ArrayList<>();

    private RevisedCustomers(CustomersJob.Settings settings, Run run) {
        this.settings = settings;
        this.run = run;
        this.lake = run.lake();
    }

    /** @return false, and nothing is done, if it can no longer be told what has come since */
    static boolean since(Before before, CustomersJob.Settings settings, Run run) {
        Optional<Changes> contacts = run.lake().changes(Contacts.TABLE, before.version(Contacts.TABLE));
        Map<Table, Dataset<Row>> facts = new LinkedHashMap<>();
        CustomersJob.FACTS.forEach(
                table -> Deliveries.since(before, run, table).ifPresent(delivered -> facts.put(table, delivered)));
        if (contacts.isEmpty() || facts.size() < CustomersJob.FACTS.size()) {
            return false;
        }
        RevisedCustomers revised = new RevisedCustomers(settings, run);
        try {
            revised.revise(contacts.get(), facts);
        } finally {
            revised.kept.forEach(Dataset::unpersist);
        }
        return true;
    }

    private void revise(Changes said, Map<Table, Dataset<Row>> facts) {
        Dataset<Row> known = lake.read(CustomerRefs.TABLE);
        Dataset<Row> belonged = lake.read(CustomerContacts.TABLE);
        // References that are known need not be looked for again in all that was delivered until then.
        Dataset<Row> named = facts.values().stream()
                .map(CustomersJob::referring)
                .reduce(
                        known.select(
                                CustomerRefs.CUSTOMER_REF.col(),
                                Delivery.DELIVERED_ON.is(CustomerRefs.FIRST_SEEN_ON.col())),
                        Dataset::unionByName);
        CustomersJob.identify(settings.customers(), named, run);
        Dataset<Row> contacts = lake.read(Contacts.TABLE);
        Dataset<Row> references = lake.read(CustomerRefs.TABLE);
        Dataset<Row> members = lake.read(CustomerContacts.TABLE);
        Dataset<Row> customers = keep(Stream.of(
                        either(known, references, CustomerRefs.CUSTOMER_REF, CustomerRefs.HAS_CONTACT),
                        either(belonged, members, CustomerContacts.CONTACT_ID),
                        having(said.inserted(), Contacts.CONTACT_ID, members),
                        GoldenRecords.incidents(facts.get(CollectedEvents.TABLE), contacts, references, members))
                .map(rows -> rows.select(Customers.CUSTOMER_ID.col()))
                .reduce(Dataset::union)
                .orElseThrow()
                .distinct());
        describe(
                customers,
                contacts,
                having(customers, CustomerRefs.CUSTOMER_ID, references),
                having(customers, CustomerContacts.CUSTOMER_ID, members));
    }

    /** Writes what is known of some customers, whose references and members these are. */
    private void describe(
            Dataset<Row> customers, Dataset<Row> allContacts, Dataset<Row> references, Dataset<Row> members) {
        Dataset<Row> contacts = keep(having(members, Contacts.CONTACT_ID, allContacts));
        Dataset<Row> histories = keep(CustomersJob.histories(settings, contacts, references, members, run));
        Dataset<Row> golden = GoldenRecords.golden(histories, references);
        AtOnce.all(List.of(
                () -> lake.revise(Customers.TABLE, customers, golden),
                () -> lake.revise(CustomerAttributes.TABLE, customers, GoldenRecords.attributes(histories))));
        run.balance(Customers.TABLE, contacts, golden, Customers.CONTACTS);
    }

    /** What is among the rows of one alone: those of one customer that have become another's are there twice. */
    private static Dataset<Row> either(Dataset<Row> before, Dataset<Row> now, Field... saying) {
        Column[] columns = Stream.concat(Stream.of(Customers.CUSTOMER_ID), Arrays.stream(saying))
                .map(Field::col)
                .toArray(Column[]::new);
        return before.select(columns)
                .unionAll(now.select(columns))
                .groupBy(columns)
                .count()
                .where(col("count").equalTo(1));
    }

    /** The rows that agree with one of some others. */
    private static Dataset<Row> having(Dataset<Row> others, Field key, Dataset<Row> rows) {
        return rows.join(others.select(key.col()), Joins.on(key), Joins.SEMI);
    }

    private Dataset<Row> keep(Dataset<Row> rows) {
        kept.add(rows.persist(StorageLevel.MEMORY_AND_DISK()));
        return rows;
    }
}
