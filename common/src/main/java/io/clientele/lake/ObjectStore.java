package io.clientele.lake;

import io.clientele.failure.Failure;
import io.clientele.failure.StorageFault;
import io.minio.GetObjectArgs;
import io.minio.GetObjectResponse;
import io.minio.ListObjectsArgs;
import io.minio.MinioAsyncClient;
import io.minio.PutObjectArgs;
import io.minio.RemoveObjectArgs;
import io.minio.Result;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.MinioException;
import io.minio.messages.Item;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import okhttp3.OkHttpClient;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.s3a.S3AUtils;

/**
 * A place in a bucket, for what Spark should not do: locks, deliveries, and looking after the bucket. It is told where the
 * store is, and by whom it is asked, as S3A is.
 */
public final class ObjectStore implements AutoCloseable {

    /** What the store answers when a put depends on something that is not so. */
    private static final List<String> REFUSED_CONDITIONS =
            List.of("PreconditionFailed", "ConditionalRequestConflict", "NoSuchKey");

    /** An operation of the client. */
    interface Call<T> {
        CompletableFuture<T> ask() throws MinioException, GeneralSecurityException, IOException;
    }

    /**
     * A small object.
     *
     * @param tag changes with the content
     * @param writtenAt by the store's clock, as is {@code answeredAt}
     */
    record Stored(String content, String tag, Instant writtenAt, Instant answeredAt) {}

    /**
     * An object in a list.
     *
     * @param name relative to the place
     */
    public record Listed(String name, long size, Instant writtenAt) {}

    private final MinioAsyncClient client;
    private final ChainedCredentials credentials;
    private final String bucket;
    private final String prefix;

    private ObjectStore(MinioAsyncClient client, ChainedCredentials credentials, String bucket, String prefix) {
        this.client = client;
        this.credentials = credentials;
        this.bucket = bucket;
        this.prefix = prefix;
    }

    /** Whether a place is in an object store. */
    public static boolean holds(String place) {
        return place.startsWith("s3a://");
    }

    /** @param place such as {@code s3a://bucket/folder} */
    public static ObjectStore open(String place, Configuration hadoop) throws IOException {
        URI uri = URI.create(place);
        if (!holds(place) || uri.getHost() == null || uri.getUserInfo() != null) {
            throw Failure.configuration(
                    "'%s' is not a place in an object store, as s3a://bucket/folder is", uri.getPath());
        }
        String bucket = uri.getHost();
        Configuration settings = S3AUtils.propagateBucketOptions(hadoop, bucket);
        String endpoint = settings.getTrimmed("fs.s3a.endpoint", "");
        String region = settings.getTrimmed("fs.s3a.endpoint.region", "");
        ChainedCredentials credentials = new ChainedCredentials(uri, settings);
        credentials.check(bucket);
        MinioAsyncClient.Builder builder = MinioAsyncClient.builder()
                .endpoint(endpoint.isEmpty() ? "https://s3.amazonaws.com" : withScheme(endpoint, settings))
                .credentialsProvider(credentials)
                .httpClient(
                        new OkHttpClient.Builder()
                                .connectTimeout(Duration.ofSeconds(10))
                                .readTimeout(Duration.ofSeconds(30))
                                .writeTimeout(Duration.ofSeconds(30))
                                .addInterceptor(new Persistence())
                                .build(),
                        true);
        MinioAsyncClient client = (region.isEmpty() ? builder : builder.region(region)).build();
        if (settings.getBoolean("fs.s3a.path.style.access", false)) {
            client.disableVirtualStyleEndpoint();
        } else {
            client.enableVirtualStyleEndpoint();
        }
        return new ObjectStore(
                client,
                credentials,
                bucket,
                uri.getPath().replaceFirst("^/+", "").replaceFirst("(?<=[^/])/*$", "/"));
    }

    private static String withScheme(String endpoint, Configuration settings) {
        return endpoint.contains("://")
                ? endpoint
                : (settings.getBoolean("fs.s3a.connection.ssl.enabled", true) ? "https://" : "http://") + endpoint;
    }

    /** Writes an object that is not there yet, and gives its tag; or nothing if there is one. */
    Optional<String> create(String name, String content) throws IOException {
        return put(name, content, Map.of("If-None-Match", "*"));
    }

    /** Writes an object in the place of the one with that tag, and gives the new tag; or nothing if it has changed. */
    Optional<String> replace(String name, String content, String tag) throws IOException {
        return put(name, content, Map.of("If-Match", '"' + tag + '"'));
    }

    /** A refusal may be the answer to the second try of a put whose first answer was lost: then what is there is ours. */
    private Optional<String> put(String name, String content, Map<String, String> condition) throws IOException {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        try {
            return Optional.of(
                    ask(() -> client.putObject(PutObjectArgs.builder().bucket(bucket).object(prefix + name).stream(
                                            new ByteArrayInputStream(bytes), bytes.length, -1)
                                    .extraHeaders(condition)
                                    .build()))
                            .etag());
        } catch (StoreException refused) {
            if (!REFUSED_CONDITIONS.contains(refused.code())) {
                throw refused;
            }
            return read(name).filter(stored -> stored.content().equals(content)).map(Stored::tag);
        }
    }

    /** Reads a small object, if it is there. */
    Optional<Stored> read(String name) throws IOException {
        try (GetObjectResponse answer = ask(() -> client.getObject(
                GetObjectArgs.builder().bucket(bucket).object(prefix + name).build()))) {
            return Optional.of(new Stored(
                    new String(answer.readAllBytes(), StandardCharsets.UTF_8),
                    answer.headers().get("ETag").replace("\"", ""),
                    instant(answer.headers().get("Last-Modified")),
                    instant(answer.headers().get("Date"))));
        } catch (StoreException absent) {
            if (absent.code().equals("NoSuchKey")) {
                return Optional.empty();
            }
            throw absent;
        }
    }

    private static Instant instant(String header) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.parse(header, Instant::from);
    }

    /** Waits for an answer. What the client throws names requests with all their headers; only the store's code is passed on. */
    static <T> T ask(Call<T> call) throws IOException {
        try {
            return call.ask().join();
        } catch (CompletionException e) {
            throw translated(e.getCause());
        } catch (MinioException | GeneralSecurityException e) {
            throw translated(e);
        }
    }

    static IOException translated(Throwable thrown) {
        if (thrown instanceof CompletionException wrapped && wrapped.getCause() != null) {
            return translated(wrapped.getCause());
        }
        if (thrown instanceof ErrorResponseException refused) {
            String code = refused.errorResponse().code();
            return refused.response().code() == 403
                    ? new AccessDeniedException("object store", null, code)
                    : new StoreException(code);
        }
        return thrown instanceof IOException broken
                ? broken
                : new StoreException(thrown.getClass().getSimpleName());
    }

    /** Removes an object, whether it is there or not. */
    void remove(String name) throws IOException {
        ask(() -> client.removeObject(
                RemoveObjectArgs.builder().bucket(bucket).object(prefix + name).build()));
    }

    /** The objects in this place whose names begin so, as they are listed: by name. */
    public void list(String start, Consumer<Listed> reader) throws IOException {
        try {
            for (Result<Item> item : client.listObjects(ListObjectsArgs.builder()
                    .bucket(bucket)
                    .prefix(prefix + start)
                    .recursive(true)
                    .build())) {
                Item object = item.get();
                reader.accept(new Listed(
                        object.objectName().substring(prefix.length()),
                        object.size(),
                        object.lastModified().toInstant()));
            }
        } catch (MinioException | GeneralSecurityException e) {
            throw translated(e);
        }
    }

    /** What went wrong, in words that name nothing but what the store says. */
    public static String words(IOException e) {
        if (e instanceof StoreException refused) {
            return refused.code().equals("NoSuchBucket")
                    ? "there is no such bucket; scripts/clientele store init makes it"
                    : refused.code();
        }
        String fault =
                StorageFault.of(e).map(StorageFault::words).orElse(e.getClass().getSimpleName());
        return e instanceof AccessDeniedException denied && denied.getReason() != null
                ? fault + ": " + denied.getReason()
                : fault;
    }

    MinioAsyncClient client() {
        return client;
    }

    String bucket() {
        return bucket;
    }

    /** Where names begin: empty, or ends with a slash. */
    String prefix() {
        return prefix;
    }

    @Override
    public void close() {
        try {
            client.close();
            credentials.close();
        } catch (Exception e) { // declared, as AutoCloseable does
            throw new IllegalStateException("the client of the object store does not close", e);
        }
    }
}
