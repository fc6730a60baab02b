package io.clientele.lake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ObjectStoreSettingsTest {

    private static final String S3A = "spark.hadoop.fs.s3a.";

    @Test
    void shouldTakeTheEndpointFromTheEnvironmentAsOtherClientsDo() {
        assertThat(ObjectStoreSettings.complete(Map.of(), Map.of("AWS_ENDPOINT_URL_S3", "http://store:9000")))
                .containsEntry(S3A + "endpoint", "http://store:9000")
                .containsEntry(S3A + "path.style.access", "true")
                .containsKey(S3A + "endpoint.region");
    }

    @Test
    void shouldLeaveAmazonsStoreAsItIs() {
        assertThat(ObjectStoreSettings.complete(Map.of(), Map.of("AWS_REGION", "eu-west-3")))
                .containsEntry(S3A + "endpoint.region", "eu-west-3")
                .doesNotContainKeys(S3A + "endpoint", S3A + "path.style.access");
        assertThat(ObjectStoreSettings.complete(Map.of(S3A + "endpoint", "s3.eu-west-3.amazonaws.com"), Map.of()))
                .doesNotContainKey(S3A + "path.style.access");
    }

    @Test
    void shouldLetTheSettingsWin() {
        Map<String, String> settings = Map.of(S3A + "endpoint", "https://other", S3A + "path.style.access", "false");

        assertThat(ObjectStoreSettings.complete(settings, Map.of("AWS_ENDPOINT_URL_S3", "http://store:9000")))
                .containsAllEntriesOf(settings);
    }
}
