package io.clientele.segment;

import static io.clientele.testing.Rows.assertRows;
import static io.clientele.testing.Rows.rows;

import io.clientele.schema.CustomerFigures;
import io.clientele.schema.Customers;
import io.clientele.schema.Events;
import io.clientele.schema.FctOrderLines;
import io.clientele.schema.Products;
import io.clientele.testing.SparkTest;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

@SparkTest
class CustomerFiguresJobTest {

    private static final LocalDate JAN_31 = LocalDate.of(2025, 1, 31);
    private static final CustomerFiguresJob.Config CONFIG = new CustomerFiguresJob.Config(
            90, new LinkedHashMap<>(Map.of("cart", "event_type = 'page_view' and subject = '/panier'")));

    @Test
    void shouldSumUpWhatWasBoughtAndWhatCameBack(SparkSession spark) {
        assertRows(figures(spark), CustomerFigures.TABLE, """
                customer_id | orders_12_months | net_amount_12_months | net_amount | returns_amount | average_basket | largest_basket | days_since_order
                ann         | 1                | 60                   | 260        | -40            | 150            | 200            | 2
                bob         | 0                | -5                   | -5         | -5             |                |                |
                eve         | 0                | 0                    | 0          | 0              |                |                |
                """);
    }

    @Test
    void shouldListWhatWasBoughtInOrder(SparkSession spark) {
        assertRows(figures(spark), CustomerFigures.TABLE, """
                customer_id | products | product_groups | order_channels
                ann         | [A1, B2] | [coffee]       | [shop, web]
                bob         | []       | []             | []
                eve         | []       | []             | []
                """);
    }

    @Test
    void shouldCountSignalsOfTheLastDaysAndDateTheLastOne(SparkSession spark) {
        assertRows(figures(spark), CustomerFigures.TABLE, """
                customer_id | as_of      | signals  | days_since_signal
                ann         | 2025-01-31 | {cart=2} | {cart=1}
                bob         | 2025-01-31 | {cart=0} | {cart=365}
                eve         | 2025-01-31 | {cart=0} | {cart=}
                """);
    }

    @Test
    void shouldCountASignalThatCannotBeJudgedAsNotGiven(SparkSession spark) {
        var events = rows(spark, Events.TABLE, """
                customer_id | occurred_on | event_type | subject
                ann         | 2025-01-30  | page_view  | 7
                ann         | 2025-01-30  | page_view  | /panier
                """);
        var config = new CustomerFiguresJob.Config(90, Map.of("large", "cast(subject as int) > 3"));

        assertRows(ofAnn(spark, events, config), CustomerFigures.TABLE, """
                customer_id | signals   | days_since_signal
                ann         | {large=1} | {large=1}
                """);
    }

    /** The figures of a customer who bought nothing. */
    private static Dataset<Row> ofAnn(SparkSession spark, Dataset<Row> events, CustomerFiguresJob.Config config) {
        return CustomerFiguresJob.figures(
                rows(spark, Customers.TABLE, "customer_id\nann\n"),
                CustomerFiguresJob.purchases(
                        rows(spark, FctOrderLines.TABLE, "order_id\n"),
                        rows(spark, Products.TABLE, "product_id\n"),
                        JAN_31),
                CustomerFiguresJob.signals(events, JAN_31, config),
                JAN_31,
                config);
    }

    private static Dataset<Row> figures(SparkSession spark) {
        var customers = rows(spark, Customers.TABLE, "customer_id\nann\nbob\neve\n");
        var lines = rows(spark, FctOrderLines.TABLE, """
                order_id | customer_id | product_id | ordered_on | line_kind  | channel | amount
                o1       | ann         | B2         | 2024-01-31 | sale       | web     | 150
                o1       | ann         | A1         | 2024-01-31 | sale       | web     | 50
                o2       | ann         | A1         | 2025-01-29 | sale       | shop    | 100
                o2       | ann         | A1         | 2025-01-29 | gift       | shop    | 0
                o2R      | ann         | A1         | 2025-01-30 | return     | shop    | -40
                o3       | bob         | C3         | 2025-01-30 | cancellation | web   | -5
                o4       | eve         | C3         | 2025-02-01 | sale       | web     | 5
                o5       |             | C3         | 2025-01-01 | sale       | web     | 5
                """);
        var products = rows(spark, Products.TABLE, """
                product_id | product_group
                A1         | coffee
                B2         |
                """);
        var events = rows(spark, Events.TABLE, """
                customer_id | occurred_on | event_type | subject
                ann         | 2025-01-30  | page_view  | /panier
                ann         | 2024-11-03  | page_view  | /panier
                ann         | 2024-11-02  | page_view  | /panier
                ann         | 2025-01-31  | page_view  | /cafe
                ann         | 2025-02-01  | page_view  | /panier
                bob         | 2024-02-01  | page_view  | /panier
                eve         | 2025-01-31  | visit      | /panier
                            | 2025-01-31  | page_view  | /panier
                """);
        return CustomerFiguresJob.figures(
                customers,
                CustomerFiguresJob.purchases(lines, products, JAN_31),
                CustomerFiguresJob.signals(events, JAN_31, CONFIG),
                JAN_31,
                CONFIG);
    }
}
