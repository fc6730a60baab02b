package io.clientele.testing;

import static io.clientele.testing.Rows.assertRows;
import static io.clientele.testing.Rows.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clientele.lake.Lake.WriteId;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

@SparkTest
class RowsTest {

    private static final String ALL = """
            id  | at                   | day        | count | amount | rate | is_new | tags    | parts            | rates
            one | 2025-01-31T10:00:00Z | 2025-01-31 | 3     | 90.5   | 0.25 | true   | [a, b]  | [{x; 1}, {y; 2}] | {u=1.5; v=2.0}
            two |                      |            |       |        |      |        | []      |                  |
            """;

    @Test
    void shouldGiveBackWhatTheTextSays(SparkSession spark) {
        assertRows(rows(spark, Samples.TABLE, ALL), Samples.TABLE, ALL);
    }

    @Test
    void shouldLeaveUnnamedColumnsNullAndIgnoreOrder(SparkSession spark) {
        var rows = rows(spark, Samples.TABLE, """
                id
                one
                two
                """);

        assertThat(rows.columns()).hasSameSizeAs(Samples.TABLE.fields()).contains("tags");
        assertRows(rows, Samples.TABLE, """
                tags | id
                     | two
                     | one
                """);
    }

    @Test
    void shouldShowBothSidesWhenRowsDiffer(SparkSession spark) {
        var rows = rows(spark, Samples.TABLE, """
                id  | amount
                one | 90.5
                """);

        assertThatThrownBy(() -> assertRows(rows, Samples.TABLE, """
                        id  | amount
                        one | 91
                        """))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("mart.samples")
                .hasMessageContaining("one | 90.5000")
                .hasMessageContaining("one | 91.0000");
    }

    @Test
    void shouldKeepTablesInMemoryUnderTheirContracts(SparkSession spark) {
        var lake = new MemoryLake(spark);
        var one = rows(spark, Samples.TABLE, """
                id
                one
                """);

        lake.append(Samples.TABLE, one, new WriteId("night", 1));
        var again = lake.append(Samples.TABLE, one, new WriteId("night", 1));

        assertThat(again.rows()).isZero();
        assertThat(lake.read(Samples.TABLE).count()).isEqualTo(1);
        assertThatThrownBy(() -> lake.replace(Samples.TABLE, one.drop("tags")))
                .hasMessageContaining("missing column tags");
        assertThatThrownBy(() -> lake.replace(Samples.TABLE, rows(spark, Samples.TABLE, "day\n2025-01-31")))
                .hasMessageContaining("column id is required");
    }
}
