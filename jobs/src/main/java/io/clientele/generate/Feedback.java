package io.clientele.generate;

import io.clientele.generate.Draws.Purpose;
import io.clientele.generate.Sales.Visit;
import java.util.List;

/** Delivers what buyers say afterwards: answers to surveys, reviews, and the friends that the content ones send. */
final class Feedback {

    private final long seed;
    private final Days days;

    Feedback(long seed, Days days) {
        this.seed = seed;
        this.days = days;
    }

    void deliver(Person person, List<Visit> purchases, Chunk chunk) {
        if (purchases.isEmpty()) {
            return;
        }
        Draws draws = new Draws(seed, Purpose.FEEDBACK, person.number());
        double satisfaction = draws.beta(4, 1.5);
        for (Visit purchase : purchases) {
            if (draws.chance(0.08)) {
                write(person, purchase, "nps", mark(satisfaction, 0, 10, draws), draws, chunk);
            }
            if (draws.chance(0.05)) {
                write(person, purchase, "avis", mark(satisfaction, 1, 5, draws), draws, chunk);
            }
            if (draws.chance(0.04 * satisfaction * satisfaction)) {
                write(person, purchase, "parrainage", null, draws, chunk);
            }
        }
    }

    private static String mark(double satisfaction, int least, int most, Draws draws) {
        long mark = Math.round(least + (most - least) * (satisfaction + 0.08 * draws.normal()));
        return Long.toString(Math.max(least, Math.min(most, mark)));
    }

    private void write(Person person, Visit purchase, String kind, String mark, Draws draws, Chunk chunk) {
        int day = purchase.day() + draws.between(1, 14);
        if (day <= days.last()) {
            chunk.write(
                    Feed.FEEDBACK,
                    day,
                    draws,
                    person.memberships().get(0).ref(),
                    days.utc(day, Sales.second(draws, true)),
                    kind,
                    mark,
                    purchase.isWeb() ? "site" : "magasin");
        }
    }
}
