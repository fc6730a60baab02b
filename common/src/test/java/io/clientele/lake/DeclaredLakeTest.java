package io.clientele.lake;

import static io.clientele.testing.Rows.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clientele.lake.Lake.WriteId;
import io.clientele.schema.ContactGroups;
import io.clientele.schema.CustomerContacts;
import io.clientele.table.Table;
import io.clientele.testing.MemoryLake;
import io.clientele.testing.SparkTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@SparkTest
class DeclaredLakeTest {

    private static final Table READ = CustomerContacts.TABLE;
    private static final Table WRITTEN = ContactGroups.TABLE;

    private final List<String> told = new ArrayList<>();
    private Lake lake;
    private Dataset<Row> refs;

    @BeforeEach
    void open(SparkSession spark) {
        var stored = new MemoryLake(spark);
        stored.replace(READ, spark.createDataFrame(List.of(), READ.schema()));
        refs = rows(spark, WRITTEN, """
                contact_id | group_id | component_id | fingerprint
                k1         | k1       | k1           | f
                """);
        lake = new DeclaredLake(
                stored,
                "attach",
                Set.of(READ),
                Set.of(WRITTEN),
                (table, version) -> told.add("read " + table + " at " + version),
                (table, written) -> told.add("wrote " + written.rows() + " to " + table));
    }

    @Test
    void shouldOpenWhatIsDeclaredAndTellWhoListens() {
        lake.read(READ);
        lake.replace(WRITTEN, refs);
        lake.append(WRITTEN, refs, new WriteId("night", 1));

        assertThat(told).containsExactly("read " + READ + " at 1", "wrote 1 to " + WRITTEN, "wrote 1 to " + WRITTEN);
        assertThat(lake.read(WRITTEN).count()).isEqualTo(2);
    }

    @Test
    void shouldRefuseAnyOtherTable() {
        var other = io.clientele.schema.Customers.TABLE;

        refused(() -> lake.read(other), "reads " + other);
        refused(() -> lake.has(other), "reads " + other);
        refused(() -> lake.createIfAbsent(READ), "writes " + READ);
        refused(() -> lake.replace(other, refs), "writes " + other);
        refused(() -> lake.replace(READ, refs), "writes " + READ);
        refused(() -> lake.append(READ, refs, new WriteId("night", 1)), "writes " + READ);
        assertThat(told).isEmpty();
    }

    private static void refused(Runnable opening, String what) {
        assertThatThrownBy(opening::run)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("job 'attach' does not declare that it " + what);
    }
}
