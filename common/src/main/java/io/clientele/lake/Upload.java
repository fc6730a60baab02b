package io.clientele.lake;

import static io.clientele.lake.ObjectStore.ask;

import com.google.common.collect.ImmutableMultimap;
import com.google.common.collect.Multimap;
import io.minio.PutObjectArgs;
import io.minio.messages.ListPartsResult;
import io.minio.messages.Part;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One file on its way: in one go if it is small, else in parts, of which those that arrived before are not sent again. */
final class Upload {

    /** At most 10,000 parts, as stores allow. */
    private static final int PART = 16 << 20;

    private static final int MOST_PARTS = 10_000;

    private final ObjectStore store;
    private final String key;
    private final Path file;
    private final Checksum checksum;

    Upload(ObjectStore store, String name, Path file, Checksum checksum) {
        this.store = store;
        this.key = store.prefix() + name;
        this.file = file;
        this.checksum = checksum;
    }

    void run(Delivery.Progress progress) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            if (checksum.size() <= PART) {
                byte[] all = in.readNBytes(PART);
                ask(() -> store.client()
                        .putObject(PutObjectArgs.builder().bucket(store.bucket()).object(key).stream(
                                        new ByteArrayInputStream(all), all.length, -1)
                                .userMetadata(Map.of("sha256", checksum.sha256()))
                                .build()));
                progress.advanced(all.length);
            } else {
                inParts(in, progress);
            }
        }
    }

    private void inParts(InputStream in, Delivery.Progress progress) throws IOException {
        Optional<String> begun = begun();
        String id = begun.isPresent() ? begun.get() : begin();
        Map<Integer, Part> arrived = arrived(id);
        int size = (int) Math.max(PART, checksum.size() / MOST_PARTS + 1);
        List<Part> parts = new ArrayList<>();
        for (byte[] part = in.readNBytes(size); part.length > 0; part = in.readNBytes(size)) {
            int number = parts.size() + 1;
            Part before = arrived.get(number);
            parts.add(
                    before != null && before.etag().replace("\"", "").equals(Checksum.tag(part))
                            ? before
                            : send(id, number, part));
            progress.advanced(part.length);
        }
        ask(() -> store.client()
                .completeMultipartUploadAsync(store.bucket(), null, key, id, parts.toArray(Part[]::new), null, null));
    }

    private Part send(String id, int number, byte[] part) throws IOException {
        String tag = ask(() -> store.client()
                        .uploadPartAsync(store.bucket(), null, key, part, part.length, id, number, null, null))
                .etag();
        return new Part(number, tag);
    }

    private String begin() throws IOException {
        Multimap<String, String> metadata = ImmutableMultimap.of(
                "x-amz-meta-sha256", checksum.sha256(), "Content-Type", "application/octet-stream");
        return ask(() -> store.client().createMultipartUploadAsync(store.bucket(), null, key, metadata, null))
                .result()
                .uploadId();
    }

    /** The upload of this object that was begun last and did not come to its end. */
    private Optional<String> begun() throws IOException {
        return ask(() -> store.client()
                        .listMultipartUploadsAsync(store.bucket(), null, null, null, null, null, key, null, null, null))
                .result()
                .uploads()
                .stream()
                .filter(upload -> upload.objectName().equals(key))
                .max(Comparator.comparing(io.minio.messages.Upload::initiated))
                .map(io.minio.messages.Upload::uploadId);
    }

    private Map<Integer, Part> arrived(String id) throws IOException {
        Map<Integer, Part> arrived = new HashMap<>();
        for (int last = 0; ; ) {
            int after = last;
            ListPartsResult page = ask(() ->
                            store.client().listPartsAsync(store.bucket(), null, key, null, after, id, null, null))
                    .result();
            page.partList().forEach(part -> arrived.put(part.partNumber(), part));
            if (!page.isTruncated()) {
                return arrived;
            }
            last = page.nextPartNumberMarker();
        }
    }
}
