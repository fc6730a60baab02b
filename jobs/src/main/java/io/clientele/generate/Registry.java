package io.clientele.generate;

import io.clientele.generate.Draws.Purpose;
import io.clientele.generate.Person.Home;
import io.clientele.generate.Person.Membership;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

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
    private final Companies companies;
    private final Occupations occupations;

    Registry(long seed, Days days, Companies companies) {
        this.seed = seed;
        this.days = days;
        this.companies = companies;
        this.occupations = new Occupations(seed);
    }

    void deliver(Person person, Chunk chunk) {
        Optional<Firm> firm = person.company() == null ? Optional.empty() : companies.of(person);
        for (int index = 0; index < person.memberships().size(); index++) {
            deliver(person, index, firm, chunk);
        }
    }

    private void deliver(Person person, int index, Optional<Firm> firm, Chunk chunk) {
        Membership membership = person.memberships().get(index);
        Fate fate = new Fate(person, index);
        boolean isTold = false;
        for (int night = Math.max(days.stock(), membership.since()); night <= days.last(); night++) {
            boolean isFirst = night == days.stock() || night == membership.since();
            if (!isFirst && night != fate.heardOf && night != fate.mended) {
                continue;
            }
            boolean isWhole =
                    chunk.write(membership.feed(), night, fate.draws, values(person, index, fate, firm, night));
            if (isWhole && !isTold) {
                chunk.tell(membership.feed(), membership.key(), person.number());
                isTold = true;
            }
        }
        if (isTold && membership.feed() == Feed.CRM && person.company() != null) {
            Home known = fate.home(days.last());
            chunk.tellCompany(
                    membership.feed(),
                    membership.key(),
                    firm.map(found -> Companies.siretAt(found, known)).orElse(""));
        }
    }

    /** Where the source of a person's record believes the person to live on a day. */
    Home home(Person person, int index, int day) {
        return new Fate(person, index).home(day);
    }

    /** A person's record as its source had it on a day, in the columns of the feed. */
    String[] record(Person person, int index, int day) {
        Optional<Firm> firm = person.company() == null ? Optional.empty() : companies.of(person);
        return values(person, index, new Fate(person, index), firm, day);
    }

    /** What becomes of a record: when a move is heard of, and when misspellings are mended. */
    private final class Fate {
        private final Person person;
        private final Membership membership;
        private final Draws draws;
        private final int heardOf;
        private final int mended;

        private Fate(Person person, int index) {
            this.person = person;
            this.membership = person.memberships().get(index);
            this.draws = new Draws(seed, Purpose.RECORD, stream(person, index));
            this.heardOf = person.movesOn() != Integer.MAX_VALUE
                            && person.movesOn() > membership.since()
                            && draws.chance(MOVES_HEARD_OF)
                    ? person.movesOn() + draws.below(60)
                    : Integer.MAX_VALUE;
            this.mended = draws.chance(MENDED_A_NIGHT * (days.last() - days.stock()))
                    ? draws.between(days.stock() + 1, days.last())
                    : Integer.MAX_VALUE;
        }

        private Home home(int day) {
            return day >= heardOf ? person.nextHome() : person.homeOn(membership.since());
        }

        private int updated(int day) {
            return day >= mended ? mended : day >= heardOf ? heardOf : membership.since();
        }
    }

    private static long stream(Person person, int index) {
        return person.number() * RECORDS + index * 4L;
    }

    /** The same draws give the same record again, but for what has changed. */
    private String[] values(Person person, int index, Fate fate, Optional<Firm> firm, int night) {
        Membership membership = person.memberships().get(index);
        Home home = fate.home(night);
        int updated = fate.updated(night);
        boolean isMended = night >= fate.mended;
        Handwriting hand = new Handwriting(new Draws(seed, Purpose.RECORD, stream(person, index) + 1), isMended);
        return switch (membership.feed()) {
            case CRM -> {
                Draws draws = new Draws(seed, Purpose.RECORD, stream(person, index) + 2);
                String company = person.company() == null ? null : company(person, draws, isMended);
                String number = firm.map(found -> number(Companies.siretAt(found, home), draws))
                        .orElse(null);
                yield crm(person, membership, home, updated, company, number, hand);
            }
            case LOYALTY -> loyalty(person, membership, home, updated, hand);
            case WEB_ACCOUNTS -> account(person, membership, home, updated, hand);
            case NEWSLETTER ->
                new String[] {
                    hand.slips(0.1) ? Handwriting.capitals(membership.key()) : membership.key(),
                    hand.slips(0.15) ? null : first(person, hand),
                    hand.slips(0.15) ? null : last(person, hand),
                    hand.slips(0.15) ? null : postcode(home, hand),
                    days.iso(membership.since())
                };
            default -> bulletin(person, membership, hand);
        };
    }

    /** A company's name as somebody writes it: with its legal form behind, in front, or not at all. */
    private static String company(Person person, Draws draws, boolean isMended) {
        Handwriting hand = new Handwriting(draws, isMended);
        String name = person.company();
        int last = name.lastIndexOf(' ');
        boolean hasForm = name.substring(last + 1).equals(Handwriting.capitals(name.substring(last + 1)));
        boolean isLeft = hand.slips(0.25);
        boolean isLed = hand.slips(0.15);
        if (hasForm) {
            String bare = name.substring(0, last);
            name = isLeft ? bare : isLed ? name.substring(last + 1) + ' ' + bare : name;
        } else if (hand.slips(0.3)) {
            name = name.replace(" et Fils", " & Fils");
        }
        return capitals(hand.typed(name, 0.08), hand.slips(0.4));
    }

    /** The SIRET, where somebody has asked for it; sometimes in groups, sometimes only the SIREN, sometimes with a slip. */
    private static String number(String siret, Draws draws) {
        double u = draws.unit();
        int at = draws.below(siret.length());
        if (u < 0.09) {
            return siret;
        }
        if (u < 0.16) {
            return siret.substring(0, 3)
                    + ' '
                    + siret.substring(3, 6)
                    + ' '
                    + siret.substring(6, 9)
                    + ' '
                    + siret.substring(9);
        }
        if (u < 0.20) {
            return siret.substring(0, 9);
        }
        char slip = (char) ('0' + (siret.charAt(at) - '0' + 1) % 10);
        return u < 0.22 ? siret.substring(0, at) + slip + siret.substring(at + 1) : null;
    }

    private String[] crm(
            Person person,
            Membership membership,
            Home home,
            int updated,
            String company,
            String companyNumber,
            Handwriting hand) {
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
            company,
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
            companyNumber,
            occupations.told(person, days.date(updated)),
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
            hand.slips(0.2) ? first.toLowerCase(Locale.ROOT) : first,
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
