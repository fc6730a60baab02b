package io.clientele.generate;

import io.clientele.generate.Draws.Purpose;
import io.clientele.generate.Person.Membership;
import java.util.List;

/**
 * Delivers what comes back: letters to those who have moved and did not say so, e-mails to mailboxes that are misspelt or
 * given up, calls to numbers that are no more.
 */
final class Returns {

    private static final int STREAMS = 64;
    private static final int MAILBOX = 60;
    private static final int WEEK = 7;
    private static final int FOUR_WEEKS = 28;
    private static final List<String> REASONS = List.of(
            "NPAI", "PND destinataire inconnu à l'adresse", "PND défaut d'accès ou d'adressage", "PND non réclamé");

    private final long seed;
    private final Days days;
    private final Registry registry;

    Returns(long seed, Days days, Registry registry) {
        this.seed = seed;
        this.days = days;
        this.registry = registry;
    }

    void deliver(Person person, Chunk chunk) {
        for (int index = 0; index < person.memberships().size(); index++) {
            Membership membership = person.memberships().get(index);
            Draws draws = new Draws(seed, Purpose.RETURNS, person.number() * STREAMS + index);
            if (membership.feed() == Feed.CRM || membership.feed() == Feed.LOYALTY) {
                letters(person, index, draws, chunk);
                call(person, index, draws, chunk);
            } else if (membership.feed() == Feed.NEWSLETTER && membership.rank() > 0) {
                secondMailbox(person, membership, draws, chunk);
            }
        }
    }

    /** The day from which e-mails to the address that a record holds come back; {@link Integer#MAX_VALUE} if they never do. */
    int bouncesFrom(Person person, String ref) {
        Draws draws = new Draws(seed, Purpose.RETURNS, person.number() * STREAMS + MAILBOX);
        int secondDies = draws.chance(0.6) ? draws.between(-400, days.last()) : Integer.MAX_VALUE;
        int firstDies = draws.chance(0.03) ? draws.between(0, days.last()) : Integer.MAX_VALUE;
        for (int index = 0; index < person.memberships().size(); index++) {
            Membership membership = person.memberships().get(index);
            if (membership.ref().equals(ref)
                    && (membership.feed() == Feed.NEWSLETTER || membership.feed() == Feed.WEB_ACCOUNTS)) {
                String address = membership.feed() == Feed.NEWSLETTER
                        ? membership.key()
                        : Feed.WEB_ACCOUNTS.value("email", registry.record(person, index, days.last()));
                return address.equals(person.email())
                        ? firstDies
                        : address.equals(person.secondEmail()) ? secondDies : Integer.MIN_VALUE;
            }
        }
        return Integer.MAX_VALUE;
    }

    /** A mailing every four weeks; to whom a letter came back no other is sent. */
    private void letters(Person person, int index, Draws draws, Chunk chunk) {
        Membership membership = person.memberships().get(index);
        for (int day = FOUR_WEEKS / 3; day <= days.last(); day += FOUR_WEEKS) {
            if (day < membership.since()) {
                continue;
            }
            boolean isLost = !registry.home(person, index, day).equals(person.homeOn(day));
            if (draws.chance(isLost ? 0.85 : 0.004)) {
                int back = day + draws.between(5, 14);
                String street = membership.feed() == Feed.CRM ? "ADRESSE" : "street";
                boolean wasSent = membership.feed().value(street, registry.record(person, index, day)) != null;
                if (wasSent && back <= days.last()) {
                    write(membership, back, "courrier", isLost ? draws.pick(REASONS) : REASONS.get(2), draws, chunk);
                }
                return;
            }
        }
    }

    /** The call centre tries some, once; a landline does not move along. */
    private void call(Person person, int index, Draws draws, Chunk chunk) {
        Membership membership = person.memberships().get(index);
        boolean isCalled = draws.chance(0.3);
        int day = draws.between(0, days.last());
        boolean isMobileDead = draws.chance(0.03);
        if (!isCalled || day < membership.since()) {
            return;
        }
        String[] record = registry.record(person, index, day);
        boolean isCrm = membership.feed() == Feed.CRM;
        if (membership.feed().value(isCrm ? "TEL" : "phone", record) != null && day >= person.movesOn()) {
            write(membership, day, "telephone", "fixe non attribué", draws, chunk);
        }
        if (membership.feed().value(isCrm ? "PORTABLE" : "mobile", record) != null && isMobileDead) {
            write(membership, day, "telephone", "mobile non attribué", draws, chunk);
        }
    }

    /** The weekly campaign finds the older mailbox given up. */
    private void secondMailbox(Person person, Membership membership, Draws draws, Chunk chunk) {
        int dead = bouncesFrom(person, membership.ref());
        if (dead == Integer.MAX_VALUE) {
            return;
        }
        int from = Math.max(0, Math.max(dead, membership.since() + 1));
        int day = (from + WEEK - 1) / WEEK * WEEK;
        if (day <= days.last()) {
            int second = 9 * 3600 + draws.below(1_800);
            String campaign = Journeys.campaign(days.iso(day));
            chunk.write(Feed.EMAIL_EVENTS, day, draws, days.utc(day, second), "sent", campaign, membership.ref());
            chunk.write(
                    Feed.EMAIL_EVENTS, day, draws, days.utc(day, second + 5), "bounced", campaign, membership.ref());
        }
    }

    private void write(Membership membership, int day, String channel, String reason, Draws draws, Chunk chunk) {
        chunk.write(
                Feed.RETURNS,
                day,
                draws,
                membership.ref(),
                days.frenchTime(day, Sales.second(draws, false)),
                channel,
                reason);
    }
}
