package io.clientele.generate;

import io.clientele.generate.Draws.Purpose;
import io.clientele.generate.Person.Home;
import io.clientele.generate.Person.Membership;
import java.text.Normalizer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Who there is. A person is made of its number alone, so that it can be made anywhere, in any order. */
final class People {

    private static final double BUYERS = 0.88;
    private static final double COUPLES = 0.25;
    /** Half of the French live in places of fewer than ten thousand. */
    private static final double IN_VILLAGES = 0.5;

    /** Of the family names that are not common ones: those of three parts, which few share. */
    private static final double LONG_NAMES = 0.6;

    private static final double MOVES_A_YEAR = 0.12;
    private static final int RANKS = 4;

    private final long seed;
    private final Days days;
    private final Season season;

    People(long seed, Days days, Season season) {
        this.seed = seed;
        this.days = days;
        this.season = season;
    }

    Person person(long number) {
        Draws draws = new Draws(seed, Purpose.PERSON, number);
        Draws household = new Draws(seed, Purpose.HOUSEHOLD, number / 2);
        boolean isCouple = household.chance(COUPLES);
        Draws shared = isCouple ? household : draws;
        String currency = draws.chance(0.06) ? draws.chance(0.6) ? "CHF" : "GBP" : "EUR";
        boolean isWoman = (isCouple && number % 2 == 1) || draws.chance(0.55);
        String firstName = isWoman ? draws.pickEarly(Words.WOMEN) : draws.pickEarly(Words.MEN);
        String lastName = lastName(shared);
        Home home = home(shared, currency);
        String landline = phone(home.town().phone(), isCouple ? number / 2 : number);
        String otherName = isWoman && draws.chance(0.15) ? lastName(draws) : lastName;
        String company = draws.chance(0.03)
                ? (draws.pick(Words.COMPANY_TRADES) + ' ' + lastName + ' ' + draws.pick(Words.COMPANY_ENDS)).strip()
                : null;
        LocalDate birth = days.date(0)
                .minusDays((long) (365.25 * (18 + 62 * Math.sqrt(draws.unit()) * draws.unit())) + draws.below(8 * 365));
        boolean isMoving = draws.chance(MOVES_A_YEAR * Math.min(days.count() + 180, 3 * 365) / 365);
        int movesOn = isMoving ? draws.between(-180, days.last()) : Integer.MAX_VALUE;
        Home nextHome = home(draws, currency);
        String email = email(draws, firstName, lastName, number * RANKS);
        String secondEmail = email(draws, firstName, otherName, number * RANKS + 1);
        double webShare = currency.equals("EUR") ? webShare(draws) : 1;
        List<Integer> purchases = draws.chance(BUYERS) ? purchases(number) : List.of();
        return new Person(
                number,
                isWoman,
                firstName,
                lastName,
                otherName,
                company,
                birth,
                home,
                nextHome,
                movesOn,
                landline,
                phone("063998", number),
                email,
                secondEmail,
                currency,
                webShare,
                purchases,
                memberships(draws, number, webShare, purchases, email, secondEmail));
    }

    private static double webShare(Draws draws) {
        double u = draws.unit();
        return u < 0.45 ? 0 : u < 0.73 ? 1 : 0.2 + 0.6 * draws.unit();
    }

    /** The first purchase falls anywhere, early rather than late; the others follow the buying process. */
    private List<Integer> purchases(long number) {
        Draws draws = new Draws(seed, Purpose.PURCHASES, number);
        double first = season.end() * StrictMath.pow(draws.unit(), 1.4);
        return BuyingProcess.USUAL.purchases(draws, season.end() - first).stream()
                .map(time -> season.day(first + time))
                .toList();
    }

    private List<Membership> memberships(
            Draws draws, long number, double webShare, List<Integer> purchases, String email, String secondEmail) {
        boolean isBuyer = !purchases.isEmpty();
        int start = isBuyer ? purchases.get(0) : draws.between(-300, days.last());
        List<Membership> all = new ArrayList<>();
        String card = null;
        if (isBuyer && webShare < 1) {
            card = add(all, Feed.LOYALTY, 0, Numbers.CARD.digits(number * RANKS), "card:", start);
            if (draws.chance(0.04)) {
                int since = later(start, draws.exponential(60));
                add(all, Feed.LOYALTY, 1, Numbers.CARD.digits(number * RANKS + 1), "card:", since);
            }
        }
        if (isBuyer ? webShare > 0 : draws.chance(0.3)) {
            String account = Numbers.ACCOUNT.digits(number * RANKS);
            int since = start - (draws.chance(0.4) ? draws.between(1, 40) : 0);
            String ref = card != null && draws.chance(0.45) ? "card:" + card : "web:" + account;
            all.add(new Membership(Feed.WEB_ACCOUNTS, 0, account, ref, since));
        }
        if (draws.chance(isBuyer ? 0.55 : 0.35)) {
            String id = Numbers.CRM.digits(number * RANKS);
            int since = draws.chance(0.3) ? start - draws.between(1, 1_500) : later(start, draws.exponential(10));
            String ref = card != null && draws.chance(0.5) ? "card:" + card : "crm:" + id;
            all.add(new Membership(Feed.CRM, 0, id, ref, since));
            if (draws.chance(0.06)) {
                int again = later(start, draws.exponential(40));
                add(all, Feed.CRM, 1, Numbers.CRM.digits(number * RANKS + 1), "crm:", again);
            }
        }
        if (draws.chance(0.42) || all.isEmpty()) {
            add(all, Feed.NEWSLETTER, 0, email, "email:", later(start, draws.exponential(15) - 10));
            if (draws.chance(0.05)) {
                add(all, Feed.NEWSLETTER, 1, secondEmail, "email:", start - draws.between(1, 400));
            }
        }
        for (int rank = 0; rank < 2 && draws.chance(0.12); rank++) {
            String bulletin = Numbers.BULLETIN.digits(number * RANKS + rank);
            String ref = draws.chance(0.7) ? "email:" + email : "contest:" + bulletin;
            all.add(new Membership(
                    Feed.CONTEST, rank, bulletin, ref, later(start, draws.between(-60, Math.max(1, days.last())))));
        }
        return List.copyOf(all);
    }

    private static String add(List<Membership> all, Feed feed, int rank, String key, String kind, int since) {
        all.add(new Membership(feed, rank, key, kind + key, since));
        return key;
    }

    private int later(int start, double by) {
        return Math.min(days.last(), start + (int) by);
    }

    static String lastName(Draws draws) {
        double u = draws.unit();
        if (u < 0.25) {
            return draws.pickEarly(Words.COMMON_NAMES);
        }
        String middle = draws.chance(LONG_NAMES) ? draws.pick(Words.NAME_MIDDLES) : "";
        String made = draws.pick(Words.NAME_STARTS) + middle + draws.pick(Words.NAME_ENDS);
        if (u < 0.90) {
            return made;
        }
        if (u < 0.96) {
            return made + '-' + draws.pickEarly(Words.COMMON_NAMES);
        }
        String particle = draws.pick(Words.PARTICLES);
        return particle.endsWith("A") ? particle + made.toLowerCase(Locale.ROOT) : particle + made;
    }

    static Home home(Draws draws, String currency) {
        Town town =
                switch (currency) {
                    case "CHF" -> draws.pick(Town.SWISS);
                    case "GBP" -> draws.pick(Town.BRITISH);
                    default -> draws.chance(IN_VILLAGES) ? draws.pick(Town.VILLAGES) : draws.pickEarly(Town.FRENCH);
                };
        String number = draws.between(1, 140) + (draws.chance(0.06) ? " bis" : "");
        String street = draws.pick(Words.STREET_KINDS) + ' ' + draws.pick(Words.STREETS);
        return new Home(number, street, draws.chance(0.2) ? draws.pick(Words.EXTRAS) : null, town);
    }

    /** The ranges kept for fiction have ten thousand numbers each: with more persons than that, some share one. */
    private static String phone(String start, long rank) {
        return start + String.format(Locale.ROOT, "%04d", Numbers.TELEPHONE.of(rank) % 10_000);
    }

    private static String email(Draws draws, String firstName, String lastName, long rank) {
        String first = letters(firstName);
        String last = letters(lastName);
        String name =
                switch (draws.below(4)) {
                    case 0 -> first.charAt(0) + last;
                    case 1 -> last + '.' + first;
                    default -> first + '.' + last;
                };
        return name + Numbers.MAILBOX.of(rank) + '@' + draws.pickEarly(Words.MAIL_DOMAINS);
    }

    private static String letters(String name) {
        return withoutAccents(name).toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
    }

    static String withoutAccents(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFD).replaceAll("\\p{M}", "");
    }
}
