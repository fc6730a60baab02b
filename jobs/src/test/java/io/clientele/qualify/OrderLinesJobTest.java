package io.clientele.qualify;

import static io.clientele.testing.Rows.assertRows;
import static io.clientele.testing.Rows.rows;

import io.clientele.schema.CollectedConsents;
import io.clientele.schema.CollectedOrderLines;
import io.clientele.schema.Consents;
import io.clientele.schema.CustomerRefs;
import io.clientele.schema.OrderLines;
import io.clientele.schema.Products;
import io.clientele.testing.SparkTest;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

@SparkTest
class OrderLinesJobTest {

    private static final OrderLinesJob.Config CONFIG =
            new OrderLinesJob.Config("Europe/Paris", "EUR", Map.of("GBP", new BigDecimal("1.20")));

    @Test
    void shouldTellKindsApartConvertAmountsAndAttachCustomers(SparkSession spark) {
        var collected = rows(spark, CollectedOrderLines.TABLE, """
                record_id | source | source_key | delivered_on | file | position | order_id | product_ref | customer_ref | ordered_at           | quantity | unit_price | currency | line_kind    | country
                r1        | shop   |            | 2025-01-31   | f    | 1        | o1       | p1          | card:1       | 2025-01-30T22:59:00Z | 2        | 10.00      | EUR      |              | France
                r2        | shop   |            | 2025-01-31   | f    | 2        | o2       | P1          | card:2       | 2025-01-30T23:00:00Z | -1       | 10.00      | eur      | sale         | Angleterre du Nord
                r3        | shop   |            | 2025-01-31   | f    | 3        | o3       | p2          |              | 2025-01-31T12:00:00Z | 3        | 0          | EUR      |              |
                r4        | shop   |            | 2025-01-31   | f    | 4        | o4       | p1          | card:1       | 2025-01-31T12:00:00Z | 1        | 5.00       | GBP      | Cancellation | GB
                r5        | shop   |            | 2025-01-31   | f    | 5        | o5       | p1          | card:1       | 2025-01-31T12:00:00Z | 1        | 5.00       | XAF      | odd          | GB
                """);
        var references = rows(spark, CustomerRefs.TABLE, """
                customer_ref | customer_id | has_contact
                card:1       | C1          | true
                card:2       | C2          | false
                """);
        var products = rows(spark, Products.TABLE, """
                product_id | is_listed | versions
                P1         | true      | 1
                P2         | false     | 0
                """);

        assertRows(OrderLinesJob.qualify(collected, references, products, CONFIG), OrderLines.TABLE, """
                order_id | customer_id | product_id | ordered_on | line_kind    | country            | currency | amount  | issues                              | versions
                o1       | C1          | P1         | 2025-01-30 | sale         | FR                 | EUR      | 20.0000 | []                                  | 1
                o2       | C2          | P1         | 2025-01-31 | return       | Angleterre du Nord | EUR      | -10.0000 | [unknown_customer,unknown_country] | 1
                o3       |             | P2         | 2025-01-31 | gift         | (unknown)          | EUR      | 0.0000  | [unknown_product]                   | 1
                o4       | C1          | P1         | 2025-01-31 | cancellation | GB                 | GBP      | 6.0000  | []                                  | 1
                o5       | C1          | P1         | 2025-01-31 | sale         | GB                 | XAF      |         | [unknown_currency,unknown_kind]     | 1
                """);
    }

    @Test
    void shouldKeepTheLastRecordOfAKeyAndEveryRecordWithoutOne(SparkSession spark) {
        var collected = rows(spark, CollectedOrderLines.TABLE, """
                record_id | source | source_key | delivered_on | file | position | order_id | product_ref | ordered_at           | quantity | unit_price | currency
                r1        | shop   | k          | 2025-01-30   | a    | 9        | o1       | p1          | 2025-01-30T12:00:00Z | 1        | 10.00      | EUR
                r2        | shop   | k          | 2025-01-31   | b    | 1        | o1       | p1          | 2025-01-30T12:00:00Z | 2        | 10.00      | EUR
                r3        | web    | k          | 2025-01-31   | c    | 1        | o2       | p1          | 2025-01-30T12:00:00Z | 3        | 10.00      | EUR
                r4        | web    |            | 2025-01-31   | c    | 2        | o3       | p1          | 2025-01-30T12:00:00Z | 4        | 10.00      | EUR
                r5        | web    |            | 2025-01-31   | c    | 3        | o3       | p1          | 2025-01-30T12:00:00Z | 4        | 10.00      | EUR
                """);
        var nobody = spark.createDataFrame(List.of(), CustomerRefs.TABLE.schema());
        var nothing = spark.createDataFrame(List.of(), Products.TABLE.schema());

        assertRows(OrderLinesJob.qualify(collected, nobody, nothing, CONFIG), OrderLines.TABLE, """
                order_id | quantity | versions
                o1       | 2.000    | 2
                o2       | 3.000    | 1
                o3       | 4.000    | 1
                o3       | 4.000    | 1
                """);
    }

    @Test
    void shouldLetTheRefusalCountWhenTwoDecisionsFallTogether(SparkSession spark) {
        var decisions = rows(spark, CollectedConsents.TABLE, """
                customer_ref | purpose   | channel | is_granted | decided_at
                card:1       | Marketing | email   | true       | 2025-01-02T00:00:00Z
                card:1       | marketing | email   | false      | 2025-01-02T00:00:00Z
                card:1       | marketing | sms     | false      | 2025-01-01T00:00:00Z
                card:1       | marketing | sms     | true       | 2025-01-03T00:00:00Z
                """);
        var references = rows(spark, CustomerRefs.TABLE, """
                customer_ref | customer_id | has_contact
                card:1       | C1          | true
                """);

        assertRows(ConsentsJob.standing(decisions, references), Consents.TABLE, """
                customer_id | purpose   | channel | is_granted | decisions
                C1          | marketing | email   | false      | 2
                C1          | marketing | sms     | true       | 2
                """);
    }
}
