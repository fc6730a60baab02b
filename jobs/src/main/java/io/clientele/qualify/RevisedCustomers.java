package io.clientele.qualify;

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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
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
        Dataset<Row> moved = identify(known, facts.values().stream().map(CustomersJob::referring));
        AtOnce.all(List.of(
                () -> {
                    CustomersJob.tellChanges(moved, run);
                    return null;
                },
                () -> {
                    describe(said, known, moved, facts.get(CollectedEvents.TABLE));
                    return null;
                }));
    }

    /**
     * Attaches contact records and describes customers.
     *
     * @param known the references of the run before
     * @param moved those of tonight that are others
     * @param events those that have come
     */
    private void describe(Changes said, Dataset<Row> known, Dataset<Row> moved, Dataset<Row> events) {
        Dataset<Row> contacts = lake.read(Contacts.TABLE);
        Dataset<Row> records = keep(said.inserted()
                .unionByName(said.deleted())
                .unionByName(having(moved, CustomerRefs.CUSTOMER_REF, contacts))
                .select(Contacts.CONTACT_ID.col())
                .distinct());
        Dataset<Row> belonged = having(records, CustomerContacts.CONTACT_ID, lake.read(CustomerContacts.TABLE));
        attach(having(records, Contacts.CONTACT_ID, contacts), records);
        Dataset<Row> members = lake.read(CustomerContacts.TABLE);
        Dataset<Row> proved = GoldenRecords.incidents(events, contacts, lake.read(CustomerRefs.TABLE), members);
        Dataset<Row> customers = keep(Stream.of(
                        moved,
                        having(moved, CustomerRefs.CUSTOMER_REF, known),
                        belonged,
                        having(records, CustomerContacts.CONTACT_ID, members),
                        proved)
                .map(rows -> rows.select(Customers.CUSTOMER_ID.col()))
                .reduce(Dataset::union)
                .orElseThrow()
                .distinct());
        describe(customers, contacts, members);
    }

    /**
     * Writes which customer references lead to now that led to another, or are new.
     *
     * @param known the references of the run before, which need not be looked for again in all that was delivered until then
     * @return their rows
     */
    private Dataset<Row> identify(Dataset<Row> known, Stream<Dataset<Row>> facts) {
        Dataset<Row> asDelivered = known.select(
                CustomerRefs.CUSTOMER_REF.col(), Delivery.DELIVERED_ON.is(CustomerRefs.FIRST_SEEN_ON.col()));
        Dataset<Row> named = facts.reduce(asDelivered, Dataset::unionByName);
        Dataset<Row> remembering = keep(CustomersJob.remembering(named, run));
        Dataset<Row> moved = keep(
                CustomersJob.identified(settings.customers(), remembering, run).except(known));
        lake.revise(CustomerRefs.TABLE, moved.select(CustomerRefs.CUSTOMER_REF.col()), moved);
        return moved;
    }

    private void attach(Dataset<Row> contacts, Dataset<Row> records) {
        Dataset<Row> members = CustomersJob.membership(contacts, lake.read(CustomerRefs.TABLE));
        long written = lake.revise(CustomerContacts.TABLE, records, members).rows();
        run.balance(CustomerContacts.TABLE, contacts.count(), written, 0, 0);
    }

    private void describe(Dataset<Row> customers, Dataset<Row> allContacts, Dataset<Row> allMembers) {
        Dataset<Row> members = having(customers, CustomerContacts.CUSTOMER_ID, allMembers);
        Dataset<Row> contacts = keep(having(members, Contacts.CONTACT_ID, allContacts));
        Dataset<Row> references = having(customers, CustomerRefs.CUSTOMER_ID, lake.read(CustomerRefs.TABLE));
        Dataset<Row> events = Deliveries.upTo(run, CollectedEvents.TABLE);
        Dataset<Row> histories = keep(CustomersJob.histories(
                settings, contacts, members, GoldenRecords.incidents(events, contacts, references, members), run));
        Dataset<Row> golden = GoldenRecords.golden(histories, references);
        AtOnce.all(List.of(
                () -> lake.revise(Customers.TABLE, customers, golden),
                () -> lake.revise(CustomerAttributes.TABLE, customers, GoldenRecords.attributes(histories))));
        run.balance(Customers.TABLE, contacts, golden, Customers.CONTACTS);
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
