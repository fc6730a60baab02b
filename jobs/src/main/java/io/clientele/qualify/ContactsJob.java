package io.clientele.qualify;

import static io.clientele.config.Requirement.check;

import io.clientele.run.Before;
import io.clientele.run.Job;
import io.clientele.run.Run;
import io.clientele.schema.CollectedContacts;
import io.clientele.schema.Contacts;
import io.clientele.table.Joins;
import io.clientele.text.Issue;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import scala.jdk.javaapi.CollectionConverters;

/** Standardises contact records: one value per column, and what was noticed about it. */
public final class ContactsJob {

    public static final Job<Config> JOB = Job.named("contacts", Config.class)
            .reads(CollectedContacts.TABLE)
            .writes(Contacts.TABLE)
            .runs(ContactsJob::run);

    /**
     * {@code conf/contacts.yaml}.
     *
     * @param country two-letter code of the country of a contact that names none; phones are dialled as there
     * @param oldestAge a person older than so many years at the delivery has another date of birth
     * @param birthDateFillers dates of birth that stand for an unknown one
     * @param ignoredIssues what is not recorded among the issues; the values are the same
     */
    public record Config(String country, int oldestAge, Set<LocalDate> birthDateFillers, Set<Issue> ignoredIssues) {
        public Config {
            check(
                    country != null && Arrays.asList(Locale.getISOCountries()).contains(country),
                    "key 'country' must be a two-letter code of ISO 3166 in capitals, got '%s'",
                    country);
            check(oldestAge > 0, "key 'oldestAge' must be positive, got %s", oldestAge);
            check(birthDateFillers != null, "key 'birthDateFillers' must be a list of dates, [] for none");
            check(ignoredIssues != null, "key 'ignoredIssues' must be a list of issues, [] for none");
            birthDateFillers = Set.copyOf(birthDateFillers);
            ignoredIssues = Set.copyOf(ignoredIssues);
        }
    }

    private ContactsJob() {}

    static void run(Config config, Run run) {
        run.goOn(before -> goOn(before, config, run), () -> computeAll(config, run));
    }

    private static void computeAll(Config config, Run run) {
        Dataset<Row> collected = Deliveries.upTo(run, CollectedContacts.TABLE);
        run.lake().replace(Contacts.TABLE, standardise(collected, config));
        run.balance(Contacts.TABLE, collected, Contacts.VERSIONS);
    }

    /** Reads the records again that have come since the last run, with what had come of them before. */
    private static boolean goOn(Before before, Config config, Run run) {
        Optional<Dataset<Row>> fresh = Deliveries.since(before, run, CollectedContacts.TABLE);
        fresh.ifPresent(records -> {
            Dataset<Row> collected = identified(Deliveries.upTo(run, CollectedContacts.TABLE))
                    .join(identified(records), Joins.on(Contacts.CONTACT_ID), Joins.SEMI)
                    .persist(StorageLevel.MEMORY_AND_DISK());
            Dataset<Row> contacts = standardise(collected, config).persist(StorageLevel.MEMORY_AND_DISK());
            try {
                run.lake().revise(Contacts.TABLE, contacts.select(Contacts.TABLE.keyColumns()), contacts);
                run.balance(Contacts.TABLE, collected, contacts, Contacts.VERSIONS);
            } finally {
                contacts.unpersist();
                collected.unpersist();
            }
        });
        return fresh.isPresent();
    }

    /** One row per contact record, in its latest version. */
    public static Dataset<Row> standardise(Dataset<Row> collected, Config config) {
        return values(Deliveries.latest(collected, Contacts.VERSIONS), config);
    }

    /** What each of the records says, whichever version it is; they come with the number of versions until then. */
    static Dataset<Row> values(Dataset<Row> records, Config config) {
        ContactReader reader = new ContactReader(config);
        return identified(records)
                .mapPartitions(
                        (MapPartitionsFunction<Row, Row>) rows -> CollectionConverters.asJava(
                                CollectionConverters.asScala(rows).map(reader::read)),
                        Encoders.row(Contacts.TABLE.schema()));
    }

    private static Dataset<Row> identified(Dataset<Row> records) {
        return records.withColumn(Contacts.CONTACT_ID.column(), Deliveries.id());
    }
}
