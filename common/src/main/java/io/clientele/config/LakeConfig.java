package io.clientele.config;

import static io.clientele.config.Requirement.check;

import java.util.Map;

/**
 * {@code lake.yaml}: where things are.
 *
 * @param lake URI or folder of the lake
 * @param raw URI or folder of the raw zone
 * @param jobsAtOnce how many jobs that do not depend on each other may run at the same time
 * @param spark Spark settings beyond the defaults
 */
public record LakeConfig(String lake, String raw, int jobsAtOnce, Map<String, String> spark) {

    public LakeConfig {
        check(lake != null && !lake.isBlank(), "key 'lake' is missing: the URI or the folder of the lake");
        check(raw != null && !raw.isBlank(), "key 'raw' is missing: the URI or the folder of the raw zone");
        check(jobsAtOnce >= 1 && jobsAtOnce <= 16, "key 'jobsAtOnce' must be between 1 and 16, got %d", jobsAtOnce);
        spark = spark == null ? Map.of() : Map.copyOf(spark);
    }
}
