package io.clientele.cli;

import static org.apache.spark.sql.functions.lit;

import io.clientele.failure.ExitCode;
import io.clientele.failure.Failure;
import io.clientele.lake.DeltaLake;
import io.clientele.lake.Lake;
import io.clientele.qualify.MatchingJob;
import io.clientele.qualify.matching.Explanation;
import io.clientele.qualify.matching.Learned;
import io.clientele.qualify.matching.Rules;
import io.clientele.run.Session;
import io.clientele.schema.ContactGroups;
import io.clientele.schema.ContactPairs;
import io.clientele.schema.Contacts;
import io.clientele.schema.CustomerContacts;
import io.clientele.schema.MatchingModels;
import io.clientele.table.Joins;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code clientele explain}. */
@Command(
        name = "explain",
        description = {
            "Says why contact records are one customer, or are not: the odds that two of them are the same, piece of"
                    + " evidence by piece, in bits (one bit doubles the odds). Shows how values agree, never the values.",
            "With a customer's identifier: its contact records, and the pairs between them."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true)
final class ExplainCommand implements Callable<Integer> {

    private static final int MOST_PAIRS = 20;

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "ID",
            arity = "1..2",
            description = "A customer_id, or the contact_id of two contact records.")
    private List<String> ids;

    @Mixin
    private Where where;

    @Override
    public Integer call() {
        Rules rules = where.conf().read("matching", MatchingJob.Config.class).rules();
        SparkSession spark = Session.start(where.spark());
        Lake lake = new DeltaLake(spark, where.lake());
        Learned learned = lake.read(MatchingModels.TABLE).collectAsList().stream()
                .map(row -> Learned.parse(row.getAs(MatchingModels.MODEL.column()), MatchingModels.TABLE.toString()))
                .findFirst()
                .orElseThrow(() -> Failure.input("%s: is empty; run the job 'matching'", MatchingModels.TABLE));
        if (!learned.suits(rules)) {
            throw Failure.configuration(
                    "matching.yaml: names other columns than last night; run the job 'matching' first");
        }
        if (ids.size() == 2) {
            explainPair(rules, learned, lake);
        } else {
            explainCustomer(lake);
        }
        return ExitCode.OK.code();
    }

    private void explainPair(Rules rules, Learned learned, Lake lake) {
        Explanation explanation = Explanation.of(rules, learned, contact(ids.get(0), lake), contact(ids.get(1), lake));
        PrintWriter out = spec.commandLine().getOut();
        TextTable table = new TextTable(List.of("evidence", "agreement", "bits", "total"), 2, 3);
        explanation.steps().forEach(step -> table.add(step.what(), step.how(), bits(step.bits()), bits(step.total())));
        table.print(out);
        boolean areTogether = group(ids.get(0), lake).equals(group(ids.get(1), lake));
        out.printf(
                Locale.ROOT,
                "%nThe same with a probability of %.4f; the threshold is %.2f. They are %s.%n",
                explanation.probability(),
                rules.threshold(),
                areTogether ? "one customer" : "two customers");
    }

    private static String bits(double bits) {
        return "%+.1f".formatted(bits);
    }

    private static Row contact(String id, Lake lake) {
        return lake
                .read(Contacts.TABLE)
                .where(Contacts.CONTACT_ID.col().equalTo(lit(id)))
                .limit(1)
                .collectAsList()
                .stream()
                .findFirst()
                .orElseThrow(() -> Failure.input("%s: has no contact record with this identifier", Contacts.TABLE));
    }

    private static String group(String id, Lake lake) {
        return lake
                .read(ContactGroups.TABLE)
                .where(ContactGroups.CONTACT_ID.col().equalTo(lit(id)))
                .select(ContactGroups.GROUP_ID.col())
                .collectAsList()
                .stream()
                .map(row -> row.getString(0))
                .findFirst()
                .orElse(id);
    }

    private void explainCustomer(Lake lake) {
        PrintWriter out = spec.commandLine().getOut();
        var members = lake.read(CustomerContacts.TABLE)
                .where(CustomerContacts.CUSTOMER_ID.col().equalTo(lit(ids.get(0))))
                .join(lake.read(Contacts.TABLE), Joins.on(CustomerContacts.CONTACT_ID))
                .select(Contacts.CONTACT_ID.col(), Contacts.SOURCE.col(), Contacts.UPDATED_AT.col())
                .orderBy(Contacts.UPDATED_AT.col(), Contacts.CONTACT_ID.col());
        List<Row> contacts = members.collectAsList();
        if (contacts.isEmpty()) {
            throw Failure.input("%s: has no customer with this identifier", CustomerContacts.TABLE);
        }
        TextTable records = new TextTable(List.of("contact_id", "source", "updated"));
        contacts.forEach(row -> records.add(row.getString(0), row.getString(1), String.valueOf(row.get(2))));
        records.print(out);
        String one = ContactPairs.CONTACT_ID_1.column();
        String two = ContactPairs.CONTACT_ID_2.column();
        TextTable pairs = new TextTable(List.of(one, two, "probability", "agreement"), 2);
        lake.read(ContactPairs.TABLE)
                .join(members.select(Contacts.CONTACT_ID.col().as(one)), Joins.on(one))
                .join(members.select(Contacts.CONTACT_ID.col().as(two)), Joins.on(two))
                .orderBy(ContactPairs.PROBABILITY.col().desc(), ContactPairs.CONTACT_ID_1.col())
                .limit(MOST_PAIRS)
                .select(
                        ContactPairs.CONTACT_ID_1.col(),
                        ContactPairs.CONTACT_ID_2.col(),
                        ContactPairs.PROBABILITY.col(),
                        ContactPairs.AGREEMENT.col())
                .collectAsList()
                .forEach(row -> pairs.add(
                        row.getString(0), row.getString(1), "%.4f".formatted(row.getDouble(2)), row.getString(3)));
        if (contacts.size() > 1) {
            out.println();
            pairs.print(out);
            out.println();
            out.println("Records that bear the same reference are the same customer whatever else they say.");
            out.println("Next: scripts/clientele explain <contact_id> <contact_id>");
        }
    }
}
