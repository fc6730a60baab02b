package io.clientele;

import static io.clientele.testing.Rows.completed;
import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.config.ConfigFolder;
import io.clientele.lake.Lake;
import io.clientele.lake.Lake.WriteId;
import io.clientele.publish.OrderFactsJob;
import io.clientele.qualify.ContactsJob;
import io.clientele.qualify.EventsJob;
import io.clientele.qualify.OrderLinesJob;
import io.clientele.run.Before;
import io.clientele.run.Job;
import io.clientele.schema.CollectedContacts;
import io.clientele.schema.CollectedEvents;
import io.clientele.schema.CollectedOrderLines;
import io.clientele.schema.Contacts;
import io.clientele.schema.CustomerRefs;
import io.clientele.schema.Events;
import io.clientele.schema.FctOrderLines;
import io.clientele.schema.OrderLines;
import io.clientele.schema.Products;
import io.clientele.table.Table;
import io.clientele.testing.LoneNight;
import io.clientele.testing.MemoryLake;
import io.clientele.testing.SparkTest;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Jobs that compute what has changed since their last run end with the rows that computing all gives. */
@SparkTest
class GoingOnTest {

    private static final LocalDate FIRST = LocalDate.of(2025, 1, 30);
    private static final LocalDate SECOND = LocalDate.of(2025, 1, 31);
    private static final String MERGED = """
            customer_ref | customer_id | has_contact
            card:1       | C1          | true
            card:2       | C1          | true
            card:3       | C3          | true
            """;
    private static final String NOTHING_LISTED = "product_id";
    private static final ConfigFolder CONF = new ConfigFolder(Project.ROOT.resolve("conf"));

    private SparkSession spark;
    private Lake lake;
    private final Map<String, Before> lastOf = new HashMap<>();
    private final List<String> scopes = new ArrayList<>();

    @BeforeEach
    void firstNight(SparkSession session) {
        spark = session;
        lake = new MemoryLake(spark);
        deliver(1, """
                record_id | source | source_key | delivered_on | file | position | order_id | product_ref | customer_ref | ordered_at           | quantity | unit_price | currency
                r1        | shop   | k1         | 2025-01-30   | a    | 1        | o1       | p1          | card:1       | 2025-01-29T12:00:00Z | 1        | 10.00      | EUR
                r2        | shop   | k2         | 2025-01-30   | a    | 2        | o1       | p2          | card:1       | 2025-01-29T12:00:00Z | 2        | 10.00      | EUR
                r3        | shop   | k3         | 2025-01-30   | a    | 3        | o2       | p1          | card:2       | 2025-01-30T12:00:00Z | 3        | 10.00      | XAF
                r4        | web    |            | 2025-01-30   | b    | 1        | o3       | p1          |              | 2025-01-31T12:00:00Z | 4        | 10.00      | EUR
                r5        | web    |            | 2025-01-31   | c    | 1        | o4       | p1          | card:3       | 2025-01-30T12:00:00Z | 5        | 10.00      | EUR
                """);
        know("""
                customer_ref | customer_id | has_contact
                card:1       | C1          | true
                card:2       | C2          | false
                card:3       | C3          | true
                """, """
                product_id | is_listed | versions
                P1         | true      | 1
                P2         | false     | 0
                """);
        run(FIRST);
        assertThat(scopes).isEmpty();
    }

    @Test
    void shouldAddWhatIsNewAndWhatWasDeliveredOrDatedForADayThatHasCome() {
        deliver(2, """
                record_id | source | source_key | delivered_on | file | position | order_id | product_ref | customer_ref | ordered_at           | quantity | unit_price | currency
                r6        | shop   | k6         | 2025-01-31   | d    | 1        | o5       | p1          | card:1       | 2025-01-31T12:00:00Z | 6        | 10.00      | EUR
                r7        | shop   | k7         | 2025-02-01   | e    | 1        | o6       | p1          | card:1       | 2025-01-31T12:00:00Z | 7        | 10.00      | EUR
                """);

        shouldEqualComputingAll(SECOND, 6);
        assertThat(orders()).isEqualTo("[o1, o1, o2, o3, o4, o5]");
    }

    @Test
    void shouldCorrectWhatComesAgain() {
        deliver(2, """
                record_id | source | source_key | delivered_on | file | position | order_id | product_ref | customer_ref | ordered_at           | quantity | unit_price | currency
                r6        | shop   | k1         | 2025-01-31   | d    | 1        | o1       | p1          | card:2       | 2025-01-28T12:00:00Z | 9        | 10.00      | EUR
                r7        | shop   | k1         | 2025-01-31   | d    | 2        | o1       | p1          | card:2       | 2025-01-28T12:00:00Z | 8        | 10.00      | EUR
                r8        | shop   | k2         | 2025-01-29   | late | 1        | o1       | p2          | card:1       | 2025-01-29T12:00:00Z | 7        | 10.00      | EUR
                r9        | shop   | k3         | 2025-01-31   | d    | 3        | o2       | p1          | card:2       | 2025-02-02T12:00:00Z | 3        | 10.00      | EUR
                """);

        shouldEqualComputingAll(SECOND, 5);
        assertThat(lake.read(OrderLines.TABLE)
                        .where("order_id = 'o1'")
                        .selectExpr("quantity", "customer_id", "versions")
                        .orderBy("quantity")
                        .collectAsList())
                .as("the older delivery came late and changes nothing")
                .hasToString("[[2.000,C1,2], [8.000,C2,3]]");
        assertThat(orders())
                .as("the second order moved to a day that is yet to come")
                .doesNotContain("o2");
    }

    @Test
    void shouldFollowCustomersAndProducts() {
        know(MERGED, """
                product_id | is_listed | versions
                P1         | true      | 1
                P2         | true      | 1
                """);

        shouldEqualComputingAll(SECOND, 5);
        assertThat(lake.read(OrderLines.TABLE)
                        .where("customer_id = 'C1'")
                        .selectExpr("order_id", "issues")
                        .orderBy("order_id", "product_id")
                        .collectAsList())
                .hasToString("[[o1,ArraySeq()], [o1,ArraySeq()], [o2,ArraySeq(unknown_currency)]]");
    }

    @Test
    void shouldChangeNothingWhenNothingIsNew() {
        run(SECOND);
        long lines = lake.version(OrderLines.TABLE);
        run(SECOND);

        assertThat(lake.changes(OrderLines.TABLE, lines)
                        .orElseThrow()
                        .inserted()
                        .isEmpty())
                .isTrue();
    }

    @Test
    void shouldComputeAllWhenWhatWasReadIsGone() {
        lake.replace(
                CollectedOrderLines.TABLE, lake.read(CollectedOrderLines.TABLE).where("order_id <> 'o2'"));

        run(SECOND);

        assertThat(scopes).anySatisfy(scope -> assertThat(scope).contains("no longer there to be compared"));
        assertThat(orders()).isEqualTo("[o1, o1, o3, o4]");
    }

    @Test
    void shouldReviseEventsToo() {
        record("""
                record_id | source | source_key | delivered_on | file | position | customer_ref | occurred_at          | channel | event_type
                e1        | web    | k1         | 2025-01-30   | a    | 1        | card:1       | 2025-01-30T12:00:00Z | web     | visit
                e2        | web    |            | 2025-01-30   | a    | 2        | card:2       | 2025-01-30T23:30:00Z | web     | visit
                """, 1);
        run(EventsJob.JOB, FIRST);
        record("""
                record_id | source | source_key | delivered_on | file | position | customer_ref | occurred_at          | channel | event_type
                e3        | web    | k1         | 2025-01-31   | b    | 1        | card:1       | 2025-01-30T12:00:00Z | Email   | open
                e4        | web    |            | 2025-01-31   | b    | 2        | card:3       | 2025-01-31T12:00:00Z | web     | visit
                """, 2);
        know(MERGED, NOTHING_LISTED);

        run(EventsJob.JOB, SECOND);

        assertThat(scopes).isEmpty();
        assertThat(lake.read(Events.TABLE)
                        .selectExpr("record_id", "customer_id", "event_type", "occurred_on", "versions")
                        .orderBy("record_id")
                        .collectAsList())
                .hasToString("[[e2,C1,visit,2025-01-31,1], [e3,C1,open,2025-01-30,2], [e4,C3,visit,2025-01-31,1]]");
    }

    @Test
    void shouldReadTheContactsAgainThatHaveCome() {
        contact("""
                record_id | source | source_key | delivered_on | file | position | contact_ref | full_name      | town
                c1        | crm    | k1         | 2025-01-30   | a    | 1        | k1          | Anne Martin    | Lille
                c2        | crm    | k2         | 2025-01-30   | a    | 2        | k2          | Bruno Petit    | Lyon
                c3        | web    |            | 2025-01-31   | b    | 1        |             | Claire Morel   | Nantes
                """, 1);
        run(ContactsJob.JOB, FIRST);
        contact("""
                record_id | source | source_key | delivered_on | file | position | contact_ref | full_name      | town
                c4        | crm    | k1         | 2025-01-31   | d    | 1        | k1          | Anne Dubois    | Lille
                c5        | crm    | k2         | 2025-01-29   | late | 1        | k2          | Bruno Petit    | Brest
                c6        | crm    | k3         | 2025-01-31   | d    | 2        | k3          | Élodie Garnier | Paris
                c7        | crm    | k4         | 2025-02-01   | e    | 1        | k4          | Yet To Come    | Paris
                """, 2);

        run(ContactsJob.JOB, SECOND);

        assertThat(scopes).isEmpty();
        assertThat(lake.read(Contacts.TABLE)
                        .selectExpr("last_name", "town", "versions")
                        .orderBy("last_name")
                        .collectAsList())
                .hasToString("[[Dubois,LILLE,2], [Garnier,PARIS,1], [Morel,NANTES,1], [Petit,LYON,2]]");
        Lake all = new MemoryLake(spark);
        all.replace(CollectedContacts.TABLE, lake.read(CollectedContacts.TABLE));
        run(ContactsJob.JOB, all, SECOND, Optional.empty());
        LakeTables.assertSame(all.read(Contacts.TABLE), lake.read(Contacts.TABLE), Contacts.TABLE);
    }

    private void shouldEqualComputingAll(LocalDate date, long lines) {
        run(date);
        assertThat(scopes).isEmpty();
        assertThat(lake.read(OrderLines.TABLE).count()).isEqualTo(lines);
        Lake all = new MemoryLake(spark);
        for (Table table : List.of(CollectedOrderLines.TABLE, CustomerRefs.TABLE, Products.TABLE)) {
            all.replace(table, lake.read(table));
        }
        run(OrderLinesJob.JOB, all, date, Optional.empty());
        run(OrderFactsJob.JOB, all, date, Optional.empty());
        for (Table table : List.of(OrderLines.TABLE, FctOrderLines.TABLE)) {
            LakeTables.assertSame(all.read(table), lake.read(table), table);
        }
    }

    private void run(LocalDate date) {
        run(OrderLinesJob.JOB, date);
        run(OrderFactsJob.JOB, date);
    }

    private void run(Job<?> job, LocalDate date) {
        run(job, lake, date, Optional.ofNullable(lastOf.get(job.name())));
        Map<String, Long> reads = new HashMap<>();
        job.reads().forEach(table -> reads.put(table.qualifiedName(), lake.version(table)));
        lastOf.put(job.name(), new Before("the last run", date, "", reads, Map.of()));
    }

    private void run(Job<?> job, Lake where, LocalDate date, Optional<Before> before) {
        LoneNight night = new LoneNight(spark, where, date, before);
        job.configured(CONF).body().accept(night);
        scopes.addAll(night.warnings());
    }

    private void deliver(long batch, String records) {
        lake.append(
                CollectedOrderLines.TABLE,
                completed(spark, CollectedOrderLines.TABLE, records),
                new WriteId("batch", batch));
    }

    private void record(String records, long batch) {
        lake.append(
                CollectedEvents.TABLE, completed(spark, CollectedEvents.TABLE, records), new WriteId("batch", batch));
    }

    private void contact(String records, long batch) {
        lake.append(
                CollectedContacts.TABLE,
                completed(spark, CollectedContacts.TABLE, records),
                new WriteId("batch", batch));
    }

    private void know(String references, String products) {
        lake.replace(CustomerRefs.TABLE, completed(spark, CustomerRefs.TABLE, references));
        lake.replace(Products.TABLE, completed(spark, Products.TABLE, products));
    }

    private String orders() {
        return lake.read(FctOrderLines.TABLE).orderBy("order_id").collectAsList().stream()
                .map(row -> row.<String>getAs("order_id"))
                .toList()
                .toString();
    }
}
