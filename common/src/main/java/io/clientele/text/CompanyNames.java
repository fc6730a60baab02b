package io.clientele.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Names of organisations: their legal form, and what tells them from names of persons. */
public final class CompanyNames {

    private static final int LONGEST = 250;

    /** The most words that a legal form is spelt out in: "groupement agricole d'exploitation en commun", "S. A. S. U." */
    private static final int MOST_WORDS = 8;

    private static final Map<String, LegalForm> FORMS = forms();

    private static final Map<String, String> ABBREVIATIONS = Map.of(
            "STE",
            "SOCIETE",
            "ETS",
            "ETABLISSEMENTS",
            "ETABLISSEMENT",
            "ETABLISSEMENTS",
            "ETABL",
            "ETABLISSEMENTS",
            "CIE",
            "COMPAGNIE",
            "ST",
            "SAINT",
            "ASS",
            "ASSOCIATION",
            "FRES",
            "FRERES");

    /** Words that no person's name has. */
    private static final Set<String> ANYWHERE = Set.of(
            "ASSOCIATION",
            "ASSOCIATIONS",
            "MAIRIE",
            "SYNDICAT",
            "COPROPRIETE",
            "PHARMACIE",
            "BOULANGERIE",
            "PATISSERIE",
            "BOUCHERIE",
            "EPICERIE",
            "BRASSERIE",
            "RESTAURANT",
            "PIZZERIA",
            "SUPERMARCHE",
            "LIBRAIRIE",
            "PLOMBERIE",
            "MENUISERIE",
            "MACONNERIE",
            "TRANSPORTS",
            "CONSULTING",
            "SERVICES",
            "HOLDING",
            "INDUSTRIES",
            "TECHNOLOGIES",
            "IMMOBILIER",
            "FONDATION",
            "UNIVERSITE",
            "HOPITAL",
            "CLINIQUE",
            "EHPAD",
            "PREFECTURE",
            "MINISTERE",
            "AMBASSADE",
            "LYCEE",
            "FEDERATION",
            "COOPERATIVE",
            "MUTUELLE",
            "COMMUNAUTE",
            "DEPARTEMENTAL",
            "DEPARTEMENTALE",
            "MUNICIPAL",
            "MUNICIPALE",
            "INSTITUT",
            "LABORATOIRE",
            "COMPANY",
            "UNIVERSITY",
            "SCHOOL",
            "BANK",
            "INTERNATIONAL",
            "ELECTRONICS",
            "INSURANCE",
            "ASSURANCES",
            "PRODUCTIONS",
            "LOGISTICS",
            "LOGISTIQUE",
            "FOUNDATION",
            "SOLUTIONS",
            "SYSTEMS",
            "GMBH",
            "LTD",
            "LLC",
            "SARL",
            "EURL",
            "SASU",
            "SELARL",
            "GAEC");

    /** Words that open the name of an organisation, and that may stand within that of a person. */
    private static final Set<String> OPENING = Set.of(
            "STE",
            "SOCIETE",
            "ETS",
            "ETABLISSEMENTS",
            "ENTREPRISE",
            "GROUPE",
            "COMPAGNIE",
            "CIE",
            "CABINET",
            "GARAGE",
            "HOTEL",
            "ECOLE",
            "COLLEGE",
            "CENTRE",
            "CLUB",
            "COMITE",
            "COMMUNE",
            "VILLE",
            "CONSEIL",
            "BANQUE",
            "AGENCE",
            "ATELIER",
            "ATELIERS",
            "AUTO",
            "CAFE",
            "BAR",
            "CAMPING",
            "COIFFURE",
            "SALON",
            "OFFICE",
            "SDC",
            "SCIC",
            "PAROISSE",
            "RESIDENCE",
            "FOYER",
            "CRECHE",
            "CAVE",
            "CHATEAU",
            "DOMAINE",
            "FERME",
            "MAGASIN",
            "IMPRIMERIE");

    private static final Set<String> CLOSING = Set.of("FRERES", "CIE", "ASSOCIES", "FILS", "FILLES", "GROUP", "GROUPE");

    private static final Set<String> UNLINKED = Set.of("FRERES", "GROUP", "GROUPE");

    private static final Set<String> LINKS = Set.of("ET", "&", "AND");

    private CompanyNames() {}

    /**
     * Parts an organisation's name from its legal form, which stands in front of it or behind it. Two forms give the first,
     * and a finding; a text that opens with a form of address is noticed as a person's name.
     */
    public static Reading<CompanyName> read(String text) {
        String clean = Texts.clean(text);
        if (clean == null) {
            return Reading.absent();
        }
        if (clean.length() > LONGEST || PersonNames.key(clean) == null) {
            return Reading.failed(Issue.NOT_A_NAME);
        }
        if (Fillers.isText(clean)) {
            return Reading.failed(Issue.FAKE_NAME);
        }
        List<Finding> findings = new ArrayList<>();
        List<String> words = words(clean);
        Match leading = leading(words);
        Match trailing = leading.count() == words.size() ? Match.NONE : trailing(words);
        if (leading.count() + trailing.count() >= words.size()) {
            return Reading.failed(Issue.INCOMPLETE_NAME);
        }
        if (leading.form().isPresent() && trailing.form().isPresent()) {
            findings.add(Finding.of(Issue.AMBIGUOUS_LEGAL_FORM));
        }
        if (PersonNames.opensWithCivility(clean) && !isOrganisation(clean)) {
            findings.add(Finding.of(Issue.PERSON_NAME));
        }
        List<String> name = words.subList(leading.count(), words.size() - trailing.count());
        String shown = trimmed(String.join(" ", name));
        return shown == null
                ? Reading.failed(Issue.INCOMPLETE_NAME)
                : Reading.of(new CompanyName(shown, leading.form().or(trailing::form)), findings);
    }

    /** Whether a name is an organisation's rather than a person's. Somebody in business by himself ("EI") is a person. */
    public static boolean isOrganisation(String text) {
        String clean = Texts.clean(text);
        if (clean == null || clean.length() > LONGEST) {
            return false;
        }
        List<String> words = words(clean);
        List<String> folded = words.stream()
                .map(PersonNames::bare)
                .filter(word -> !word.isEmpty())
                .toList();
        if (folded.size() < 2) {
            return folded.stream().anyMatch(ANYWHERE::contains);
        }
        boolean hasCivility = PersonNames.opensWithCivility(clean);
        String last = folded.get(folded.size() - 1);
        boolean isSurname = folded.size() == 2 && FirstNames.isKnown(last) && !FirstNames.isAlsoLastName(last);
        boolean isLinked =
                CLOSING.contains(last) && (UNLINKED.contains(last) || LINKS.contains(folded.get(folded.size() - 2)));
        boolean hasForm = List.of(leading(words), trailing(words)).stream()
                .anyMatch(match -> match.count() < words.size()
                        && match.form().filter(form -> form != LegalForm.EI).isPresent());
        return hasForm
                || folded.stream().anyMatch(ANYWHERE::contains)
                || (!hasCivility && ((OPENING.contains(folded.get(0)) && !isSurname) || isLinked));
    }

    /** Whether a text is a legal form and nothing else. */
    static boolean isForm(String text) {
        List<String> words = words(text);
        return leading(words).count() == words.size();
    }

    /** For comparison: without accents and signs, the usual abbreviations spelt out; null if nothing is left. */
    public static String key(String name) {
        String key = PersonNames.key(name == null ? null : name.replace("&", " et "));
        return key == null
                ? null
                : Arrays.stream(key.split(" ", -1))
                        .map(word -> ABBREVIATIONS.getOrDefault(word, word))
                        .collect(Collectors.joining(" "));
    }

    private record Match(int count, Optional<LegalForm> form) {
        static final Match NONE = new Match(0, Optional.empty());
    }

    private static Match leading(List<String> words) {
        List<String> squeezed = squeezed(words.subList(0, Math.min(MOST_WORDS, words.size())));
        for (int count = squeezed.size(); count > 0; count--) {
            Optional<LegalForm> form =
                    form(words.subList(0, count), squeezed.subList(0, count)).filter(LegalForm::leads);
            if (form.isPresent()) {
                return new Match(count, form);
            }
        }
        return Match.NONE;
    }

    private static Match trailing(List<String> words) {
        List<String> last = words.subList(Math.max(0, words.size() - MOST_WORDS), words.size());
        List<String> squeezed = squeezed(last);
        for (int start = 0; start < last.size(); start++) {
            int size = last.size();
            Optional<LegalForm> form = form(last.subList(start, size), squeezed.subList(start, size));
            if (form.isPresent()) {
                return new Match(size - start, form);
            }
        }
        return Match.NONE;
    }

    private static Optional<LegalForm> form(List<String> words, List<String> squeezed) {
        String spelling = String.join("", squeezed);
        LegalForm form = squeezed.get(0).isEmpty() ? null : FORMS.get(spelling);
        return Optional.ofNullable(form).filter(found -> LegalForm.isWrittenAsForm(String.join(" ", words), spelling));
    }

    /** Each word folded, without its signs. */
    private static List<String> squeezed(List<String> words) {
        return words.stream()
                .map(PersonNames::key)
                .map(key -> key == null ? "" : key.replace(" ", ""))
                .toList();
    }

    /** Split at blanks; signs on the rim of a word stay with it, and are no part of a form. */
    private static List<String> words(String clean) {
        return List.of(clean.split(" ", -1));
    }

    /** Without the signs that joined the name to its form. */
    private static String trimmed(String name) {
        int start = 0;
        int end = name.length();
        while (start < end && isJoint(name.charAt(start), "(")) {
            start++;
        }
        while (end > start && isJoint(name.charAt(end - 1), ")")) {
            end--;
        }
        String inner = name.substring(start, end);
        boolean hadBrackets = name.startsWith("(") || name.endsWith(")");
        return Texts.clean(hadBrackets && inner.indexOf('(') >= 0 ? name : inner);
    }

    private static boolean isJoint(char c, String bracket) {
        return ",;:&- –—".indexOf(c) >= 0 || bracket.indexOf(c) >= 0;
    }

    private static Map<String, LegalForm> forms() {
        Map<String, LegalForm> forms = new HashMap<>();
        for (LegalForm form : LegalForm.values()) {
            form.spellings().forEach(spelling -> forms.put(spelling, form));
        }
        return Map.copyOf(forms);
    }
}
