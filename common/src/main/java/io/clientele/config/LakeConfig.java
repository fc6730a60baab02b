package io.clientele.config;

import static io.clientele.config.Requirement.check;

import java.util.Map;

/**
 * {@code lake.yaml}: where things are.
 *
 * @param lake URI or folder of the lake
 * @param raw URI or folder of the raw zone
 * @param spark Spark settings beyond the defaults
 */
public record LakeConfig(String lake, String raw, Map<String, String> spark) {

    public LakeConfig {
        check(lake != null && !lake.isBlank(), "key 'lake' is missing: the URI or the folder of the lake");
        check(raw != null && !raw.isBlank(), "key 'raw' is missing: the URI or the folder of the raw zone");
        spark = spark == null ? Map.of() : Map.copyOf(spark);
    }
}
