package io.clientele.predict.propensity;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.lake.DeltaLake;
import io.clientele.testing.SparkTest;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On customers of a known process, what is learned is nearly as good as what is to be known. */
@SparkTest
@Tag("long")
class KnownProcessTest {

    @Test
    void shouldComeNearTheBestThatIsPossible(SparkSession spark, @TempDir Path folder) {
        List<PropensityComparison.Line> lines =
                PropensityComparison.onKnownProcess(spark, new DeltaLake(spark, folder.toString()), 100_000);

        for (String target : List.of("purchase", "churn")) {
            double best = metric(lines, target, PropensityComparison.BEST, "auc");
            double recency = metric(lines, target, "recency_only", "auc");
            assertThat(metric(lines, target, Trees.ALGORITHM, "auc")).as(target).isBetween(best - 0.01, best + 0.002);
            for (String algorithm : List.of(Linear.ALGORITHM, Trees.ALGORITHM)) {
                assertThat(metric(lines, target, algorithm, "auc"))
                        .as("%s by %s", target, algorithm)
                        .isBetween(recency, best + 0.002);
                assertThat(metric(lines, target, algorithm, "calibration_error"))
                        .as("%s by %s", target, algorithm)
                        .isLessThan(0.02);
            }
        }
    }

    private static double metric(List<PropensityComparison.Line> lines, String target, String model, String metric) {
        return lines.stream()
                .filter(line -> line.target().equals(target) && line.model().equals(model))
                .findFirst()
                .orElseThrow()
                .metrics()
                .get(metric);
    }
}
