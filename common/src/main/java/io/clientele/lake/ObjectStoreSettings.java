package io.clientele.lake;

import java.util.HashMap;
import java.util.Map;

/** What S3A is told where nobody says otherwise: credentials come from the surroundings, and the endpoint may. */
public final class ObjectStoreSettings {

    private static final String S3A = "spark.hadoop.fs.s3a.";
    private static final String ENDPOINT = S3A + "endpoint";

    private ObjectStoreSettings() {}

    /**
     * Completes Spark settings.
     *
     * @param environment the variables that all clients of S3 heed: {@code AWS_ENDPOINT_URL_S3} and {@code AWS_REGION}
     */
    public static Map<String, String> complete(Map<String, String> settings, Map<String, String> environment) {
        Map<String, String> complete = new HashMap<>();
        complete.put("spark.delta.logStore.s3a.impl", ConditionalLogStore.class.getName());
        complete.put(
                S3A + "aws.credentials.provider", "software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider");
        first(environment, "AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL", complete, ENDPOINT);
        first(environment, "AWS_REGION", "AWS_DEFAULT_REGION", complete, S3A + "endpoint.region");
        complete.putAll(settings);
        String endpoint = complete.getOrDefault(ENDPOINT, "");
        if (!endpoint.isEmpty() && !endpoint.contains(".amazonaws.com")) {
            // A store of one's own rarely has a name for each bucket, and its region means nothing.
            complete.putIfAbsent(S3A + "path.style.access", "true");
            complete.putIfAbsent(S3A + "endpoint.region", "us-east-1");
        }
        return complete;
    }

    private static void first(
            Map<String, String> environment, String variable, String otherwise, Map<String, String> into, String key) {
        String value = environment.getOrDefault(variable, environment.getOrDefault(otherwise, ""));
        if (!value.isBlank()) {
            into.put(key, value);
        }
    }
}
