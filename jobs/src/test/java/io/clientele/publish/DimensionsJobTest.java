package io.clientele.publish;

import static io.clientele.testing.Rows.assertRows;
import static io.clientele.testing.Rows.rows;

import io.clientele.schema.Companies;
import io.clientele.schema.Consents;
import io.clientele.schema.Contacts;
import io.clientele.schema.CustomerContacts;
import io.clientele.schema.Customers;
import io.clientele.schema.DimCustomers;
import io.clientele.schema.FctOrderLines;
import io.clientele.testing.SparkTest;
import java.time.LocalDate;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

@SparkTest
class DimensionsJobTest {

    @Test
    void shouldDescribeCustomersByBandsByTheRegisterAndByTheirSources(SparkSession spark) {
        var customers = rows(spark, Customers.TABLE, """
                customer_id | birth_date | occupation_group | company_name | contacts | town
                young       | 2007-02-01 | 8                |              | 1        | LYON
                adult       | 2007-01-31 |                  |              | 2        |
                old         | 1960-01-31 |                  |              | 1        |
                unborn      | 2025-02-01 |                  |              | 1        |
                shop        |            |                  | MORVEL       | 2        | PARIS
                silent      |            |                  |              | 0        |
                """)
                .withColumn("obsolete", org.apache.spark.sql.functions.expr("cast(array() as array<string>)"));
        var described = DimensionsJob.described(
                rows(spark, CustomerContacts.TABLE, """
                        contact_id | customer_id
                        c1         | adult
                        c2         | adult
                        c3         | shop
                        c4         | shop
                        """),
                rows(spark, Contacts.TABLE, """
                        contact_id | source
                        c1         | loyalty
                        c2         | crm
                        c3         | crm
                        c4         | crm
                        """),
                rows(spark, Companies.TABLE, """
                        contact_id | score | naf    | size_band
                        c3         | 0.9   | 10.71C | 11
                        c4         | 1.0   | 47.24Z |
                        """));

        assertRows(
                DimensionsJob.customers(
                        customers,
                        described,
                        rows(spark, Consents.TABLE, "customer_id\n"),
                        rows(spark, FctOrderLines.TABLE, "customer_id\n"),
                        LocalDate.of(2025, 1, 31)),
                DimCustomers.TABLE,
                """
                customer_id | age_band | occupation_group | town  | naf    | size_band | sources
                young       | 0-17     | 8                | LYON  |        |           | []
                adult       | 18-24    |                  |       |        |           | [crm, loyalty]
                old         | 65+      |                  |       |        |           | []
                unborn      |          |                  |       |        |           | []
                shop        |          |                  | PARIS | 47.24Z |           | [crm]
                silent      |          |                  |       |        |           | []
                """);
    }
}
