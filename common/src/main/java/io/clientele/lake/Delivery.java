package io.clientele.lake;

import static io.clientele.lake.ObjectStore.ask;

import io.clientele.failure.Failure;
import io.minio.StatObjectArgs;
import io.minio.StatObjectResponse;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * Brings files into a raw zone, several at once. What is there with the same checksum is left alone, so that a delivery that
 * broke off is simply begun again; an object appears under its name when all of it is there.
 */
public final class Delivery {

    /** What became of a file. */
    public enum Outcome {
        DELIVERED,
        REPLACED,
        THERE_ALREADY
    }

    /** Told, by several threads, how far a delivery is. */
    public interface Progress {
        void advanced(long bytes);

        void ended(Outcome outcome);
    }

    /** Files and their sizes, before they are delivered. */
    public record Parcel(Path folder, List<Path> files, long bytes) {}

    private static final String CHECKSUM = "sha256";

    private final ObjectStore store;
    private final Progress progress;

    public Delivery(ObjectStore store, Progress progress) {
        this.store = store;
        this.progress = progress;
    }

    /**
     * The files of a folder, but for those whose name, or whose folder's name, starts with a dot or an underscore: somebody
     * still writes them.
     */
    public static Parcel parcel(Path folder) {
        try (Stream<Path> found = Files.walk(folder)) {
            List<Path> files = found.filter(Files::isRegularFile)
                    .filter(file -> isMeant(folder.relativize(file)))
                    .sorted()
                    .toList();
            long bytes = 0;
            for (Path file : files) {
                bytes += Files.size(file);
            }
            return new Parcel(folder, files, bytes);
        } catch (IOException | UncheckedIOException e) {
            throw Failure.input("%s: there is no such folder, or it cannot be read", folder);
        }
    }

    private static boolean isMeant(Path file) {
        for (Path step : file) {
            if (step.toString().startsWith(".") || step.toString().startsWith("_")) {
                return false;
            }
        }
        return true;
    }

    /** @throws IOException of the first file that could not be delivered, when all others are done */
    public void bring(Parcel parcel, int atOnce) throws IOException {
        List<Callable<Outcome>> work = new ArrayList<>();
        parcel.files().forEach(file -> work.add(() -> bring(parcel.folder(), file)));
        ExecutorService threads = Executors.newFixedThreadPool(atOnce);
        try {
            IOException first = null;
            for (Future<Outcome> file : threads.invokeAll(work)) {
                try {
                    file.get();
                } catch (ExecutionException e) {
                    first = first != null ? first : ObjectStore.translated(e.getCause());
                }
            }
            if (first != null) {
                throw first;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        } finally {
            threads.shutdownNow();
        }
    }

    private Outcome bring(Path folder, Path file) throws IOException {
        String name = folder.relativize(file).toString().replace('\\', '/');
        Checksum checksum = Checksum.of(file);
        Optional<StatObjectResponse> there = stat(name);
        if (there.filter(object -> isOf(checksum, object)).isPresent()) {
            progress.advanced(checksum.size());
            return ended(Outcome.THERE_ALREADY);
        }
        new Upload(store, name, file, checksum).run(progress);
        if (stat(name).filter(object -> isOf(checksum, object)).isEmpty()) {
            throw new IOException("what arrived is not what was sent");
        }
        return ended(there.isPresent() ? Outcome.REPLACED : Outcome.DELIVERED);
    }

    private Outcome ended(Outcome outcome) {
        progress.ended(outcome);
        return outcome;
    }

    private static boolean isOf(Checksum checksum, StatObjectResponse object) {
        return object.size() == checksum.size()
                && checksum.sha256().equals(object.userMetadata().get(CHECKSUM));
    }

    private Optional<StatObjectResponse> stat(String name) throws IOException {
        try {
            return Optional.of(ask(() -> store.client()
                    .statObject(StatObjectArgs.builder()
                            .bucket(store.bucket())
                            .object(store.prefix() + name)
                            .build())));
        } catch (StoreException absent) {
            if (absent.code().equals("NoSuchKey")) {
                return Optional.empty();
            }
            throw absent;
        }
    }
}
