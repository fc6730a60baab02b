package io.clientele.collect;

import io.clientele.lake.RawZone;
import io.clientele.text.Issue;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CodingErrorAction;
import java.security.DigestInputStream;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.commons.codec.binary.Hex;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** The rows of one text file, read as they are asked for: its records, then its trailer. See {@link ParsedColumns}. */
final class TextFileRows implements Iterator<Row> {

    private static final int LONGEST_RAW = 10_000;

    private final Source source;
    private final Arrival arrival;
    private final DigestInputStream bytes;
    private final RecordReader reader;
    private final int width = ParsedColumns.values().length;
    private RefusedFile refused;
    private long records;
    private Row next;
    private boolean isDone;

    TextFileRows(Source source, Arrival arrival, RawZone raw, int longest) {
        this.source = source;
        this.arrival = arrival;
        try {
            this.bytes = new DigestInputStream(raw.open(arrival.file().name()), DigestUtils.getSha256Digest());
            this.reader = open(longest);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean hasNext() {
        if (next == null && !isDone) {
            next = advance();
        }
        return next != null;
    }

    @Override
    public Row next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        Row row = next;
        next = null;
        return row;
    }

    private RecordReader open(int longest) throws IOException {
        if (!arrival.isDated()) {
            refused = new RefusedFile(Issue.FILE_UNDATED, "expected " + source.dated());
            return () -> null;
        }
        try {
            InputStream content = arrival.file().name().endsWith(".gz") ? new GZIPInputStream(bytes, 1 << 16) : bytes;
            Lines lines = new Lines(
                    new InputStreamReader(
                            content,
                            source.format()
                                    .decodes()
                                    .newDecoder()
                                    .onMalformedInput(CodingErrorAction.REPLACE)
                                    .onUnmappableCharacter(CodingErrorAction.REPLACE)),
                    longest);
            return source.format().kind() == Source.Kind.JSON
                    ? new JsonReader(source, lines, longest)
                    : new CsvReader(source, lines, longest);
        } catch (EOFException | ZipException notGzip) {
            refused = new RefusedFile(Issue.FILE_UNREADABLE, "not a gzip file");
            return () -> null;
        }
    }

    private Row advance() {
        try {
            RawRecord record = read();
            if (record != null) {
                records++;
                return row(record);
            }
            isDone = true;
            bytes.transferTo(OutputStream.nullOutputStream());
            bytes.close();
            return trailer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private RawRecord read() throws IOException {
        try {
            return reader.next();
        } catch (RefusedFile e) {
            refused = e;
        } catch (EOFException | ZipException cutShort) {
            refused = new RefusedFile(Issue.FILE_UNREADABLE, "the gzip file is cut short or damaged");
        }
        return null;
    }

    private Row row(RawRecord record) {
        Object[] row = new Object[width + source.columns().size()];
        ParsedColumns.FILE.set(row, arrival.file().name());
        ParsedColumns.DELIVERED_ON.set(row, arrival.deliveredOn());
        ParsedColumns.POSITION.set(row, record.position());
        ParsedColumns.RAW.set(
                row, record.raw().length() > LONGEST_RAW ? record.raw().substring(0, LONGEST_RAW) : record.raw());
        if (record.issue() != null) {
            ParsedColumns.ISSUE.set(row, record.issue().code());
            ParsedColumns.DETAIL.set(row, record.detail());
        } else {
            System.arraycopy(
                    record.values().toArray(), 0, row, width, record.values().size());
        }
        return RowFactory.create(row);
    }

    private Row trailer() {
        return RowFactory.create(Trailers.values(
                arrival,
                records,
                Hex.encodeHexString(bytes.getMessageDigest().digest()),
                refused,
                width + source.columns().size()));
    }
}
