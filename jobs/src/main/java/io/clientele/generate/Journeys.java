package io.clientele.generate;

import io.clientele.generate.Consenting.Mailing;
import io.clientele.generate.Draws.Purpose;
import io.clientele.generate.Person.Membership;
import io.clientele.generate.Sales.Visit;
import java.util.List;

/**
 * Delivers what persons do beside buying. Visits gather before purchases, and those who left for good look in, open and
 * click less: so that events tell something about what comes next.
 */
final class Journeys {

    private static final int WEEK = 7;
    private static final List<String> PAGES = List.of(
            "/", "/produits", "/promotions", "/panier", "/compte", "/magasins", "/cafe", "/cuisine", "/idees-cadeaux");
    private static final List<String> REASONS =
            List.of("livraison", "retour", "facture", "carte de fidélité", "réclamation", "question produit");

    private final long seed;
    private final Days days;
    private final Returns returns;

    Journeys(long seed, Days days, Returns returns) {
        this.seed = seed;
        this.days = days;
        this.returns = returns;
    }

    void deliver(Person person, List<Visit> purchases, Mailing mailing, Chunk chunk) {
        Draws draws = new Draws(seed, Purpose.JOURNEY, person.number());
        int lastSeen = purchases.isEmpty()
                ? days.last()
                : purchases.get(purchases.size() - 1).day() + 60;
        for (Visit purchase : purchases) {
            before(person, purchase, draws, chunk);
        }
        looking(person, lastSeen, draws, chunk);
        int bouncesFrom = mailing.ref() == null ? Integer.MAX_VALUE : returns.bouncesFrom(person, mailing.ref());
        Draws forwarding = new Draws(seed, Purpose.FORWARDING, person.number());
        mails(mailing, bouncesFrom, lastSeen, draws, forwarding, chunk);
        calls(person, purchases, draws, chunk);
    }

    private void before(Person person, Visit purchase, Draws draws, Chunk chunk) {
        if (purchase.isWeb()) {
            int early = draws.poisson(0.8);
            for (int i = 0; i < early; i++) {
                browse(person, purchase.day() - draws.between(1, 10), Sales.second(draws, true), draws, chunk);
            }
            browse(person, purchase.day(), Math.max(7 * 3600, purchase.second() - 900), draws, chunk);
        } else if (draws.chance(0.5)) {
            visit(person, purchase.day(), purchase.second() - 600, draws, chunk);
        }
    }

    /** Visits that lead to nothing. */
    private void looking(Person person, int lastSeen, Draws draws, Chunk chunk) {
        person.in(Feed.WEB_ACCOUNTS).ifPresent(account -> {
            int from = Math.max(0, account.since());
            int visits = draws.poisson(0.006 * Math.max(0, Math.min(lastSeen, days.last()) - from));
            for (int i = 0; i < visits; i++) {
                int day = draws.between(from, Math.min(lastSeen, days.last()));
                browse(person, day, Sales.second(draws, true), draws, chunk);
            }
        });
        person.card(days.last()).ifPresent(card -> {
            int visits = draws.poisson(0.002 * Math.max(0, Math.min(lastSeen, days.last()) - card.since()));
            for (int i = 0; i < visits; i++) {
                int day = draws.between(Math.max(0, card.since()), Math.min(lastSeen, days.last()));
                visit(person, day, Sales.second(draws, false), draws, chunk);
            }
        });
    }

    private void browse(Person person, int day, int second, Draws draws, Chunk chunk) {
        if (day < 0) {
            return;
        }
        String customer = draws.chance(0.15) ? null : Sales.login(person).orElse(null);
        page(day, second, "visit", "/", customer, draws, chunk);
        int pages = draws.poisson(1.8);
        for (int i = 1; i <= pages; i++) {
            int later = Math.min(second + i * draws.between(8, 90), 86_390);
            page(day, later, "page_view", draws.pickEarly(PAGES), customer, draws, chunk);
        }
    }

    private void page(int day, int second, String type, String page, String customer, Draws draws, Chunk chunk) {
        chunk.write(Feed.WEB_EVENTS, day, draws, days.utc(day, second), type, page, customer);
    }

    private void visit(Person person, int day, int second, Draws draws, Chunk chunk) {
        String card = person.card(day).map(Membership::key).orElse(null);
        chunk.write(
                Feed.SHOP_VISITS, day, draws, card, days.frenchTime(day, second), Sales.shopName(Sales.shop(draws)));
    }

    static String campaign(String day) {
        return "hebdo-" + day;
    }

    /** A campaign a week, on the same weekday for all; nothing more is sent where one came back. */
    private void mails(Mailing mailing, int bouncesFrom, int lastSeen, Draws draws, Draws forwarding, Chunk chunk) {
        double taste = draws.beta(1.2, 3);
        int first = Math.floorDiv(mailing.from() + WEEK - 1, WEEK) * WEEK;
        for (int day = first; day <= mailing.to(); day += WEEK) {
            String campaign = campaign(days.iso(day));
            int second = 9 * 3600 + draws.below(1_800);
            mail(day, second, "sent", campaign, mailing.ref(), draws, chunk);
            if (day >= bouncesFrom) {
                mail(day, second + 5, "bounced", campaign, mailing.ref(), draws, chunk);
                return;
            }
            double interest = day <= lastSeen ? 1 : 0.35;
            if (draws.chance(taste * interest)) {
                int hours = 36_000 + draws.below(44_000);
                mail(day, hours, "open", campaign, mailing.ref(), draws, chunk);
                if (draws.chance(0.15)) {
                    int click = hours + draws.between(5, 300);
                    mail(day, click, "click", campaign, mailing.ref(), draws, chunk);
                    if (forwarding.chance(0.05)) {
                        int then = click + forwarding.between(20, 600);
                        mail(day, then, "forward", campaign, mailing.ref(), forwarding, chunk);
                    }
                }
            }
        }
    }

    private void mail(int day, int second, String event, String campaign, String ref, Draws draws, Chunk chunk) {
        chunk.write(Feed.EMAIL_EVENTS, day, draws, days.utc(day, second), event, campaign, ref);
    }

    private void calls(Person person, List<Visit> purchases, Draws draws, Chunk chunk) {
        for (Visit purchase : purchases) {
            int day = purchase.day() + draws.between(1, 12);
            if (draws.chance(0.04) && day <= days.last()) {
                chunk.write(
                        Feed.CALLS,
                        day,
                        draws,
                        days.frenchTime(day, Sales.second(draws, false)),
                        person.memberships().get(0).ref(),
                        draws.pick(REASONS),
                        Integer.toString(30 + (int) draws.exponential(240)));
            }
        }
    }
}
