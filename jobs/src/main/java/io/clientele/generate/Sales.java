package io.clientele.generate;

import io.clientele.generate.Draws.Purpose;
import io.clientele.generate.Person.Membership;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Delivers the orders of a person, what comes back of them, and the sales of those who show no card. */
final class Sales {

    /** Where and when somebody bought: what journeys lead to. */
    record Visit(int day, int second, boolean isWeb) {}

    private static final double RETURNS = 0.03;
    private static final double CANCELLATIONS = 0.02;
    /** For each person, so many sales a day without a card: about 15 % of the lines of the shops. */
    private static final double ANONYMOUS_A_DAY = 0.00135;

    private static final double CHF = 1.05;
    private static final double GBP = 1.17;
    private static final int SHOPS = 24;

    private final long seed;
    private final Days days;
    private final Season season;
    private final Catalogue catalogue;

    Sales(long seed, Days days, Season season, Catalogue catalogue) {
        this.seed = seed;
        this.days = days;
        this.season = season;
        this.catalogue = catalogue;
    }

    /** Delivers a person's orders, and gives the visits in which they were placed. */
    List<Visit> deliver(Person person, Chunk chunk) {
        if (person.purchases().isEmpty()) {
            return List.of();
        }
        Draws draws = new Draws(seed, Purpose.ORDERS, person.number());
        Spending spending = new Spending(draws);
        Basket basket = new Basket(catalogue, draws.below(catalogue.groups()));
        int shop = shop(draws);
        List<Visit> visits = new ArrayList<>();
        int rank = 0;
        for (int day : person.purchases()) {
            boolean isWeb = draws.chance(person.webShare());
            List<Basket.Line> lines =
                    basket.lines(draws, cents(spending.nextCents(), isWeb ? person.currency() : "EUR"));
            int second = second(draws, isWeb);
            visits.add(new Visit(day, second, isWeb));
            if (isWeb) {
                web(
                        person,
                        "W" + Numbers.ORDER.of(person.number()) + '-' + rank,
                        new Visit(day, second, true),
                        lines,
                        draws,
                        chunk);
            } else {
                String card = person.card(day).map(Membership::key).orElse(null);
                int at = draws.chance(0.9) ? shop : shop(draws);
                shop(
                        "T" + Numbers.TICKET.of(person.number()) + '-' + rank,
                        new Visit(day, second, false),
                        card,
                        at,
                        lines,
                        draws,
                        chunk);
            }
            rank++;
        }
        return visits;
    }

    /** The sales without a card that fall to a person's number, whoever made them. */
    void deliverAnonymous(long number, Chunk chunk) {
        Draws draws = new Draws(seed, Purpose.ANONYMOUS, number);
        int count = draws.poisson(ANONYMOUS_A_DAY * season.end());
        for (int i = 0; i < count; i++) {
            Basket basket = new Basket(catalogue, draws.below(catalogue.groups()));
            Visit visit = new Visit(season.day(draws.unit() * season.end()), second(draws, false), false);
            List<Basket.Line> lines = basket.lines(draws, new Spending(draws).nextCents());
            shop("T" + Numbers.BULLETIN.of(number) + '-' + (i + 1_000), visit, null, shop(draws), lines, draws, chunk);
        }
    }

    private void shop(
            String ticket, Visit visit, String card, int shop, List<Basket.Line> lines, Draws draws, Chunk chunk) {
        for (Basket.Line line : lines) {
            till(ticket, visit, card, shop, line, line.quantity(), draws, chunk);
        }
        for (Basket.Line line : lines) {
            if (draws.chance(RETURNS)) {
                int day = visit.day() + draws.between(1, 30);
                int units = draws.between(1, line.quantity());
                if (day <= days.last()) {
                    Visit back = new Visit(day, second(draws, false), false);
                    till(ticket + 'R', back, card, shop, line, -units, draws, chunk);
                }
            }
        }
    }

    private void till(
            String ticket,
            Visit visit,
            String card,
            int shop,
            Basket.Line line,
            int quantity,
            Draws draws,
            Chunk chunk) {
        chunk.write(
                Feed.SHOP_ORDERS,
                visit.day(),
                draws,
                ticket,
                days.frenchTime(visit.day(), visit.second()),
                line.product().ref(),
                line.product().label(),
                Integer.toString(quantity),
                Catalogue.price(line.unitCents(), ','),
                card,
                shopName(shop));
    }

    private void web(Person person, String order, Visit visit, List<Basket.Line> lines, Draws draws, Chunk chunk) {
        for (Basket.Line line : lines) {
            web(person, order, visit, line, line.quantity(), "paid", draws, chunk);
        }
        if (draws.chance(CANCELLATIONS)) {
            Visit undone = new Visit(visit.day() + draws.below(3), Math.min(visit.second() + 1_800, 86_000), true);
            if (undone.day() <= days.last()) {
                lines.forEach(line -> web(person, order, undone, line, -line.quantity(), "cancelled", draws, chunk));
            }
            return;
        }
        for (Basket.Line line : lines) {
            int day = visit.day() + draws.between(3, 30);
            if (draws.chance(RETURNS * 1.5) && day <= days.last()) {
                Visit back = new Visit(day, second(draws, true), true);
                web(person, order, back, line, -line.quantity(), "returned", draws, chunk);
            }
        }
    }

    private void web(
            Person person,
            String order,
            Visit visit,
            Basket.Line line,
            int quantity,
            String status,
            Draws draws,
            Chunk chunk) {
        chunk.write(
                Feed.WEB_ORDERS,
                visit.day(),
                draws,
                order,
                days.utc(visit.day(), visit.second()),
                line.product().ref(),
                line.product().label(),
                Integer.toString(quantity),
                Catalogue.price(line.unitCents(), '.'),
                person.currency(),
                country(person.currency()),
                login(person).orElse(null),
                status);
    }

    /** How the web shop names a customer who is logged in: by the account, and by the card that it knows of. */
    static Optional<String> login(Person person) {
        return person.in(Feed.WEB_ACCOUNTS).map(account -> {
            String card = account.ref().startsWith("card:")
                    ? ",\"card\":\"" + account.ref().substring(5) + '"'
                    : "";
            return "{\"account\":\"" + account.key() + '"' + card + '}';
        });
    }

    static String shopName(int shop) {
        return Town.FRENCH.get(shop).name();
    }

    /** The large shops more often. */
    static int shop(Draws draws) {
        double u = draws.unit();
        return (int) (u * u * SHOPS);
    }

    /** A second of the day: shops from half past nine to half past seven, the web also late. */
    static int second(Draws draws, boolean isWeb) {
        double middle = (draws.unit() + draws.unit()) / 2;
        return isWeb ? 7 * 3600 + (int) (StrictMath.sqrt(middle) * 16.8 * 3600) : 34_200 + (int) (middle * 36_000);
    }

    private static String country(String currency) {
        return switch (currency) {
            case "CHF" -> "CH";
            case "GBP" -> "GB";
            default -> "FR";
        };
    }

    private static long cents(long euroCents, String currency) {
        return switch (currency) {
            case "CHF" -> Math.round(euroCents / CHF);
            case "GBP" -> Math.round(euroCents / GBP);
            default -> euroCents;
        };
    }
}
