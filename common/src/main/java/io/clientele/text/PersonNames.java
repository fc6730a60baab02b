package io.clientele.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Names of persons as files have them, in one field or in two: forms of address, first names, last name, birth name,
 * couples; and what is no person's name. Accents are kept for display and dropped from keys.
 */
public final class PersonNames {

    private static final int LONGEST = 150;

    private static final Set<String> PLURALS = Set.of("MM", "MESSIEURS", "MMES", "MESDAMES", "MLLES", "MESDEMOISELLES");

    /** Words in front of a name that several persons share. */
    private static final Set<String> GROUPS =
            Set.of("FAMILLE", "INDIVISION", "SUCCESSION", "CONSORTS", "HERITIERS", "EPOUX");

    /** What somebody is, behind a form of address: {@code Mme la Présidente}. Not {@code Le Maire}, a last name. */
    private static final Set<String> ROLES = Set.of(
            "PRESIDENT",
            "PRESIDENTE",
            "DIRECTEUR",
            "DIRECTRICE",
            "GERANT",
            "GERANTE",
            "RESPONSABLE",
            "SECRETAIRE",
            "TRESORIER",
            "TRESORIERE",
            "SYNDIC",
            "PREFET",
            "PREFETE",
            "PROPRIETAIRE",
            "LOCATAIRE",
            "COMPTABLE");

    /** Forms of address that may follow the name; a single M is an initial there. */
    private static final Set<String> CLOSING = Set.of("MR", "MONSIEUR", "MME", "MADAME", "MLLE", "MADEMOISELLE", "MRS");

    private static final Set<String> ARTICLES = Set.of("LE", "LA");
    private static final Set<String> LINKS = Set.of("ET", "&", "+", "AND");
    private static final Set<String> BIRTH = Set.of("NEE", "NE");
    private static final Set<String> MARRIAGE = Set.of("EPOUSE", "EP", "EPSE", "EPX", "VEUVE", "VVE", "VEUF");
    private static final Set<String> SUFFIXES = Set.of("JR", "SR", "II", "III");

    /** Hyphens and dashes of all kinds, with the blanks that some put around them. */
    private static final Pattern HYPHENS = Pattern.compile("(?: ?+[-\u2010-\u2015\u2212])++ ?+");

    private static final Pattern APOSTROPHES = Pattern.compile("[\u2018\u2019\u02bc\u00b4`]");

    /** A form of address that sticks to the name: {@code M.Dupont}. */
    private static final Pattern STUCK =
            Pattern.compile("(M|MR|MME|MLLE|DR|PR|ME)\\.(\\p{L}[^.]{2}.*+)", Pattern.CASE_INSENSITIVE);

    /** Signs that no name has, and a point between two words. */
    private static final Pattern UNUSUAL = Pattern.compile("[^\\p{L}\\p{M} '.\u00b7-]|\\p{L}{2}\\.\\p{L}{2}");

    private static final Pattern ATTENTION = Pattern.compile(
            "(?:[\u00e0a] l'att(?:ention|n|\\.)?+ ?+(?:de |d')|attn ?+:? ?+|attention ?+: ?+)(.++)",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

    private static final Pattern NOT_IN_KEYS = Pattern.compile("[^\\p{L}\\p{Nd}]++");

    private PersonNames() {}

    /** Reads a full name, in whatever order its parts are. */
    public static Reading<PersonName> read(String text) {
        String clean = addressee(typographic(text));
        if (clean == null) {
            return Reading.absent();
        }
        Optional<Finding> refusal = refusal(clean);
        if (refusal.isPresent()) {
            return Reading.failed(List.of(refusal.get()));
        }
        if (CompanyNames.isOrganisation(clean)) {
            return organisation(clean);
        }
        List<Finding> findings = new ArrayList<>();
        List<Part> parts = parts(clean, findings);
        List<PersonName> persons =
                parts.stream().map(part -> person(part, findings)).toList();
        return concluded(together(parts, persons), findings);
    }

    /**
     * Reads a name from separate fields. What stands in which field is believed; a swap or a repetition that known first
     * names or the words reveal is a finding, with a proposal.
     */
    public static Reading<PersonName> read(String firstNames, String lastName) {
        String first = lettered(typographic(firstNames), lastName);
        String last = lettered(typographic(lastName), first);
        if (first == null || last == null) {
            return oneField(first, last);
        }
        Optional<Finding> refusal = refusal(first + " " + last);
        if (refusal.isPresent()) {
            return Reading.failed(List.of(refusal.get()));
        }
        if (CompanyNames.isOrganisation(last) || CompanyNames.isOrganisation(first) || CompanyNames.isForm(first)) {
            return organisation(first + " " + last);
        }
        List<Finding> findings = new ArrayList<>();
        List<Part> firsts = parts(first.replace(',', ' '), findings);
        List<Part> lasts = parts(last.replace(',', ' '), findings);
        Optional<Finding> disorder =
                disorder(firsts.get(0).words(), lasts.get(0).words());
        disorder.ifPresent(findings::add);
        List<PersonName> persons = new ArrayList<>();
        for (int i = 0; i < Math.max(firsts.size(), lasts.size()); i++) {
            persons.add(fields(at(firsts, i), lasts.get(Math.min(i, lasts.size() - 1)), i < firsts.size()));
        }
        boolean isPlural = firsts.get(0).isPlural() || lasts.get(0).isPlural();
        return concluded(new Persons(persons, isPlural), findings);
    }

    /** Whether two first names, as {@link #key} gives them, may be of one person: Beth and Elisabeth, Kathy and Cathy. */
    public static boolean areForms(String one, String other) {
        return FirstNames.areForms(one, other);
    }

    /** A name for comparison: in capitals, without accents, every run of signs one blank; null if nothing is left. */
    public static String key(String name) {
        String folded = Texts.fold(name);
        if (folded == null || isKey(folded)) {
            return folded;
        }
        return Texts.clean(NOT_IN_KEYS.matcher(folded).replaceAll(" "));
    }

    private static boolean isKey(String folded) {
        for (int i = 0; i < folded.length(); i++) {
            char c = folded.charAt(i);
            if (c != ' ' && (c < 'A' || c > 'Z')) {
                return false;
            }
        }
        return true;
    }

    /** A last name as it is displayed: {@code "DE LA TOUR"} gives {@code "de la Tour"}. Mixed case is kept. */
    public static String display(String lastName) {
        String clean = typographic(lastName);
        return clean == null ? null : Texts.clean(NameCase.lastName(split(clean)));
    }

    /** Folded, or empty. */
    static String fold(String word) {
        String folded = Texts.fold(word);
        return folded == null ? "" : folded;
    }

    /** Folded, without the points and colons of abbreviations. */
    static String bare(String word) {
        return fold(word).replace(".", "").replace(":", "");
    }

    static boolean opensWithCivility(String text) {
        List<String> words = words(typographic(text));
        return words.size() > 1 && isCivility(bare(words.get(0)));
    }

    private static boolean isCivility(String bare) {
        return Civility.spelt(bare).isPresent();
    }

    private static boolean isTitle(String bare) {
        return PersonName.Title.spelt(bare).isPresent();
    }

    /** The words about one person: what he or she is called by, and the rest. */
    private record Part(
            List<Civility> civilities, boolean isPlural, Optional<PersonName.Title> title, List<String> words) {}

    private record Persons(List<PersonName> all, boolean isPlural) {}

    /** The last name, its birth name, and the words with which the first names may stand. */
    private record Sections(List<String> head, List<String> birth, List<String> married) {}

    private static String typographic(String text) {
        String clean = Texts.clean(text);
        if (clean == null) {
            return null;
        }
        String straight = APOSTROPHES.matcher(clean).replaceAll("'");
        return Texts.clean(HYPHENS.matcher(straight).replaceAll("-"));
    }

    /** A field without a letter, such as a hyphen, stands for nothing where the other has some. */
    private static String lettered(String field, String other) {
        return hasLetter(field) || !hasLetter(other) ? field : null;
    }

    private static boolean hasLetter(String text) {
        return text != null && text.codePoints().anyMatch(Character::isLetter);
    }

    /** What follows "for the attention of". */
    private static String addressee(String clean) {
        var addressed = ATTENTION.matcher(clean == null ? "" : clean);
        return addressed.matches() ? Texts.clean(addressed.group(1)) : clean;
    }

    private static Optional<Finding> refusal(String clean) {
        boolean isAddress = clean.indexOf('@') >= 0 || clean.contains("://") || clean.contains("www.");
        if (clean.length() > LONGEST || isAddress || !hasLetter(clean)) {
            return Optional.of(Finding.of(Issue.NOT_A_NAME));
        }
        return Fillers.isText(clean) ? Optional.of(Finding.of(Issue.FAKE_NAME)) : Optional.empty();
    }

    private static Reading<PersonName> organisation(String clean) {
        return Reading.failed(List.of(Finding.proposing(Issue.ORGANISATION_NAME, clean)));
    }

    /** One field of two: it may hold the full name; where nothing tells, it holds what it is for. */
    private static Reading<PersonName> oneField(String first, String last) {
        String field = first == null ? last : first;
        Reading<PersonName> full = read(field);
        boolean isFull = !full.has(Issue.AMBIGUOUS_NAME)
                && split(field == null ? "" : field).size() > 1;
        if (full.value().isEmpty() || isFull) {
            return full;
        }
        List<Finding> findings = new ArrayList<>(full.findings());
        if (last != null) {
            findings.removeIf(finding -> finding.issue() == Issue.NICKNAME);
        }
        findings.add(Finding.of(Issue.INCOMPLETE_NAME));
        PersonName name = full.value().get();
        List<String> words =
                sections(parts(field, new ArrayList<>()).get(0).words()).head();
        return Reading.of(
                new PersonName(
                        name.civility(),
                        name.title(),
                        last == null ? shownFirst(words) : List.of(),
                        last == null ? Optional.empty() : shownLast(words).or(name::lastName),
                        name.birthName(),
                        Optional.empty(),
                        name.partner()),
                distinct(findings));
    }

    private static List<String> split(String clean) {
        return clean.isEmpty() ? List.of() : List.of(clean.split(" ", -1));
    }

    /** Words, commas and links, each on its own. */
    private static List<String> words(String clean) {
        if (clean == null) {
            return List.of();
        }
        String spaced = clean.replace("(e)", "e")
                .replace("(E)", "E")
                .replace(",", " , ")
                .replace(";", " , ")
                .replace("&", " & ")
                .replace("+", " + ")
                .replace("/", " / ");
        List<String> words = new ArrayList<>();
        String regular = Texts.clean(spaced);
        for (String word : split(regular == null ? "" : regular)) {
            var stuck = STUCK.matcher(word);
            if (stuck.matches()) {
                words.add(stuck.group(1) + ".");
                words.add(stuck.group(2));
            } else {
                words.add(word);
            }
        }
        return words;
    }

    private static List<Part> parts(String clean, List<Finding> findings) {
        List<List<String>> runs = new ArrayList<>();
        List<String> run = new ArrayList<>();
        for (String word : withoutRemarks(unbracketed(words(clean), findings), findings)) {
            if (isLink(word, run)) {
                runs.add(run);
                run = new ArrayList<>();
            } else if (word.equals("/")) {
                findings.add(Finding.of(Issue.UNUSUAL_NAME));
            } else {
                run.add(word);
            }
        }
        runs.add(run);
        List<Part> parts = addressedBefore(runs).stream()
                .filter(words -> !words.isEmpty())
                .map(words -> part(words, findings))
                .toList();
        return parts.isEmpty() ? List.of(part(List.of(), findings)) : addressedInTurn(parts);
    }

    /** {@code Dupont M. et Mme}: both forms of address follow the name. */
    private static List<List<String>> addressedBefore(List<List<String>> runs) {
        if (runs.size() != 2 || runs.get(0).size() < 2 || runs.get(1).size() != 1) {
            return runs;
        }
        List<String> named = runs.get(0);
        String closing = named.get(named.size() - 1);
        if (!isCivility(bare(closing)) || !isCivility(bare(runs.get(1).get(0)))) {
            return runs;
        }
        List<String> turned = new ArrayList<>(named.subList(0, named.size() - 1));
        turned.add(0, closing);
        return List.of(turned, runs.get(1));
    }

    /** Without a date of birth, and without what somebody wrote for his colleagues: {@code ne pas appeler}. */
    private static List<String> withoutRemarks(List<String> words, List<Finding> findings) {
        for (int i = 0; i + 1 < words.size(); i++) {
            String next = bare(words.get(i + 1));
            boolean isRemark = next.equals("PAS") || next.equals("PLUS");
            boolean isDate = next.equals("LE")
                    && i + 2 < words.size()
                    && Character.isDigit(words.get(i + 2).charAt(0));
            if (BIRTH.contains(bare(words.get(i))) && (isRemark || isDate)) {
                findings.add(Finding.of(Issue.UNREAD_TEXT));
                return words.subList(0, i);
            }
        }
        return words;
    }

    /** {@code M. et Mme Jean et Marie Dupont}: the first form of address goes with the first name. */
    private static List<Part> addressedInTurn(List<Part> parts) {
        boolean areBothAhead = parts.size() == 3
                && parts.get(0).words().isEmpty()
                && parts.get(1).civilities().size() == 1
                && parts.get(2).civilities().isEmpty();
        if (!areBothAhead) {
            return parts;
        }
        Part first = parts.get(0);
        Part second = parts.get(1);
        Part third = parts.get(2);
        return List.of(
                new Part(first.civilities(), first.isPlural(), second.title(), second.words()),
                new Part(second.civilities(), false, third.title(), third.words()));
    }

    /** {@code ou} is a name as well: it joins forms of address only, as the stroke does. */
    private static boolean isLink(String word, List<String> before) {
        String folded = fold(word);
        boolean isAfterCivility = !before.isEmpty() && isCivility(bare(before.get(before.size() - 1)));
        return LINKS.contains(folded) || (isAfterCivility && (folded.equals("OU") || folded.equals("/")));
    }

    /** Brackets stay open around a birth name or a form of address; anything else in them is left aside. */
    private static List<String> unbracketed(List<String> words, List<Finding> findings) {
        int lastClosed = -1;
        for (int i = 0; i < words.size(); i++) {
            lastClosed = closes(words.get(i)) ? i : lastClosed;
        }
        List<String> kept = new ArrayList<>();
        boolean isInside = false;
        boolean isSkipped = false;
        boolean hasSkipped = false;
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            boolean opens = opens(word);
            String bare = rimless(word);
            if (opens && !isInside && i <= lastClosed) {
                String marker = bare(bare);
                isInside = true;
                isSkipped = !BIRTH.contains(marker) && !MARRIAGE.contains(marker) && !isCivility(marker);
            }
            if (isInside && isSkipped) {
                hasSkipped = true;
            } else if (isPlain(bare)) {
                kept.add(isInside && bare(bare).equals("M") ? "Mr" : bare);
            }
            boolean isOpeningAlone = opens && word.length() == 1;
            isInside = isInside && (isOpeningAlone || !closes(word));
        }
        if (kept.isEmpty()) {
            return words.stream()
                    .map(PersonNames::rimless)
                    .filter(PersonNames::isPlain)
                    .toList();
        }
        if (hasSkipped) {
            findings.add(Finding.of(Issue.UNREAD_TEXT));
        }
        return kept;
    }

    private static boolean opens(String word) {
        return isOneOf(word.charAt(0), "([\"\u00ab\u201c");
    }

    private static boolean closes(String word) {
        return isOneOf(word.charAt(word.length() - 1), ")]\"\u00bb\u201d");
    }

    private static String rimless(String word) {
        int end = closes(word) ? word.length() - 1 : word.length();
        return opens(word) && end > 0 ? word.substring(1, end) : word.substring(0, end);
    }

    private static boolean isPlain(String word) {
        return key(word) != null || word.equals(NameOrder.COMMA) || isLinkOrStroke(word);
    }

    private static boolean isLinkOrStroke(String word) {
        return LINKS.contains(word) || word.equals("/");
    }

    private static boolean isOneOf(char c, String chars) {
        return chars.indexOf(c) >= 0;
    }

    private static Part part(List<String> words, List<Finding> findings) {
        List<Civility> civilities = new ArrayList<>();
        boolean isPlural = false;
        PersonName.Title title = null;
        int start = 0;
        for (; start < words.size(); start++) {
            String word = bare(words.get(start));
            String next = start + 1 < words.size() ? bare(words.get(start + 1)) : "";
            if (isCivility(word)) {
                Civility.spelt(word).ifPresent(civilities::add);
                isPlural |= PLURALS.contains(word);
            } else if (isTitle(word) && !next.isEmpty() && title == null) {
                title = PersonName.Title.spelt(word).get();
            } else if (GROUPS.contains(word) && !next.isEmpty()) {
                isPlural = true;
            } else if (ARTICLES.contains(word) && ROLES.contains(next) && !civilities.isEmpty()) {
                findings.add(Finding.of(Issue.UNREAD_TEXT));
                start++;
            } else if (!(ARTICLES.contains(word) && isTitle(next) && !civilities.isEmpty())) {
                break;
            }
        }
        int end = words.size();
        if (civilities.isEmpty() && end - start > 1 && CLOSING.contains(bare(words.get(end - 1)))) {
            end--;
            Civility.spelt(bare(words.get(end))).ifPresent(civilities::add);
            if (end - start > 1 && words.get(end - 1).equals(NameOrder.COMMA)) {
                end--;
            }
        }
        int comma = words.subList(start, end).indexOf(NameOrder.COMMA) + start;
        List<String> rest = new ArrayList<>(words.subList(start, end));
        if (comma > start && comma + 1 < end && isCivility(bare(words.get(comma + 1))) && civilities.isEmpty()) {
            Civility.spelt(bare(words.get(comma + 1))).ifPresent(civilities::add);
            rest.remove(comma + 1 - start);
        }
        return new Part(List.copyOf(civilities), isPlural, Optional.ofNullable(title), List.copyOf(rest));
    }

    /** Splits the words at "née", "épouse", "veuve" and the like. */
    private static Sections sections(List<String> words) {
        List<String> head = new ArrayList<>();
        List<String> birth = new ArrayList<>();
        List<String> married = new ArrayList<>();
        List<String> current = head;
        for (int i = 0; i < words.size(); i++) {
            String word = bare(words.get(i));
            boolean isFollowed = i + 1 < words.size();
            if (isFollowed && BIRTH.contains(word) && birth.isEmpty() && (word.equals("NEE") || i > 0)) {
                current = birth;
            } else if (isFollowed && MARRIAGE.contains(word) && married.isEmpty()) {
                current = married;
            } else {
                current.add(words.get(i));
            }
        }
        boolean hasSections = !birth.isEmpty() || !married.isEmpty();
        if (hasSections) {
            Stream.of(head, birth, married).forEach(PersonNames::trimCommas);
        }
        return new Sections(head, birth, married);
    }

    private static void trimCommas(List<String> words) {
        while (!words.isEmpty() && words.get(words.size() - 1).equals(NameOrder.COMMA)) {
            words.remove(words.size() - 1);
        }
        while (!words.isEmpty() && words.get(0).equals(NameOrder.COMMA)) {
            words.remove(0);
        }
    }

    private static PersonName person(Part part, List<Finding> findings) {
        List<String> words = new ArrayList<>(part.words());
        Optional<String> suffix = suffix(words);
        Sections sections = sections(words);
        boolean hasCivility = !part.civilities().isEmpty() || part.title().isPresent();
        NameOrder.Split head = NameOrder.split(sections.head(), hasCivility);
        NameOrder.Split birth = section(sections.birth(), head);
        NameOrder.Split married = section(sections.married(), head);
        Stream.of(head, birth, married)
                .flatMap(split -> split.finding().stream())
                .forEach(findings::add);
        List<String> firstNames = Stream.of(head, birth, married)
                .map(NameOrder.Split::firstNames)
                .filter(names -> !names.isEmpty())
                .findFirst()
                .orElse(List.of());
        boolean isMarriedName = !married.lastName().isEmpty();
        Optional<String> headName = shownLast(head.lastName());
        Optional<String> birthName = shownLast(birth.lastName());
        return new PersonName(
                part.civilities().stream().findFirst(),
                part.title(),
                shownFirst(firstNames),
                isMarriedName ? shownLast(married.lastName()) : headName.or(() -> birthName),
                birthName.or(() -> isMarriedName ? headName : Optional.empty()),
                suffix,
                Optional.empty());
    }

    /** A birth or married name has first names in it only where the head has none, and words enough. */
    private static NameOrder.Split section(List<String> words, NameOrder.Split head) {
        boolean mayHaveFirst = head.firstNames().isEmpty() && words.size() > 1;
        if (mayHaveFirst) {
            NameOrder.Split split = NameOrder.split(words, false);
            if (split.finding()
                    .filter(found -> found.issue() == Issue.AMBIGUOUS_NAME)
                    .isEmpty()) {
                return split;
            }
        }
        List<String> plain =
                words.stream().filter(word -> !word.equals(NameOrder.COMMA)).toList();
        return new NameOrder.Split(List.of(), plain, Optional.empty());
    }

    private static Optional<String> suffix(List<String> words) {
        int last = words.size() - 1;
        if (last < 2 || !SUFFIXES.contains(bare(words.get(last)))) {
            return Optional.empty();
        }
        String suffix = bare(words.remove(last));
        trimCommas(words);
        return Optional.of(suffix.startsWith("I") ? suffix : suffix.equals("JR") ? "Jr" : "Sr");
    }

    private static PersonName fields(Part first, Part last, boolean isNamed) {
        Sections sections = sections(Stream.concat(last.words().stream(), tail(first.words()).stream())
                .toList());
        Optional<String> head = shownLast(sections.head());
        Optional<String> birth = shownLast(sections.birth());
        Optional<String> married = shownLast(sections.married());
        List<Civility> civilities = Stream.concat(first.civilities().stream(), last.civilities().stream())
                .toList();
        return new PersonName(
                civilities.stream().findFirst(),
                first.title().or(last::title),
                isNamed ? shownFirst(sections(first.words()).head()) : List.of(),
                married.or(() -> head).or(() -> birth),
                birth.or(() -> married.isPresent() ? head : Optional.empty()),
                Optional.empty(),
                Optional.empty());
    }

    /** The birth or married name that follows the first names. */
    private static List<String> tail(List<String> words) {
        return words.subList(sections(words).head().size(), words.size());
    }

    private static Part at(List<Part> parts, int index) {
        return index < parts.size() ? parts.get(index) : part(List.of(), new ArrayList<>());
    }

    /** Whether two fields seem swapped, or the one repeats the other. */
    private static Optional<Finding> disorder(List<String> first, List<String> last) {
        if (first.isEmpty() || last.isEmpty()) {
            return Optional.empty();
        }
        List<String> firstKeys = first.stream().map(PersonNames::bare).toList();
        List<String> lastKeys = last.stream().map(PersonNames::bare).toList();
        int size = first.size();
        if (firstKeys.equals(lastKeys)) {
            return Optional.of(Finding.of(Issue.REPEATED_NAME));
        }
        if (last.size() > size) {
            boolean opens = lastKeys.subList(0, size).equals(firstKeys);
            boolean closes = lastKeys.subList(last.size() - size, last.size()).equals(firstKeys);
            if (opens || closes) {
                List<String> rest = opens ? last.subList(size, last.size()) : last.subList(0, last.size() - size);
                boolean isSwapped = isFirstNames(rest) && !isFirstNames(first);
                return Optional.of(Finding.proposing(
                        Issue.REPEATED_NAME, isSwapped ? inverted(rest, first) : inverted(first, rest)));
            }
        }
        boolean isSwapped = isFirstNames(last)
                && last.stream().noneMatch(FirstNames::isAlsoLastName)
                && first.stream().noneMatch(FirstNames::isKnown);
        return isSwapped
                ? Optional.of(Finding.proposing(Issue.SWAPPED_NAMES, inverted(last, first)))
                : Optional.empty();
    }

    private static boolean isFirstNames(List<String> words) {
        return words.stream().allMatch(FirstNames::isKnown);
    }

    private static String inverted(List<String> firstNames, List<String> lastName) {
        return new NameOrder.Split(firstNames, lastName, Optional.empty()).inverted();
    }

    /** What two persons share: {@code M. et Mme Dupont}, {@code Jean et Marie Dupont}, {@code Dupont Jean et Marie}. */
    private static Persons together(List<Part> parts, List<PersonName> persons) {
        boolean isPlural = parts.get(0).isPlural();
        if (persons.size() < 2) {
            return parts.get(0).civilities().size() < 2 || isPlural
                    ? new Persons(persons, isPlural)
                    : new Persons(
                            List.of(
                                    persons.get(0),
                                    alone(
                                            parts.get(0).civilities().get(1),
                                            persons.get(0).lastName())),
                            true);
        }
        PersonName first = persons.get(0);
        PersonName second = persons.get(1);
        if (parts.get(0).words().isEmpty()) {
            PersonName named = new PersonName(
                    first.civility(),
                    first.title(),
                    second.firstNames(),
                    second.lastName(),
                    second.birthName(),
                    second.suffix(),
                    Optional.empty());
            return pair(named, alone(second.civility(), second.lastName()), persons);
        }
        if (isFirstNames(parts.get(0).words()) && second.lastName().isPresent()) {
            PersonName named = new PersonName(
                    first.civility(),
                    first.title(),
                    shownFirst(parts.get(0).words()),
                    second.lastName(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
            boolean isShared =
                    !second.firstNames().isEmpty() || parts.get(1).words().size() > 1;
            return isShared ? pair(named, second, persons) : pair(first, second, persons);
        }
        boolean isFirstOnly = second.firstNames().isEmpty()
                && first.lastName().isPresent()
                && !first.firstNames().isEmpty()
                && !parts.get(1).words().isEmpty()
                && isFirstNames(parts.get(1).words())
                && parts.get(1).words().stream().noneMatch(FirstNames::isAlsoLastName);
        if (isFirstOnly) {
            PersonName named = new PersonName(
                    second.civility(),
                    second.title(),
                    shownFirst(parts.get(1).words()),
                    first.lastName(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
            return pair(first, named, persons);
        }
        return second.lastName().isEmpty()
                ? pair(first, second.withLastName(first.lastName()), persons)
                : pair(first, second, persons);
    }

    private static Persons pair(PersonName first, PersonName second, List<PersonName> persons) {
        return new Persons(
                Stream.concat(Stream.of(first, second), persons.stream().skip(2))
                        .toList(),
                true);
    }

    private static PersonName alone(Civility civility, Optional<String> lastName) {
        return alone(Optional.of(civility), lastName);
    }

    private static PersonName alone(Optional<Civility> civility, Optional<String> lastName) {
        return new PersonName(
                civility, Optional.empty(), List.of(), lastName, Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static Reading<PersonName> concluded(Persons persons, List<Finding> findings) {
        PersonName name = persons.all().get(0);
        boolean isNamed = name.lastName().isPresent() || !name.firstNames().isEmpty();
        if (!isNamed) {
            return Reading.failed(Issue.NOT_A_NAME);
        }
        List<String> shown = Stream.concat(name.firstName().stream(), name.lastName().stream())
                .toList();
        List<Finding> all = new ArrayList<>(findings);
        if (shown.stream().allMatch(Fillers::isName)) {
            return Reading.failed(Issue.FAKE_NAME);
        }
        if (shown.stream().anyMatch(Fillers::isName)) {
            all.add(Finding.of(Issue.FAKE_NAME));
        }
        if (Stream.concat(shown.stream(), name.birthName().stream())
                .anyMatch(part -> UNUSUAL.matcher(part).find())) {
            all.add(Finding.of(Issue.UNUSUAL_NAME));
        }
        boolean isCouple = persons.all().size() > 1 || persons.isPlural();
        if (isCouple) {
            all.add(Finding.of(Issue.SEVERAL_PERSONS));
        } else if (shown.size() < 2) {
            all.add(Finding.of(Issue.INCOMPLETE_NAME));
        }
        if (persons.all().size() > 2) {
            all.add(Finding.of(Issue.UNREAD_TEXT));
        }
        nicknames(name.firstNames()).forEach(all::add);
        return Reading.of(persons.all().size() > 1 ? name.with(persons.all().get(1)) : name, distinct(all));
    }

    private static Stream<Finding> nicknames(List<String> firstNames) {
        if (firstNames.isEmpty()) {
            return Stream.empty();
        }
        List<String> whole = FirstNames.longForms(String.join(" ", firstNames));
        return (whole.isEmpty() ? FirstNames.longForms(firstNames.get(0)) : whole)
                .stream().map(name -> Finding.proposing(Issue.NICKNAME, name));
    }

    private static List<Finding> distinct(List<Finding> findings) {
        return findings.stream().distinct().toList();
    }

    private static List<String> shownFirst(List<String> words) {
        return words.stream()
                .filter(word -> !word.equals(NameOrder.COMMA))
                .map(NameCase::firstName)
                .toList();
    }

    private static Optional<String> shownLast(List<String> words) {
        List<String> plain =
                words.stream().filter(word -> !word.equals(NameOrder.COMMA)).toList();
        return plain.isEmpty() ? Optional.empty() : Optional.of(NameCase.lastName(plain));
    }
}
