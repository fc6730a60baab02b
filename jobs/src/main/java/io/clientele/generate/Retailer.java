package io.clientele.generate;

import static io.clientele.config.Requirement.check;

import io.clientele.failure.ExitCode;
import io.clientele.failure.Failure;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A French retailer that never was: its customers, their contact records in five systems, what they buy and do, what comes back
 * of what is sent to them, and a register of companies to find those among them in; written as the files that those systems
 * would deliver, and beside them the truth of who is who. The same settings give the same
 * bytes, whatever the number of threads. Customers are simulated in chunks, each from its own random draws; the chunks are
 * written in their order, and memory holds no more than a few of them.
 */
public final class Retailer {

    /** The share of records that are malformed on purpose, where nothing else is asked for. */
    public static final double USUAL_MALFORMED_SHARE = 0.005;

    /** How many persons are simulated in one go; it decides where gzip members end, hence the bytes. */
    private static final int CHUNK = 2_000;

    private static final int CHUNKS_AHEAD_PER_THREAD = 2;

    /**
     * What to simulate.
     *
     * @param customers number of persons, 1 to 100 million
     * @param days number of days with orders and events, 1 to 3660
     * @param seed any number; another one gives another world
     * @param until the last of the days
     * @param nights how many of the last days have files of contacts, consents and products, 1 to days: the first of them
     *     the stock, the others what is new
     * @param malformedShare the probability that a record is one that must be refused, 0 to 1
     */
    public record Settings(long customers, int days, long seed, LocalDate until, int nights, double malformedShare) {
        public Settings {
            check(
                    customers >= 1 && customers <= 100_000_000,
                    "the number of customers must be between 1 and 100000000, got %d",
                    customers);
            check(days >= 1 && days <= 3_660, "the number of days must be between 1 and 3660, got %d", days);
            check(
                    nights >= 1 && nights <= days,
                    "the number of nights must be between 1 and that of the days, %d, got %d",
                    days,
                    nights);
            check(
                    malformedShare >= 0 && malformedShare <= 1,
                    "the share of malformed records must be between 0 and 1, got %s",
                    malformedShare);
        }
    }

    /**
     * What was written, in records.
     *
     * @param companies legal units and establishments of the register
     * @param malformed how many of the records are to be refused; they are among the others
     */
    public record Tally(
            long persons,
            long contacts,
            long orderLines,
            long events,
            long consents,
            long products,
            long companies,
            long malformed) {}

    private record Made(Chunk chunk, List<Chunk.Piece> pieces) {}

    private final Settings settings;
    private final Days days;
    private final Catalogue catalogue;
    private final People people;
    private final Companies companies;
    private final Registry registry;
    private final Returns returns;
    private final Sales sales;
    private final Consenting consenting;
    private final Journeys journeys;
    private final Feedback feedback;

    public Retailer(Settings settings) {
        this.settings = settings;
        this.days = new Days(settings.until(), settings.days(), settings.nights());
        Season season = new Season(days);
        this.catalogue = new Catalogue(settings.seed());
        this.people = new People(settings.seed(), days, season);
        this.companies = new Companies(settings.seed(), days);
        this.registry = new Registry(settings.seed(), days, companies);
        this.returns = new Returns(settings.seed(), days, registry);
        this.sales = new Sales(settings.seed(), days, season, catalogue);
        this.consenting = new Consenting(settings.seed(), days);
        this.journeys = new Journeys(settings.seed(), days, returns);
        this.feedback = new Feedback(settings.seed(), days);
    }

    /**
     * Writes {@code raw/<source>/<source>-<day>.<ending>}, {@code truth/contacts.csv} and {@code truth/companies.csv}.
     *
     * @param out a folder that is empty, or not there yet
     * @param threads how many to simulate with, at least 1
     * @throws Failure (usage) if the folder holds something; (storage) if it cannot be written
     */
    public Tally generate(Path out, int threads) {
        Delivery delivery = Delivery.into(out, days);
        long products = new CatalogueFiles(settings.seed(), days).deliver(catalogue, delivery.folder("products"));
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            return deliver(delivery, products, pool, threads * CHUNKS_AHEAD_PER_THREAD);
        } finally {
            pool.shutdownNow();
        }
    }

    private Tally deliver(Delivery delivery, long products, ExecutorService pool, int ahead) {
        Tally tally = new Tally(settings.customers(), 0, 0, 0, 0, products, 0, 0);
        Deque<Future<Made>> making = new ArrayDeque<>();
        long next = 0;
        while (next < settings.customers() || !making.isEmpty()) {
            while (next < settings.customers() && making.size() < ahead) {
                long first = next;
                making.add(pool.submit(() -> made(first)));
                next += CHUNK;
            }
            Made made = awaited(making.remove());
            made.pieces().forEach(delivery::append);
            delivery.appendTruth(made.chunk().truth());
            delivery.appendCompanies(made.chunk().companies());
            tally = sum(tally, made.chunk());
        }
        return tally;
    }

    private Made made(long first) {
        Chunk chunk = new Chunk(settings.malformedShare(), days);
        for (long number = first; number < Math.min(first + CHUNK, settings.customers()); number++) {
            Person person = people.person(number);
            registry.deliver(person, chunk);
            List<Sales.Visit> purchases = sales.deliver(person, chunk);
            journeys.deliver(person, purchases, consenting.deliver(person, chunk), chunk);
            feedback.deliver(person, purchases, chunk);
            sales.deliverAnonymous(number, chunk);
            returns.deliver(person, chunk);
            companies.deliver(person, chunk);
        }
        return new Made(chunk, chunk.pieces());
    }

    private static Made awaited(Future<Made> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure(ExitCode.BUG, "generating was interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private static Tally sum(Tally tally, Chunk chunk) {
        return new Tally(
                tally.persons(),
                tally.contacts() + chunk.count(Feed.Kind.CONTACTS),
                tally.orderLines() + chunk.count(Feed.Kind.ORDER_LINES),
                tally.events() + chunk.count(Feed.Kind.EVENTS),
                tally.consents() + chunk.count(Feed.Kind.CONSENTS),
                tally.products(),
                tally.companies() + chunk.count(Feed.Kind.COMPANIES),
                tally.malformed() + chunk.malformed());
    }
}
