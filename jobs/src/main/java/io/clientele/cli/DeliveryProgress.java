package io.clientele.cli;

import io.clientele.lake.Delivery;
import io.clientele.lake.Delivery.Outcome;
import java.io.PrintWriter;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** One line that tells how far a delivery is, rewritten in place; silent when nobody watches a terminal. */
final class DeliveryProgress implements Delivery.Progress, AutoCloseable {

    private static final long REFRESH_NANOS = 100_000_000;

    private final PrintWriter err;
    private final Delivery.Parcel parcel;
    private final boolean isTerminal = Watcher.isThere();
    private final Map<Outcome, Integer> ended = new EnumMap<>(Outcome.class);
    private long bytes;
    private long shownAt;

    DeliveryProgress(PrintWriter err, Delivery.Parcel parcel) {
        this.err = err;
        this.parcel = parcel;
    }

    @Override
    public synchronized void advanced(long more) {
        bytes += more;
        if (isTerminal && System.nanoTime() - shownAt > REFRESH_NANOS) {
            shownAt = System.nanoTime();
            err.print("\r\u001b[K"
                    + String.format(
                            Locale.ROOT,
                            "%d of %d files, %,d of %,d MB",
                            ended.values().stream().mapToInt(Integer::intValue).sum(),
                            parcel.files().size(),
                            bytes >> 20,
                            parcel.bytes() >> 20));
            err.flush();
        }
    }

    @Override
    public synchronized void ended(Outcome outcome) {
        ended.merge(outcome, 1, Integer::sum);
    }

    /** What came of it, as a sentence without its end. */
    synchronized String summary() {
        close();
        return String.format(
                Locale.ROOT,
                "%,d files delivered, %,d replaced, %,d were there already (%,d MB in all)",
                ended.getOrDefault(Outcome.DELIVERED, 0),
                ended.getOrDefault(Outcome.REPLACED, 0),
                ended.getOrDefault(Outcome.THERE_ALREADY, 0),
                parcel.bytes() >> 20);
    }

    /** Leaves the line clean for what is printed next. */
    @Override
    public synchronized void close() {
        if (isTerminal) {
            err.print("\r\u001b[K");
            err.flush();
        }
    }
}
