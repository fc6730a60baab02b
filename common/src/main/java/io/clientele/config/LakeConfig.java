package io.clientele.config;

import static io.clientele.config.Requirement.check;
import static java.util.regex.Pattern.CASE_INSENSITIVE;

import java.util.Map;
import java.util.regex.Pattern;

/**
 * {@code lake.yaml}: where things are.
 *
 * @param lake URI or folder of the lake
 * @param raw URI or folder of the raw zone
 * @param jobsAtOnce how many jobs that do not depend on each other may run at the same time
 * @param retries of what fails for a reason that passes by itself; {@link Retries#USUAL} if not said
 * @param openlineage URL of a server, or a file, that is told the lineage of each night; null for none
 * @param spark Spark settings beyond the defaults
 */
public record LakeConfig(
        String lake, String raw, int jobsAtOnce, Retries retries, String openlineage, Map<String, String> spark) {

    private static final Pattern CREDENTIAL = Pattern.compile(
            "(access|secret|encryption)\\.key$|session\\.token$|account\\.key|password$", CASE_INSENSITIVE);

    public LakeConfig {
        check(lake != null && !lake.isBlank(), "key 'lake' is missing: the URI or the folder of the lake");
        check(raw != null && !raw.isBlank(), "key 'raw' is missing: the URI or the folder of the raw zone");
        check(jobsAtOnce >= 1 && jobsAtOnce <= 16, "key 'jobsAtOnce' must be between 1 and 16, got %d", jobsAtOnce);
        retries = retries == null ? Retries.USUAL : retries;
        spark = spark == null ? Map.of() : Map.copyOf(spark);
        spark.keySet()
                .forEach(key -> check(
                        !CREDENTIAL.matcher(key).find(),
                        "key 'spark': '%s' is a credential, which no file of the configuration may hold; give it in the "
                                + "environment (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY), in a profile, or as the machine's role",
                        key));
    }
}
