package io.clientele.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.lake.Lake;
import io.clientele.run.RunRecord.TableRead;
import io.clientele.schema.Models;
import io.clientele.testing.MemoryLake;
import io.clientele.testing.SparkTest;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

@SparkTest
class ModelRegistryTest {

    private static final LocalDate MONDAY = LocalDate.of(2025, 11, 24);

    @Test
    void shouldFindTheYoungestChampionOfTonightOrBefore(SparkSession spark) {
        Lake lake = new MemoryLake(spark);
        on(spark, lake, MONDAY).keep(model(MONDAY, true, "{\"a\":1}"));
        on(spark, lake, MONDAY.plusDays(2)).keep(model(MONDAY.plusDays(2), true, "{\"a\":2}"));
        on(spark, lake, MONDAY.plusDays(3)).keep(model(MONDAY.plusDays(3), false, "{\"a\":3}"));

        assertThat(on(spark, lake, MONDAY.minusDays(1)).champion("churn")).isEmpty();
        assertThat(on(spark, lake, MONDAY.plusDays(1)).champion("churn")).contains(model(MONDAY, true, "{\"a\":1}"));
        assertThat(on(spark, lake, MONDAY.plusDays(9)).champion("churn").map(Model::json))
                .contains("{\"a\":2}");
        assertThat(on(spark, lake, MONDAY.plusDays(9)).champion("clusters")).isEmpty();
        assertThat(on(spark, lake, MONDAY.plusDays(9)).youngest("churn").map(Model::json))
                .contains("{\"a\":3}");
    }

    @Test
    void shouldKeepAModelOnceHoweverOftenTheNightIsRun(SparkSession spark) {
        Lake lake = new MemoryLake(spark);
        on(spark, lake, MONDAY).keep(model(MONDAY, true, "{\"a\":1}"));
        on(spark, lake, MONDAY).keep(model(MONDAY, true, "{\"a\":1}"));

        assertThat(lake.read(Models.TABLE).count()).isEqualTo(1);
    }

    @Test
    void shouldPutAModelInForceAgainThatIsLearnedAgainAfterAnother(SparkSession spark) {
        Lake lake = new MemoryLake(spark);
        for (String json : List.of("{\"a\":1}", "{\"a\":2}", "{\"a\":1}")) {
            new ModelRegistry(
                            spark,
                            lake,
                            MONDAY,
                            origin(
                                    lake.has(Models.TABLE)
                                            ? lake.read(Models.TABLE).count()
                                            : 0),
                            List::of)
                    .keep(model(MONDAY, true, json));
        }

        assertThat(lake.read(Models.TABLE).count()).isEqualTo(2);
        assertThat(on(spark, lake, MONDAY).champion("churn")).contains(model(MONDAY, true, "{\"a\":1}"));
    }

    @Test
    void shouldTellFromWhatAModelWasLearned(SparkSession spark) {
        Lake lake = new MemoryLake(spark);
        on(spark, lake, MONDAY).keep(model(MONDAY, true, "{\"a\":1}"));

        Row kept = lake.read(Models.TABLE)
                .select(Models.RUN_ID.col(), Models.JOB.col(), Models.VERSION.col(), Models.READS.col())
                .head();
        assertThat(kept.getString(0)).isEqualTo("run-1");
        assertThat(kept.getString(1)).isEqualTo("propensities");
        assertThat(kept.getString(2)).isEqualTo("0.1");
        assertThat(kept.<Row>getList(3)).singleElement().satisfies(read -> {
            assertThat(read.getString(0)).isEqualTo("mart.fct_order_lines");
            assertThat(read.getLong(1)).isEqualTo(7);
        });
    }

    private static ModelRegistry on(SparkSession spark, Lake lake, LocalDate date) {
        return new ModelRegistry(spark, lake, date, origin(0), () -> List.of(new TableRead("mart.fct_order_lines", 7)));
    }

    private static ModelRegistry.Origin origin(long second) {
        return new ModelRegistry.Origin("run-1", Instant.ofEpochSecond(second), "propensities", "0.1");
    }

    private static Model model(LocalDate learnedOn, boolean isChampion, String json) {
        return new Model("churn", learnedOn, isChampion, 20L, Map.of("auc", 0.8), json);
    }
}
