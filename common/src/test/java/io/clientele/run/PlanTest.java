package io.clientele.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clientele.failure.ExitCode;
import io.clientele.failure.Failure;
import io.clientele.schema.CustomerRfm;
import io.clientele.schema.Customers;
import io.clientele.schema.DimCustomers;
import io.clientele.schema.OrderLines;
import io.clientele.table.Table;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanTest {

    private static final Table[] NONE = {};
    private static final Job<?> CUSTOMERS = job("customers", NONE, Customers.TABLE);
    private static final Job<?> ORDERS = job("orders", NONE, OrderLines.TABLE);
    private static final Job<?> RFM =
            job("rfm", tables(Customers.TABLE, OrderLines.TABLE, CustomerRfm.TABLE), CustomerRfm.TABLE);
    private static final Job<?> DIMENSIONS =
            job("dimensions", tables(Customers.TABLE, CustomerRfm.TABLE), DimCustomers.TABLE);

    @Test
    void shouldPutEveryJobAfterThoseThatItReadsFrom() {
        var plan = Plan.of(List.of(DIMENSIONS, RFM, ORDERS, CUSTOMERS));

        assertThat(plan.jobs()).extracting(Job::name).containsExactly("orders", "customers", "rfm", "dimensions");
    }

    @Test
    void shouldTellWhatAJobMustWaitFor() {
        var plan = Plan.of(List.of(DIMENSIONS, RFM, ORDERS, CUSTOMERS));

        assertThat(plan.before(DIMENSIONS)).extracting(Job::name).containsExactly("customers", "rfm");
        assertThat(plan.before(ORDERS)).isEmpty();
    }

    @Test
    void shouldKeepTheOrderGivenWhereItIsFree() {
        assertThat(Plan.of(List.of(CUSTOMERS, ORDERS)).jobs())
                .extracting(Job::name)
                .containsExactly("customers", "orders");
        assertThat(Plan.of(List.of(ORDERS, CUSTOMERS)).jobs())
                .extracting(Job::name)
                .containsExactly("orders", "customers");
    }

    @Test
    void shouldRefuseJobsThatWaitForEachOther() {
        refused(
                "wait for each other",
                job("a", tables(Customers.TABLE), OrderLines.TABLE),
                job("b", tables(OrderLines.TABLE), Customers.TABLE));
    }

    @Test
    void shouldRefuseTwoWritersOfOneTable() {
        refused("both write qualified.customers", CUSTOMERS, job("people", NONE, Customers.TABLE));
    }

    @Test
    void shouldRefuseTwoJobsOfOneName() {
        refused("two jobs are named customers", CUSTOMERS, job("customers", NONE, OrderLines.TABLE));
    }

    @Test
    void shouldRefuseAReaderOfWhatNobodyWrites() {
        refused("dimensions reads mart.customer_rfm, which no job writes", CUSTOMERS, DIMENSIONS);
    }

    @Test
    void shouldSelectJobsInThePlansOrder() {
        var plan = Plan.of(List.of(DIMENSIONS, RFM, ORDERS, CUSTOMERS));

        assertThat(plan.select(List.of("dimensions", "customers")))
                .extracting(Job::name)
                .containsExactly("customers", "dimensions");
    }

    @Test
    void shouldSelectAllJobsThatWriteToALayerByItsVerb() {
        var plan = Plan.of(List.of(DIMENSIONS, RFM, ORDERS, CUSTOMERS));

        assertThat(plan.select(List.of("qualify"))).extracting(Job::name).containsExactly("orders", "customers");
        assertThat(plan.select(List.of("derive", "orders")))
                .extracting(Job::name)
                .containsExactly("orders", "rfm", "dimensions");
        assertThat(plan.select(List.of("nightly"))).isEqualTo(plan.jobs());
    }

    @Test
    void shouldTellTheJobsToWhoeverNamesAnUnknownOne() {
        var plan = Plan.of(List.of(ORDERS, CUSTOMERS));

        assertThatThrownBy(() -> plan.select(List.of("rmf")))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.USAGE))
                .hasMessageContaining("'rmf'")
                .hasMessageContaining("orders, customers");
    }

    private static void refused(String complaint, Job<?>... jobs) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Plan.of(List.of(jobs)))
                .withMessageContaining(complaint);
    }

    private static Table[] tables(Table... tables) {
        return tables;
    }

    private static Job<?> job(String name, Table[] reads, Table... writes) {
        return Job.named(name, folder -> name).reads(reads).writes(writes).runs((config, run) -> {});
    }
}
