package io.clientele.generate;

import io.clientele.generate.Draws.Purpose;
import io.clientele.generate.Firm.Establishment;
import io.clientele.generate.Firm.Owner;
import io.clientele.generate.Person.Home;
import io.clientele.text.CompanyIds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Delivers a register of companies in the two stock files of INSEE's Sirene: the firms of customers, namesakes of theirs, and
 * more firms that are nobody's. The stock is in the layout of 2019, the nights after it, with what has changed, in that of
 * today. Numbers are valid, and of nobody who is meant.
 */
final class Companies {

    private static final double REGISTERED = 0.9;
    private static final double NAMESAKES = 0.12;
    private static final double OTHERS = 0.09;
    private static final double RESTRICTED = 0.06;
    private static final double CLOSED = 0.04;
    private static final double CHANGED = 0.03;
    private static final int RANKS = 2;

    /** A prime below a hundred million: multiplying by anything below it shuffles what is below it. */
    private static final long NUMBERS = 99_999_989L;

    private static final String ND = "[ND]";
    private static final String LA_POSTE = "356000000";
    private static final List<String> SIZE_BANDS =
            List.of("NN", "NN", "NN", "00", "01", "01", "02", "03", "11", "12", "21");

    /** For each trade, the code of the activity in the classification of 2008, and in that of 2025. */
    private static final Map<String, List<String>> NAF = Map.of(
            "Hôtel", List.of("55.10Z", "55.10Y"),
            "Boulangerie", List.of("10.71C", "10.71H"),
            "Garage", List.of("45.20A", "95.31G"),
            "Cabinet", List.of("69.10Z", "69.10Y"),
            "Restaurant", List.of("56.10A", "56.11G"),
            "Salon", List.of("96.02A", "96.21Y"),
            "Menuiserie", List.of("43.32A", "43.32G"),
            "Pharmacie", List.of("47.73Z", "47.73Y"),
            "Agence", List.of("68.31Z", "68.31Y"),
            "Transports", List.of("49.41A", "49.41G"));

    private static final Map<String, String> LEGAL_CATEGORIES =
            Map.of("SARL", "5499", "SAS", "5710", "EURL", "5498", "SA", "5599", "SCI", "6540");

    private static final Map<String, String> STREET_CODES = Map.of(
            "rue",
            "RUE",
            "avenue",
            "AV",
            "boulevard",
            "BD",
            "place",
            "PL",
            "impasse",
            "IMP",
            "allée",
            "ALL",
            "chemin",
            "CHE",
            "route",
            "RTE",
            "quai",
            "QUAI");

    private final long seed;
    private final Days days;

    Companies(long seed, Days days) {
        this.seed = seed;
        this.days = days;
    }

    /** The firm in whose name a person buys, if the register has it. */
    Optional<Firm> of(Person person) {
        Draws draws = new Draws(seed, Purpose.REGISTER, person.number() * RANKS);
        boolean isRegistered = person.company() != null
                && person.currency().equals("EUR")
                && draws.chance(REGISTERED)
                && hasNumber(person.number());
        return isRegistered ? Optional.of(customer(person, draws)) : Optional.empty();
    }

    /** The establishment of a person's firm that is, or was, at a home of the person. */
    static String siretAt(Firm firm, Home home) {
        return firm.establishments().stream()
                .filter(establishment -> establishment.home().equals(home))
                .findFirst()
                .orElseThrow()
                .siret();
    }

    void deliver(Person person, Chunk chunk) {
        Optional<Firm> own = of(person);
        own.ifPresent(firm -> deliver(firm, chunk, person.number()));
        Draws draws = new Draws(seed, Purpose.REGISTER, person.number() * RANKS + 1);
        if (hasNumber(person.number())
                && draws.chance(own.isPresent() ? NAMESAKES : person.company() == null ? OTHERS : 0)) {
            deliver(other(person.number(), own, draws), chunk, person.number() + 1);
        }
    }

    private Firm customer(Person person, Draws draws) {
        Name name = Name.of(person.company());
        String siren = siren(person.number() * RANKS);
        Sirets sirets = new Sirets(siren);
        boolean isClosed = draws.chance(CLOSED);
        int closed = isClosed ? -draws.between(1, 900) : Integer.MAX_VALUE;
        int opened = -draws.between(1_000, Days.PAST - 1);
        boolean isBranch = draws.chance(0.15);
        String sign = name.category() == null || draws.chance(0.1) ? name.text() : null;
        List<Establishment> all = new ArrayList<>();
        boolean hasMoved = person.movesOn() <= days.last() && !isClosed;
        all.add(new Establishment(
                sirets.next(), !isBranch, person.home(), sign, opened, hasMoved ? person.movesOn() : closed));
        if (hasMoved) {
            all.add(new Establishment(
                    sirets.next(), !isBranch, person.nextHome(), sign, person.movesOn(), Integer.MAX_VALUE));
        } else if (person.movesOn() <= days.last()) {
            all.add(new Establishment(sirets.next(), !isBranch, person.nextHome(), sign, opened, closed));
        }
        if (isBranch) {
            all.add(new Establishment(sirets.next(), true, home(draws), null, opened, closed));
        }
        branches(draws, person.home(), sirets, opened, closed, all);
        return firm(siren, name, owner(person), isClosed, draws, all);
    }

    /** Somebody's namesake, most often in the same town, or whoever. */
    private Firm other(long number, Optional<Firm> original, Draws draws) {
        String siren = siren(number * RANKS + 1);
        Sirets sirets = new Sirets(siren);
        Name name = original.map(firm -> new Name(firm.name(), "5499"))
                .orElseGet(() -> Name.of((draws.pick(Words.COMPANY_TRADES)
                                + ' '
                                + People.lastName(draws)
                                + ' '
                                + draws.pick(Words.COMPANY_ENDS))
                        .strip()));
        Home drawn = home(draws);
        Home home = original.isPresent() && draws.chance(0.5)
                ? new Home(
                        drawn.number(),
                        drawn.street(),
                        null,
                        original.get().establishments().get(0).home().town())
                : drawn;
        boolean isClosed = draws.chance(3 * CLOSED);
        int closed = isClosed ? -draws.between(1, 900) : Integer.MAX_VALUE;
        int opened = -draws.between(1_000, Days.PAST - 1);
        boolean isWoman = draws.chance(0.5);
        Owner owner = new Owner(
                draws.pickEarly(isWoman ? Words.WOMEN : Words.MEN),
                name.text().substring(name.text().indexOf(' ') + 1),
                isWoman);
        List<Establishment> all = new ArrayList<>();
        all.add(new Establishment(
                sirets.next(), true, home, name.category() == null ? name.text() : null, opened, closed));
        branches(draws, home, sirets, opened, closed, all);
        return firm(siren, name, owner, isClosed, draws, all);
    }

    private void branches(Draws draws, Home home, Sirets sirets, int opened, int closed, List<Establishment> all) {
        if (draws.chance(0.15)) {
            Home old = home(draws);
            Home left = new Home(old.number(), old.street(), old.extra(), home.town());
            all.add(new Establishment(sirets.next(), false, left, null, opened, -draws.between(1, 900)));
        }
        for (int i = 0; i < 2 && draws.chance(0.2); i++) {
            Home branch = home(draws);
            all.add(new Establishment(sirets.next(), false, branch, null, opened, closed));
        }
    }

    private Firm firm(
            String siren, Name name, Owner owner, boolean isClosed, Draws draws, List<Establishment> establishments) {
        String trade = name.text().substring(0, name.text().indexOf(' '));
        List<String> naf = NAF.get(trade);
        return new Firm(
                siren,
                name.text(),
                name.category() == null ? "1000" : name.category(),
                name.category() == null ? owner : null,
                draws.chance(RESTRICTED),
                isClosed,
                naf.get(0),
                naf.get(1),
                draws.pick(SIZE_BANDS),
                draws.chance(CHANGED) && days.last() > days.stock()
                        ? draws.between(days.stock() + 1, days.last())
                        : Integer.MAX_VALUE,
                List.copyOf(establishments));
    }

    private void deliver(Firm firm, Chunk chunk, long stream) {
        Draws fate = new Draws(seed, Purpose.REGISTER, -1 - stream);
        for (int night = days.stock(); night <= days.last(); night++) {
            boolean isStock = night == days.stock();
            boolean isChanged = night == firm.changesOn();
            for (Establishment establishment : firm.establishments()) {
                boolean isNews = night == establishment.from() || night == establishment.until();
                if (establishment.from() <= night && (isStock || isNews || isChanged)) {
                    chunk.write(Feed.SIRENE_ESTABLISHMENTS, night, fate, establishment(firm, establishment, night));
                }
                isChanged |= isNews && establishment.isHeadOffice();
            }
            if (isStock || isChanged) {
                chunk.write(Feed.SIRENE_UNITS, night, fate, unit(firm, night));
            }
        }
    }

    private String[] unit(Firm firm, int night) {
        Map<String, String> values = new HashMap<>();
        values.put("siren", firm.siren());
        values.put("statutDiffusionUniteLegale", firm.isRestricted() ? "P" : "O");
        values.put(
                "dateCreationUniteLegale", days.iso(firm.establishments().get(0).from()));
        if (firm.owner() == null) {
            values.put("denominationUniteLegale", Handwriting.capitals(firm.name()));
        } else {
            Owner owner = firm.owner();
            values.put("sexeUniteLegale", told(firm, owner.isWoman() ? "F" : "M"));
            values.put("prenom1UniteLegale", told(firm, Handwriting.capitals(owner.firstName())));
            values.put("prenomUsuelUniteLegale", told(firm, Handwriting.capitals(owner.firstName())));
            values.put("nomUniteLegale", told(firm, Handwriting.capitals(owner.lastName())));
            values.put("denominationUsuelle1UniteLegale", told(firm, Handwriting.capitals(firm.name())));
        }
        values.put("trancheEffectifsUniteLegale", sizeBand(firm, night));
        values.put("anneeEffectifsUniteLegale", "2023");
        values.put("dateDernierTraitementUniteLegale", treated(night));
        values.put("nombrePeriodesUniteLegale", "1");
        values.put("categorieEntreprise", "PME");
        values.put("anneeCategorieEntreprise", "2023");
        values.put("dateDebut", days.iso(firm.establishments().get(0).from()));
        values.put("etatAdministratifUniteLegale", firm.isClosed() ? "C" : "A");
        values.put("categorieJuridiqueUniteLegale", firm.legalCategory());
        values.put("activitePrincipaleUniteLegale", firm.naf());
        values.put("nomenclatureActivitePrincipaleUniteLegale", "NAFRev2");
        values.put("nicSiegeUniteLegale", firm.headOfficeOn(night).nic());
        values.put("economieSocialeSolidaireUniteLegale", "N");
        values.put("societeMissionUniteLegale", "N");
        values.put("caractereEmployeurUniteLegale", sizeBand(firm, night).equals("NN") ? "N" : "O");
        values.put("activitePrincipaleNAF25UniteLegale", firm.laterNaf());
        return inOrder(Feed.SIRENE_UNITS, values);
    }

    private String[] establishment(Firm firm, Establishment establishment, int night) {
        Home home = establishment.home();
        int blank = home.number().indexOf(' ');
        String kind = home.street().substring(0, home.street().indexOf(' '));
        boolean isOpen = establishment.isOpenOn(night);
        Map<String, String> values = new HashMap<>();
        values.put("siren", firm.siren());
        values.put("nic", establishment.nic());
        values.put("siret", establishment.siret());
        values.put("statutDiffusionEtablissement", firm.isRestricted() ? "P" : "O");
        values.put("dateCreationEtablissement", days.iso(establishment.from()));
        values.put("trancheEffectifsEtablissement", isOpen ? sizeBand(firm, night) : "NN");
        values.put("anneeEffectifsEtablissement", "2023");
        values.put("dateDernierTraitementEtablissement", treated(night));
        values.put(
                "etablissementSiege",
                Boolean.toString(firm.headOfficeOn(night).siret().equals(establishment.siret())));
        values.put("nombrePeriodesEtablissement", isOpen ? "1" : "2");
        values.put(
                "complementAdresseEtablissement",
                home.extra() == null
                        ? null
                        : told(firm, Handwriting.capitals(home.extra()).replace(",", "")));
        values.put(
                "numeroVoieEtablissement",
                told(firm, blank < 0 ? home.number() : home.number().substring(0, blank)));
        values.put("indiceRepetitionEtablissement", blank < 0 ? null : told(firm, "B"));
        values.put("typeVoieEtablissement", told(firm, STREET_CODES.get(kind)));
        values.put(
                "libelleVoieEtablissement",
                told(
                        firm,
                        Handwriting.capitals(home.street().substring(kind.length() + 1))
                                .replace('-', ' ')));
        values.put("codePostalEtablissement", told(firm, home.town().postcode()));
        values.put("libelleCommuneEtablissement", commune(home.town()));
        values.put("dateDebut", days.iso(isOpen ? establishment.from() : Math.min(night, establishment.until())));
        values.put("etatAdministratifEtablissement", isOpen ? "A" : "F");
        values.put(
                "enseigne1Etablissement",
                establishment.sign() == null ? null : told(firm, Handwriting.capitals(establishment.sign())));
        values.put("activitePrincipaleEtablissement", firm.naf());
        values.put("nomenclatureActivitePrincipaleEtablissement", "NAFRev2");
        values.put("caractereEmployeurEtablissement", sizeBand(firm, night).equals("NN") ? "N" : "O");
        values.put("activitePrincipaleNAF25Etablissement", firm.laterNaf());
        return inOrder(Feed.SIRENE_ESTABLISHMENTS, values);
    }

    private static String[] inOrder(Feed feed, Map<String, String> values) {
        return feed.columns().stream().map(values::get).toArray(String[]::new);
    }

    /** What a firm that objects to diffusion withholds. */
    private static String told(Firm firm, String value) {
        return firm.isRestricted() ? ND : value;
    }

    /** A firm of which the register hears something new has grown. */
    private static String sizeBand(Firm firm, int night) {
        return night >= firm.changesOn() ? "12" : firm.sizeBand();
    }

    private String treated(int night) {
        return days.iso(night) + "T08:00:00";
    }

    /** The large towns are named with their districts. */
    private static String commune(Town town) {
        String name = Handwriting.capitals(town.name());
        return List.of("PARIS", "LYON", "MARSEILLE").contains(name)
                ? name + ' ' + Integer.parseInt(town.postcode().substring(3))
                : name;
    }

    private static Home home(Draws draws) {
        return People.home(draws, "EUR");
    }

    private static Owner owner(Person person) {
        return new Owner(person.firstName(), person.lastName(), person.isWoman());
    }

    /** Beyond some fifty million persons the numbers have run out. */
    private static boolean hasNumber(long number) {
        return number < NUMBERS / RANKS - 1;
    }

    private static String siren(long rank) {
        String body = String.format(Locale.ROOT, "%08d", (rank * 31_415_927L + 27_182_819L) % NUMBERS);
        String siren = body + checkDigit(body);
        // La Poste's establishments are numbered in a way of their own.
        return siren.equals(LA_POSTE) ? body.replace('6', '7') + checkDigit(body.replace('6', '7')) : siren;
    }

    private static char checkDigit(String digits) {
        for (char digit = '0'; digit < '9'; digit++) {
            if (CompanyIds.passesLuhn(digits + digit)) {
                return digit;
            }
        }
        return '9';
    }

    /** Numbers the establishments of a firm. */
    private static final class Sirets {
        private final String siren;
        private int count;

        private Sirets(String siren) {
            this.siren = siren;
        }

        private String next() {
            count++;
            String body = siren + String.format(Locale.ROOT, "%04d", count);
            return body + checkDigit(body);
        }
    }

    /**
     * A name without its legal form.
     *
     * @param category INSEE's code of the legal form; null for a person in business
     */
    private record Name(String text, String category) {
        static Name of(String company) {
            String last = company.substring(company.lastIndexOf(' ') + 1);
            String category = LEGAL_CATEGORIES.get(last);
            if (category != null) {
                return new Name(company.substring(0, company.length() - last.length() - 1), category);
            }
            return new Name(company, company.endsWith(" et Fils") ? "5499" : null);
        }
    }
}
