package io.clientele.generate;

import io.clientele.generate.Draws.Purpose;
import io.clientele.generate.Person.Membership;

/** Delivers what a person agrees to, and tells until when e-mails may be sent. */
final class Consenting {

    private static final String MARKETING = "marketing";

    private final long seed;
    private final Days days;

    Consenting(long seed, Days days) {
        this.seed = seed;
        this.days = days;
    }

    /**
     * When e-mails are sent to a person.
     *
     * @param ref whom to; null for nobody
     * @param from the first day
     * @param to the last day
     */
    record Mailing(String ref, int from, int to) {
        static final Mailing NONE = new Mailing(null, 0, -1);
    }

    Mailing deliver(Person person, Chunk chunk) {
        Draws draws = new Draws(seed, Purpose.CONSENTS, person.number());
        person.card(days.last()).ifPresent(card -> {
            boolean isGranted = draws.chance(0.6);
            write(card.ref(), "sms", isGranted, card.since(), "carte, bulletin v2", draws, chunk);
            if (isGranted) {
                withdraw(card.ref(), "sms", card.since(), draws, chunk);
            }
        });
        Membership mailbox = person.in(Feed.NEWSLETTER)
                .or(() -> person.in(Feed.WEB_ACCOUNTS))
                .orElse(null);
        if (mailbox == null) {
            return Mailing.NONE;
        }
        boolean isSubscriber = mailbox.feed() == Feed.NEWSLETTER;
        boolean isGranted = isSubscriber || draws.chance(0.35);
        String proof = isSubscriber ? "double opt-in" : "compte web, case v" + draws.between(1, 3);
        write(mailbox.ref(), "email", isGranted, mailbox.since(), proof, draws, chunk);
        if (!isGranted) {
            return Mailing.NONE;
        }
        int withdrawn = withdraw(mailbox.ref(), "email", mailbox.since(), draws, chunk);
        return new Mailing(mailbox.ref(), Math.max(0, mailbox.since() + 1), Math.min(days.last(), withdrawn));
    }

    private int withdraw(String ref, String channel, int since, Draws draws, Chunk chunk) {
        int day = since + 1 + (int) Math.min(1e6, draws.exponential(2_500));
        if (day <= days.last()) {
            write(ref, channel, false, day, channel.equals("sms") ? "STOP" : "lien de désinscription", draws, chunk);
        }
        return day;
    }

    private void write(String ref, String channel, boolean isGranted, int day, String proof, Draws draws, Chunk chunk) {
        chunk.write(
                Feed.CONSENTS,
                Math.max(days.stock(), day),
                draws,
                ref,
                MARKETING,
                channel,
                isGranted ? "oui" : "non",
                days.utc(day, Sales.second(draws, true)),
                proof);
    }
}
