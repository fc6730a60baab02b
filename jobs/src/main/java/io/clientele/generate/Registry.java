package io.clientele.generate;

import io.clientele.generate.Draws.Purpose;
import io.clientele.generate.Person.Home;
import io.clientele.generate.Person.Membership;
import java.util.List;

/**
 * Delivers a person's contact records: in the stock, then in the night when they are new, when a move is heard of, or when
 * a clerk mends what was misspelt.
 */
final class Registry {

    private static final double MENDED_A_NIGHT = 0.003;
    private static final double MOVES_HEARD_OF = 0.6;
    private static final int RECORDS = 64;
    private static final List<String> CONTESTS =
            List.of("Jeu de Noël", "Gagnez un an de café", "Grand jeu de printemps", "Tombola de la rentrée");

    private final long seed;
    private final Days days;

    Registry(long seed, Days days) {
        this.seed = seed;
        this.days = days;
    }

    void deliver(Person person, Chunk chunk) {
        int record = 0;
        for (Membership membership : person.memberships()) {
            deliver(person, membership, person.number() * RECORDS + record * 4L, chunk);
            record++;
        }
    }

    private void deliver(Person person, Membership membership, long stream, Chunk chunk) {
        Draws fate = new Draws(seed, Purpose.RECORD, stream);
        int heardOf = person.movesOn() != Integer.MAX_VALUE
                        && person.movesOn() > membership.since()
                        && fate.chance(MOVES_HEARD_OF)
                ? person.movesOn() + fate.below(60)
                : Integer.MAX_VALUE;
        int mended = fate.chance(MENDED_A_NIGHT * (days.last() - days.stock()))
                ? fate.between(days.stock() + 1, days.last())
                : Integer.MAX_VALUE;
        boolean isTold = false;
        for (int night = Math.max(days.stock(), membership.since()); night <= days.last(); night++) {
            boolean isFirst = night == days.stock() || night == membership.since();
            if (!isFirst && night != heardOf && night != mended) {
                continue;
            }
            Home home = night >= heardOf ? person.nextHome() : person.homeOn(membership.since());
            int updated = night >= mended ? mended : night >= heardOf ? heardOf : membership.since();
            Draws draws = new Draws(seed, Purpose.RECORD, stream + 1);
            String[] values = values(person, membership, home, updated, draws, night >= mended);
            boolean isWhole = chunk.write(membership.feed(), night, fate, values);
            if (isWhole && !isTold) {
                chunk.tell(membership.feed(), membership.key(), person.number());
                isTold = true;
            }
        }
    }

    /** The same draws give the same record again, but for what has changed. */
    private String[] values(
            Person person, Membership membership, Home home, int updated, Draws draws, boolean isMended) {
        Handwriting hand = new Handwriting(draws, isMended);
        return switch (membership.feed()) {
            case CRM -> crm(person, membership, home, updated, hand);
            case LOYALTY -> loyalty(person, membership, home, updated, hand);
            case WEB_ACCOUNTS -> account(person, membership, home, updated, hand);
            case NEWSLETTER ->
                new String[] {
                    hand.slips(0.1) ? Handwriting.capitals(membership.key()) : membership.key(),
                    hand.slips(0.3) ? null : first(person, hand),
                    days.iso(membership.since())
                };
            default -> bulletin(person, membership, hand);
        };
    }

    private String[] crm(Person person, Membership membership, Home home, int updated, Handwriting hand) {
        String first = first(person, hand);
        String last = last(person, hand);
        boolean isSwapped = hand.slips(0.02);
        boolean isCapitals = hand.slips(0.55);
        String birth = Days.french(person.birth());
        if (hand.slips(0.01)) {
            birth = hand.slips(0.5) ? "01/01/1970" : "31/02/" + person.birth().getYear();
        }
        return new String[] {
            membership.key(),
            civility(person, hand),
            capitals(isSwapped ? first : last, isCapitals),
            capitals(isSwapped ? last : first, isCapitals),
            person.company(),
            person.company() != null || hand.slips(0.3) ? null : birth,
            capitals(street(home, hand), isCapitals),
            home.extra(),
            postcode(home, hand),
            capitals(hand.typed(home.town().name(), 0.03), isCapitals),
            home.town().country(),
            hand.slips(0.4) ? null : hand.phone(person.landline()),
            hand.slips(0.45) ? null : hand.phone(person.mobile()),
            hand.slips(0.25) ? null : email(person, hand),
            membership.ref().startsWith("card:") ? membership.ref().substring(5) : null,
            days.french(updated)
        };
    }

    private String[] loyalty(Person person, Membership membership, Home home, int updated, Handwriting hand) {
        String first = first(person, hand);
        String last = last(person, hand);
        boolean isSwapped = hand.slips(0.015);
        return new String[] {
            membership.key(),
            civility(person, hand),
            isSwapped ? last : first,
            isSwapped ? first : last,
            hand.slips(0.15) ? null : person.birth().toString(),
            hand.slips(0.1) ? null : street(home, hand),
            home.extra(),
            postcode(home, hand),
            hand.typed(home.town().name(), 0.02),
            hand.slips(0.6) ? null : home.town().country(),
            hand.slips(0.75) ? null : hand.phone(person.landline()),
            hand.slips(0.2) ? null : hand.phone(person.mobile()),
            hand.slips(0.35) ? null : email(person, hand),
            days.iso(membership.since()),
            days.iso(updated)
        };
    }

    private String[] account(Person person, Membership membership, Home home, int updated, Handwriting hand) {
        boolean hasCard = membership.ref().startsWith("card:");
        String first = first(person, hand);
        String last = last(person, hand);
        return new String[] {
            membership.key(),
            email(person, hand),
            hand.slips(0.2) ? first.toLowerCase(java.util.Locale.ROOT) : first,
            last,
            hand.slips(0.3) ? null : hand.phone(person.mobile()),
            hand.slips(0.15) ? null : address(home, hand),
            hasCard ? "{\"card\":\"" + membership.ref().substring(5) + "\"}" : null,
            days.utc(membership.since(), 12 * 3600),
            days.utc(updated, 13 * 3600)
        };
    }

    private String[] bulletin(Person person, Membership membership, Handwriting hand) {
        String first = first(person, hand);
        String last = last(person, hand);
        String name = hand.slips(0.4) ? last + ' ' + first : first + ' ' + last;
        return new String[] {
            membership.key(),
            hand.slips(0.3) ? Handwriting.capitals(name) : hand.slips(0.3) ? civility(person, hand) + ' ' + name : name,
            hand.slips(0.2) ? null : Days.french(person.birth()),
            hand.slips(0.25) ? null : hand.phone(person.mobile()),
            membership.ref().startsWith("email:") ? membership.ref().substring(6) : null,
            CONTESTS.get((int) (person.number() % CONTESTS.size())),
            days.french(membership.since())
        };
    }

    private static String first(Person person, Handwriting hand) {
        if (hand.slips(0.05)) {
            return Words.NICKNAMES.getOrDefault(person.firstName(), person.firstName());
        }
        return hand.slips(0.015) ? person.firstName().charAt(0) + "." : hand.typed(person.firstName(), 0.03);
    }

    private static String last(Person person, Handwriting hand) {
        return hand.typed(hand.slips(0.25) ? person.otherName() : person.lastName(), 0.04);
    }

    private static String civility(Person person, Handwriting hand) {
        if (hand.slips(0.1)) {
            return "";
        }
        if (person.isWoman()) {
            return hand.slips(0.25) ? hand.slips(0.3) ? "Mlle" : "Madame" : "Mme";
        }
        return hand.slips(0.25) ? hand.slips(0.5) ? "Mr" : "Monsieur" : "M.";
    }

    private static String email(Person person, Handwriting hand) {
        String address = hand.slips(0.1) ? person.secondEmail() : person.email();
        return hand.slips(0.01) ? address.replace('@', ' ') : hand.typed(address, 0.01);
    }

    private static String street(Home home, Handwriting hand) {
        String kind = home.street().substring(0, home.street().indexOf(' '));
        String street = hand.slips(0.25)
                ? Words.STREET_SHORT.getOrDefault(kind, kind) + home.street().substring(kind.length())
                : home.street();
        return home.number() + (hand.slips(0.15) ? ", " : " ") + hand.typed(street, 0.06);
    }

    /** Spreadsheets drop the leading zero. */
    private static String postcode(Home home, Handwriting hand) {
        String postcode = home.town().postcode();
        return hand.slips(0.05) && postcode.startsWith("0") ? postcode.substring(1) : postcode;
    }

    private static String address(Home home, Handwriting hand) {
        StringBuilder json = new StringBuilder("{\"street\":");
        Dialect.quoted(street(home, hand), json);
        json.append(",\"zip\":\"").append(postcode(home, hand)).append("\",\"city\":");
        Dialect.quoted(home.town().name(), json);
        json.append(",\"country\":");
        Dialect.quoted(home.town().country(), json);
        return json.append('}').toString();
    }

    private static String capitals(String text, boolean isCapitals) {
        return isCapitals ? Handwriting.capitals(text) : text;
    }
}
