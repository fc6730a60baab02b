package io.clientele.qualify;

import static io.clientele.config.Requirement.check;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import io.clientele.config.ConfigFolder;
import io.clientele.lake.Lake;
import io.clientele.lake.Lake.WriteId;
import io.clientele.run.AtOnce;
import io.clientele.run.Before;
import io.clientele.run.Job;
import io.clientele.run.Run;
import io.clientele.schema.CollectedConsents;
import io.clientele.schema.CollectedContacts;
import io.clientele.schema.CollectedEvents;
import io.clientele.schema.CollectedOrderLines;
import io.clientele.schema.ContactGroups;
import io.clientele.schema.Contacts;
import io.clientele.schema.CustomerAttributes;
import io.clientele.schema.CustomerContacts;
import io.clientele.schema.CustomerIdEvents;
import io.clientele.schema.CustomerRefs;
import io.clientele.schema.Customers;
import io.clientele.schema.Delivery;
import io.clientele.table.Joins;
import io.clientele.table.Table;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * Gives every reference by which sources know a customer an identifier that lasts, and makes of the contact records behind
 * it one golden record, with the history of each attribute.
 *
 * <p>What it remembers from one night to the next is {@code customer_refs} alone, written at once and first; the other
 * tables follow from it, so that a run killed between two of them is made good by the next.
 */
public final class CustomersJob {

    public static final Job<Settings> JOB = Job.named("customers", CustomersJob::settings)
            .reads(
                    Contacts.TABLE,
                    ContactGroups.TABLE,
                    CollectedContacts.TABLE,
                    CollectedOrderLines.TABLE,
                    CollectedEvents.TABLE,
                    CollectedConsents.TABLE)
            .writes(
                    CustomerRefs.TABLE,
                    CustomerIdEvents.TABLE,
                    CustomerContacts.TABLE,
                    CustomerAttributes.TABLE,
                    Customers.TABLE)
            .runs(CustomersJob::run);

    /** What refers to customers without being about them. */
    private static final List<Table> FACTS =
            List.of(CollectedOrderLines.TABLE, CollectedEvents.TABLE, CollectedConsents.TABLE);

    /**
     * {@code conf/customers.yaml}.
     *
     * @param pseudonymSalt what makes pseudonyms impossible to compute from outside; to be kept secret, and never changed
     * @param trustedSources names of sources, the most trusted first; those not named come after, alike
     * @param survivorship by attribute, which of several values stays in the golden record; most_recent where nothing is said
     */
    public record Config(
            String pseudonymSalt, List<String> trustedSources, Map<String, Survivorship.Rule> survivorship) {
        public Config {
            check(
                    pseudonymSalt != null && pseudonymSalt.length() >= 8,
                    "key 'pseudonymSalt' must have at least 8 characters");
            trustedSources = trustedSources == null ? List.of() : List.copyOf(trustedSources);
            survivorship = survivorship == null ? Map.of() : Map.copyOf(survivorship);
            HashSet<String> seen = new HashSet<>();
            trustedSources.forEach(source -> check(seen.add(source), "key 'trustedSources' names '%s' twice", source));
            survivorship
                    .keySet()
                    .forEach(attribute -> check(
                            Attribute.ofCode(attribute).isPresent(),
                            "key 'survivorship.%s': there is no such attribute; there are %s",
                            attribute,
                            Attribute.codes()));
        }

        Survivorship rules() {
            return new Survivorship(
                    trustedSources,
                    survivorship.entrySet().stream()
                            .collect(Collectors.toMap(
                                    entry -> Attribute.ofCode(entry.getKey()).orElseThrow(), Map.Entry::getValue)));
        }
    }

    /** The job's own configuration, and that by which earlier versions of contact records are read as the latest were. */
    public record Settings(Config customers, ContactsJob.Config contacts) {}

    private CustomersJob() {}

    private static Settings settings(ConfigFolder folder) {
        Config config = folder.read("customers", Config.class);
        return new Settings(config, folder.read("contacts", ContactsJob.Config.class));
    }

    static void run(Settings settings, Run run) {
        run.goOn(before -> goOn(before, settings, run), () -> computeAll(settings, run));
    }

    private static void computeAll(Settings settings, Run run) {
        run.lake().createIfAbsent(CustomerRefs.TABLE);
        run.lake().createIfAbsent(CustomerIdEvents.TABLE);
        Dataset<Row> facts = FACTS.stream()
                .map(table -> referring(Deliveries.upTo(run, table)))
                .reduce(Dataset::union)
                .orElseThrow();
        identify(settings.customers(), facts, run);
        describe(settings, run);
    }

    /** Looks for references in the facts alone that have come; those of the others are known. */
    private static boolean goOn(Before before, Settings settings, Run run) {
        List<Dataset<Row>> fresh = FACTS.stream()
                .flatMap(table -> Deliveries.since(before, run, table).stream())
                .toList();
        if (fresh.size() < FACTS.size()) {
            return false;
        }
        Dataset<Row> known = run.lake()
                .read(CustomerRefs.TABLE)
                .select(CustomerRefs.CUSTOMER_REF.col(), Delivery.DELIVERED_ON.is(CustomerRefs.FIRST_SEEN_ON.col()));
        Dataset<Row> facts = fresh.stream().map(CustomersJob::referring).reduce(known, Dataset::union);
        identify(settings.customers(), facts, run);
        describe(settings, run);
        return true;
    }

    /**
     * Writes which customer each reference and each contact record leads to, tonight.
     *
     * @param facts {@link #referring} references
     */
    private static void identify(Config config, Dataset<Row> facts, Run run) {
        Lake lake = run.lake();
        Dataset<Row> contacts = lake.read(Contacts.TABLE);
        Dataset<Row> before = lake.read(CustomerRefs.TABLE);
        Dataset<Row> tonight = Identifiers.references(
                contacts, lake.read(ContactGroups.TABLE), Deliveries.upTo(run, CollectedContacts.TABLE), facts);
        Dataset<Row> remembering = Identifiers.remembering(tonight, before).persist(StorageLevel.MEMORY_AND_DISK());
        try {
            lake.replace(
                    CustomerRefs.TABLE,
                    Identifiers.assign(
                            remembering,
                            before,
                            lake.read(CustomerIdEvents.TABLE),
                            run.date(),
                            config.pseudonymSalt()));
        } finally {
            remembering.unpersist();
        }
        Dataset<Row> references = lake.read(CustomerRefs.TABLE);
        AtOnce.all(List.of(
                () -> {
                    tellChanges(references, run);
                    return null;
                },
                () -> {
                    long written = lake.replace(CustomerContacts.TABLE, membership(contacts, references))
                            .rows();
                    run.balance(CustomerContacts.TABLE, contacts.count(), written, 0, 0);
                    return null;
                }));
    }

    /** The references of facts, with the day of their delivery. */
    private static Dataset<Row> referring(Dataset<Row> facts) {
        return facts.select(CustomerRefs.CUSTOMER_REF.col(), Delivery.DELIVERED_ON.col());
    }

    /** Adds the merges and splits that are not told yet: those of tonight, and of a night that was killed before it could. */
    private static void tellChanges(Dataset<Row> references, Run run) {
        Dataset<Row> untold = Identifiers.events(references)
                .join(
                        run.lake().read(CustomerIdEvents.TABLE).select(CustomerIdEvents.EVENT_ID.col()),
                        Joins.on(CustomerIdEvents.EVENT_ID),
                        Joins.ANTI);
        List<Row> kinds =
                untold.groupBy(CustomerIdEvents.KIND.col()).agg(count(lit(1))).collectAsList();
        kinds.forEach(kind -> run.metric("customers_" + kind.getString(0), (double) kind.getLong(1)));
        if (!kinds.isEmpty()) {
            run.lake().append(CustomerIdEvents.TABLE, untold, new WriteId("run:" + run.id(), 1));
        }
    }

    /** Which contact record belongs to which customer. */
    static Dataset<Row> membership(Dataset<Row> contacts, Dataset<Row> references) {
        return contacts.join(references, CustomerRefs.CUSTOMER_REF.column())
                .select(
                        CustomerContacts.CONTACT_ID.is(Contacts.CONTACT_ID.col()),
                        CustomerContacts.CUSTOMER_ID.is(CustomerRefs.CUSTOMER_ID.col()));
    }

    /** Writes what is known of the customers. */
    private static void describe(Settings settings, Run run) {
        Lake lake = run.lake();
        Dataset<Row> contacts = lake.read(Contacts.TABLE);
        Dataset<Row> references = lake.read(CustomerRefs.TABLE);
        Dataset<Row> members = lake.read(CustomerContacts.TABLE);
        Dataset<Row> histories = GoldenRecords.histories(
                        GoldenRecords.versions(
                                contacts, Deliveries.upTo(run, CollectedContacts.TABLE), settings.contacts()),
                        members,
                        GoldenRecords.incidents(
                                Deliveries.upTo(run, CollectedEvents.TABLE), contacts, references, members),
                        settings.customers().rules())
                .persist(StorageLevel.MEMORY_AND_DISK());
        try {
            lake.replace(Customers.TABLE, GoldenRecords.golden(histories, references));
            run.balance(Customers.TABLE, contacts, Customers.CONTACTS);
            lake.replace(CustomerAttributes.TABLE, GoldenRecords.attributes(histories));
        } finally {
            histories.unpersist();
        }
    }
}
