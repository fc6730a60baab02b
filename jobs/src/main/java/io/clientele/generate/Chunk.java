package io.clientele.generate;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What some customers add to the files: made by one thread, then written by another. */
final class Chunk {

    /** Bytes that go to the end of a file of the raw zone. */
    record Piece(Feed feed, int day, ByteBuffer bytes) {}

    private static final Map<Feed, List<Damage>> DAMAGES = damages();

    private final double malformedShare;
    private final int stock;
    private final int lastDay;
    private final Map<Feed, ByteArrayOutputStream[]> files = new EnumMap<>(Feed.class);
    private final ByteArrayOutputStream truth = new ByteArrayOutputStream();
    private final ByteArrayOutputStream companies = new ByteArrayOutputStream();
    private final StringBuilder line = new StringBuilder(512);
    private final Map<Feed.Kind, Long> counts = new EnumMap<>(Feed.Kind.class);
    private long malformed;

    /** @param malformedShare the probability that a record is damaged, 0 to 1 */
    Chunk(double malformedShare, Days days) {
        this.malformedShare = malformedShare;
        this.stock = days.stock();
        this.lastDay = days.last();
    }

    /**
     * Adds a record to the file of a day.
     *
     * @param values as many as the feed has columns; null where there is none
     * @return whether it is whole, not damaged
     */
    boolean write(Feed feed, int day, Draws draws, String... values) {
        Damage damage = draws.chance(malformedShare) ? draws.pick(DAMAGES.get(feed)) : null;
        if (damage != null) {
            damage.spoil(feed, values);
        }
        line.setLength(0);
        if (feed.kind() == Feed.Kind.COMPANIES) {
            feed.dialect().write(feed.columns(day == stock), feed.values(values, day == stock), line);
        } else {
            feed.dialect().write(feed.columns(), values, line);
        }
        if (damage != null) {
            damage.spoil(feed, line);
            malformed++;
        }
        ByteArrayOutputStream file = file(feed, day);
        if (damage == Damage.UNDECODABLE) {
            int middle = line.length() / 2;
            file.writeBytes(line.substring(0, middle).getBytes(feed.dialect().charset()));
            file.writeBytes(feed.dialect().undecodable());
            line.delete(0, middle);
        }
        line.append(feed.dialect().lineEnd());
        file.writeBytes(line.toString().getBytes(feed.dialect().charset()));
        counts.merge(feed.kind(), 1L, Long::sum);
        return damage == null;
    }

    /** Says whom a delivered contact record is about. */
    void tell(Feed feed, String key, long person) {
        truth.writeBytes((feed.source() + ',' + key + ",P" + person + '\n').getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Says which establishment a delivered contact record is of.
     *
     * @param siret empty if the register has not got it
     */
    void tellCompany(Feed feed, String key, String siret) {
        companies.writeBytes((feed.source() + ',' + key + ',' + siret + '\n').getBytes(StandardCharsets.UTF_8));
    }

    /** What it adds to each file, compressed where the file is. */
    List<Piece> pieces() {
        GzipMembers gzip = new GzipMembers();
        List<Piece> pieces = new ArrayList<>();
        files.forEach((feed, byDay) -> {
            for (int day = 0; day < byDay.length; day++) {
                if (byDay[day] != null) {
                    byte[] bytes = byDay[day].toByteArray();
                    byDay[day] = null;
                    byte[] written = feed.dialect().isJson() ? gzip.member(bytes) : bytes;
                    pieces.add(new Piece(feed, day, ByteBuffer.wrap(written)));
                }
            }
        });
        gzip.close();
        return pieces;
    }

    ByteBuffer truth() {
        return ByteBuffer.wrap(truth.toByteArray());
    }

    ByteBuffer companies() {
        return ByteBuffer.wrap(companies.toByteArray());
    }

    long count(Feed.Kind kind) {
        return counts.getOrDefault(kind, 0L);
    }

    long malformed() {
        return malformed;
    }

    private ByteArrayOutputStream file(Feed feed, int day) {
        ByteArrayOutputStream[] byDay = files.computeIfAbsent(feed, absent -> new ByteArrayOutputStream[lastDay + 1]);
        if (byDay[day] == null) {
            byDay[day] = new ByteArrayOutputStream(1 << 12);
        }
        return byDay[day];
    }

    private static Map<Feed, List<Damage>> damages() {
        Map<Feed, List<Damage>> all = new EnumMap<>(Feed.class);
        for (Feed feed : Feed.values()) {
            all.put(feed, Damage.of(feed));
        }
        return all;
    }
}
