package io.clientele.lake;

import io.clientele.failure.ExitCode;
import io.clientele.failure.Failure;
import io.minio.credentials.Credentials;
import io.minio.credentials.Provider;
import java.io.IOException;
import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.s3a.AWSCredentialProviderList;
import org.apache.hadoop.fs.s3a.auth.CredentialProviderListFactory;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.core.exception.SdkException;

/** The credentials of S3A's chain of providers: who reads and writes tables also holds their lock. */
final class ChainedCredentials implements Provider, AutoCloseable {

    private final AWSCredentialProviderList chain;

    ChainedCredentials(URI place, Configuration settings) throws IOException {
        this.chain = CredentialProviderListFactory.createAWSCredentialProviderList(place, settings);
    }

    /** @throws Failure (storage) if nobody in the chain has credentials */
    void check(String bucket) {
        try {
            chain.resolveCredentials();
        } catch (SdkException none) {
            throw new Failure(
                    ExitCode.STORAGE,
                    ("bucket %s: no credentials were found; give them in the environment (AWS_ACCESS_KEY_ID, "
                                    + "AWS_SECRET_ACCESS_KEY), in a profile, or as the machine's role")
                            .formatted(bucket),
                    none);
        }
    }

    /** The chain renews what expires; here it is asked each time. */
    @Override
    public Credentials fetch() {
        AwsCredentials found = chain.resolveCredentials();
        return new Credentials(
                found.accessKeyId(),
                found.secretAccessKey(),
                found instanceof AwsSessionCredentials session ? session.sessionToken() : null,
                null);
    }

    @Override
    public void close() {
        chain.close();
    }
}
