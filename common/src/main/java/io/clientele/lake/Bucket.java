package io.clientele.lake;

import static io.clientele.lake.ObjectStore.ask;

import io.clientele.lake.Finding.Verdict;
import io.minio.BucketExistsArgs;
import io.minio.GetBucketLifecycleArgs;
import io.minio.GetBucketVersioningArgs;
import io.minio.MakeBucketArgs;
import io.minio.SetBucketLifecycleArgs;
import io.minio.SetBucketVersioningArgs;
import io.minio.messages.AbortIncompleteMultipartUpload;
import io.minio.messages.LifecycleConfiguration;
import io.minio.messages.LifecycleRule;
import io.minio.messages.NoncurrentVersionExpiration;
import io.minio.messages.RuleFilter;
import io.minio.messages.Status;
import io.minio.messages.VersioningConfiguration;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What a bucket has to be before anything is in it. */
public final class Bucket {

    private static final int DAYS_OF_UNFINISHED_UPLOADS = 7;

    private final ObjectStore store;

    public Bucket(ObjectStore store) {
        this.store = store;
    }

    /** Makes the bucket if there is none. */
    public Finding make() throws IOException {
        if (ask(() -> store.client()
                .bucketExists(BucketExistsArgs.builder().bucket(store.bucket()).build()))) {
            return new Finding(Verdict.OK, "bucket " + store.bucket(), "is there");
        }
        ask(() -> store.client()
                .makeBucket(MakeBucketArgs.builder().bucket(store.bucket()).build()));
        return new Finding(Verdict.OK, "bucket " + store.bucket(), "made");
    }

    /** From now on, what is overwritten or deleted is kept. */
    public Finding keepVersions() throws IOException {
        return unlessNotOffered("versions", "what is overwritten or deleted is kept for a while", () -> {
            ask(() -> store.client()
                    .setBucketVersioning(SetBucketVersioningArgs.builder()
                            .bucket(store.bucket())
                            .config(new VersioningConfiguration(VersioningConfiguration.Status.ENABLED, null))
                            .build()));
        });
    }

    /** Whether what is overwritten or deleted is kept. */
    boolean keepsVersions() throws IOException {
        return ask(() -> store.client()
                                .getBucketVersioning(GetBucketVersioningArgs.builder()
                                        .bucket(store.bucket())
                                        .build()))
                        .status()
                == VersioningConfiguration.Status.ENABLED;
    }

    /**
     * Lets old versions in this place, and uploads that nobody finished, go after some days. An erasure is one only then.
     *
     * @param name tells the rule from others of the bucket, which stay as they are
     */
    public Finding forget(String name, int days) throws IOException {
        String id = "clientele-" + name;
        LifecycleRule rule = new LifecycleRule(
                Status.ENABLED,
                new AbortIncompleteMultipartUpload(DAYS_OF_UNFINISHED_UPLOADS),
                null,
                new RuleFilter(store.prefix()),
                id,
                new NoncurrentVersionExpiration(days),
                null,
                null);
        return unlessNotOffered("life cycle", "old versions in %s go after %d days".formatted(name, days), () -> {
            List<LifecycleRule> rules = new ArrayList<>(Stream.ofNullable(ask(() -> store.client()
                            .getBucketLifecycle(GetBucketLifecycleArgs.builder()
                                    .bucket(store.bucket())
                                    .build())))
                    .flatMap(present -> present.rules().stream())
                    .filter(other -> !id.equals(other.id()))
                    .toList());
            rules.add(rule);
            ask(() -> store.client()
                    .setBucketLifecycle(SetBucketLifecycleArgs.builder()
                            .bucket(store.bucket())
                            .config(new LifecycleConfiguration(rules))
                            .build()));
        });
    }

    private interface Step {
        void run() throws IOException;
    }

    private static Finding unlessNotOffered(String what, String done, Step step) throws IOException {
        try {
            step.run();
            return new Finding(Verdict.OK, what, done);
        } catch (StoreException e) {
            if (e.code().equals("NotImplemented")) {
                return new Finding(Verdict.NOT_OFFERED, what, "this store does not offer it");
            }
            throw e;
        }
    }
}
