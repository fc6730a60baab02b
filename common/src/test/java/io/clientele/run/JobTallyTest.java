package io.clientele.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clientele.failure.ExitCode;
import io.clientele.failure.Failure;
import io.clientele.lake.Lake.Written;
import io.clientele.run.RunRecord.TableWrite;
import io.clientele.schema.Customers;
import io.clientele.schema.OrderLines;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class JobTallyTest {

    private final JobTally tally = new JobTally("customers", Instant.EPOCH);

    @Test
    void shouldRecordWhatBalances() {
        tally.wrote(Customers.TABLE, new Written(3, 7));
        tally.balance(Customers.TABLE, 10, 7, 1, 2);

        assertThat(tally.ended("succeeded", 1.5).writes())
                .containsExactly(new TableWrite("qualified.customers", 3, 10L, 7L, 1L, 2L));
    }

    @Test
    void shouldFailWhenRowsAreLostOrMade() {
        tally.wrote(Customers.TABLE, new Written(3, 7));

        for (long in : new long[] {9, 11}) {
            assertThatThrownBy(() -> tally.balance(Customers.TABLE, in, 7, 1, 2))
                    .isInstanceOfSatisfying(Failure.class, failure -> assertThat(failure.exitCode())
                            .isEqualTo(ExitCode.QUALITY))
                    .hasMessageContaining("qualified.customers")
                    .hasMessageContaining("customers' lost or made rows")
                    .hasMessageContaining(in + " rows in");
        }
    }

    @Test
    void shouldAddUpTheWritesToOneTable() {
        tally.wrote(Customers.TABLE, new Written(3, 7));
        tally.wrote(Customers.TABLE, new Written(4, 5));

        assertThat(tally.ended("succeeded", 1.5).writes())
                .containsExactly(new TableWrite("qualified.customers", 4, null, 12L, null, null));
    }

    @Test
    void shouldRefuseToBalanceWhatWasNotWritten() {
        assertThatIllegalStateException()
                .isThrownBy(() -> tally.balance(OrderLines.TABLE, 0, 0, 0, 0))
                .withMessageContaining("qualified.order_lines");
    }
}
