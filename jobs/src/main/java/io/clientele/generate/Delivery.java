package io.clientele.generate;

import io.clientele.failure.ExitCode;
import io.clientele.failure.Failure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;

/** The files, to whose ends the chunks are written one after the other. No file stays open: there may be thousands. */
final class Delivery {

    private final Path raw;
    private final Path truth;
    private final Path companies;
    private final Days days;

    private Delivery(Path out, Days days) {
        this.raw = out.resolve("raw");
        this.truth = out.resolve("truth").resolve("contacts.csv");
        this.companies = out.resolve("truth").resolve("companies.csv");
        this.days = days;
    }

    /**
     * Starts every file, for a day without records has one too.
     *
     * @throws Failure (usage) if the folder is there and not empty
     */
    static Delivery into(Path out, Days days) {
        Delivery delivery = new Delivery(out, days);
        try {
            if (Files.exists(out) && !isEmptyFolder(out)) {
                throw new Failure(ExitCode.USAGE, out + " is not an empty folder; name a new one with --out");
            }
            delivery.start();
        } catch (IOException e) {
            throw unwritable(out, e);
        }
        return delivery;
    }

    void append(Chunk.Piece piece) {
        append(raw.resolve(piece.feed().file(days.iso(piece.day()))), piece.bytes());
    }

    void appendTruth(ByteBuffer bytes) {
        append(truth, bytes);
    }

    void appendCompanies(ByteBuffer bytes) {
        append(companies, bytes);
    }

    /** The folder of a source, there from now on. */
    Path folder(String source) {
        try {
            return Files.createDirectories(raw.resolve(source));
        } catch (IOException e) {
            throw unwritable(raw, e);
        }
    }

    static Failure unwritable(Path path, IOException cause) {
        return new Failure(ExitCode.STORAGE, path + ": cannot be written: " + cause.getMessage(), cause);
    }

    private static boolean isEmptyFolder(Path out) throws IOException {
        if (!Files.isDirectory(out)) {
            return false;
        }
        try (Stream<Path> files = Files.list(out)) {
            return files.findAny().isEmpty();
        }
    }

    private void start() throws IOException {
        Files.createDirectories(truth.getParent());
        Files.write(truth, "source,contact_ref,person_id\n".getBytes(StandardCharsets.UTF_8));
        Files.write(companies, "source,contact_ref,siret\n".getBytes(StandardCharsets.UTF_8));
        try (GzipMembers gzip = new GzipMembers()) {
            for (Feed feed : Feed.values()) {
                folder(feed.source());
                for (int day = feed.kind().isDaily() ? 0 : days.stock(); day < days.count(); day++) {
                    byte[] start = feed.dialect().start(feed.columns(day == days.stock()));
                    byte[] bytes = feed.dialect().isJson() ? gzip.member(start) : start;
                    Files.write(raw.resolve(feed.file(days.iso(day))), bytes);
                }
            }
        }
    }

    private static void append(Path file, ByteBuffer bytes) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.APPEND)) {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }
}
