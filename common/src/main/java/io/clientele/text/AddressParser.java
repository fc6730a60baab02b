package io.clientele.text;

import io.clientele.text.AddressWord.Gap;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads one address: from its end the country, the postcode and the town, then the details, then the street. */
final class AddressParser {

    private static final Set<String> CIVILITIES =
            Set.of("M", "MR", "MME", "MLLE", "MONSIEUR", "MADAME", "MADEMOISELLE", "DR", "DOCTEUR", "ME", "MAITRE");

    private static final Set<String> COMPANY_WORDS = Set.of(
            "SA",
            "SAS",
            "SASU",
            "SARL",
            "EURL",
            "SCI",
            "SNC",
            "SCP",
            "SELARL",
            "SCOP",
            "GIE",
            "GAEC",
            "EARL",
            "EIRL",
            "ASSOCIATION",
            "ASSOC",
            "SOCIETE",
            "STE",
            "ETS",
            "ETABLISSEMENTS",
            "ENTREPRISE",
            "COMPAGNIE",
            "CIE",
            "CABINET",
            "MAIRIE",
            "CLUB",
            "GROUPE",
            "SYNDICAT",
            "FONDATION",
            "MAISON",
            "CENTRE",
            "TRIBUNAL",
            "ECOLE",
            "LYCEE",
            "COLLEGE",
            "RESTAURANT",
            "HOTEL",
            "PHARMACIE",
            "GARAGE",
            "BOULANGERIE",
            "MUSEE",
            "BANQUE",
            "SERVICE",
            "DIRECTION");

    private static final Set<String> PLACE_SIGNS = Set.of("LIEU DIT", "LIEUDIT", "LIEUX DITS", "LIEU DITS", "LD");

    private final List<String> lines;

    private final List<Finding> findings;

    private final AddressDetails details = new AddressDetails();

    private String company;
    private String person;
    private String number;
    private String suffix;
    private String streetType;
    private String streetName;
    private String namedPlace;
    private String postcode;
    private String town;
    private String cedex;
    private String country;
    private final List<String> others = new ArrayList<>();

    AddressParser(List<String> lines, List<Finding> findings) {
        this.lines = lines;
        this.findings = findings;
    }

    /** Reads lines that hold all of the address. */
    Reading<FrenchAddress> read() {
        Optional<Reading<FrenchAddress>> abroad = AddressesAbroad.read(lines, findings);
        if (abroad.isPresent()) {
            return abroad.get();
        }
        List<AddressWord> words = withoutCountry(withWholePostcode(AddressWord.of(lines)));
        int code = postcodeAt(words);
        List<AddressWord> above = words;
        if (code >= 0) {
            postcode =
                    postcodeText(words.get(code).key()).orElse(words.get(code).text());
            above = words.subList(0, code);
            List<AddressWord> below = words.subList(code + 1, words.size());
            boolean isApart = words.get(code).gap() == Gap.COMMA
                    && !below.isEmpty()
                    && below.get(0).gap() == Gap.COMMA;
            if (isApart && withoutTown(details.take(above), true).size() < above.size()) {
                leftover(below);
            } else {
                readTown(below);
            }
        }
        above = details.take(above);
        boolean mayHoldTown = town == null;
        if (town == null) {
            above = withoutTown(above, code >= 0);
        }
        readStreet(above, mayHoldTown && town == null && code < 0 && lines.size() == 1);
        return reading();
    }

    /** Reads the lines of the street, postcode and town being given. */
    Reading<FrenchAddress> readFields(String givenPostcode, String givenTown, Parsed<String> givenCountry) {
        Optional<String> code = givenCountry.value().filter(known -> !AddressesAbroad.isFrench(known));
        if (code.isPresent()) {
            return AddressesAbroad.fields(code.get(), lines, givenPostcode, givenTown, findings);
        }
        if (givenPostcode.isEmpty() && givenTown.isEmpty()) {
            return read();
        }
        List<AddressWord> codeWords = AddressWord.of(List.of(givenPostcode));
        String codeKey = AddressWord.key(codeWords).replace(" ", "");
        if (!codeKey.isEmpty()) {
            postcode = postcodeText(codeKey).orElse(givenPostcode);
        }
        List<AddressWord> townWords = withoutCountry(AddressWord.of(List.of(givenTown)));
        if (!townWords.isEmpty() && postcodeText(townWords.get(0).key()).isPresent()) {
            postcode = postcode == null ? townWords.get(0).key() : postcode;
            townWords = townWords.subList(1, townWords.size());
        }
        readTown(townWords);
        readStreet(details.take(withoutRepeated(AddressWord.of(lines))), false);
        return reading();
    }

    /** Without the postcode and town of the fields, where the lines end with them too. */
    private List<AddressWord> withoutRepeated(List<AddressWord> words) {
        int code = postcodeAt(words);
        if (code < 0 || !words.get(code).key().equals(postcode)) {
            return words;
        }
        String after = AddressWord.key(words.subList(code + 1, words.size()));
        boolean isRepeated = after.isEmpty() || after.equals(StreetWords.key(town));
        return isRepeated ? words.subList(0, code) : words;
    }

    /** "75 001 Paris", at the start of a line. */
    private static List<AddressWord> withWholePostcode(List<AddressWord> words) {
        for (int i = words.size() - 3; i > 0; i--) {
            AddressWord first = words.get(i);
            AddressWord second = words.get(i + 1);
            boolean isSplit = first.gap() == Gap.LINE
                    && first.isNumber()
                    && first.key().length() == 2
                    && second.gap() == Gap.BLANK
                    && second.isNumber()
                    && second.key().length() == 3
                    && !words.get(i + 2).isNumber()
                    && StreetStart.typeLength(words, i + 2) == 0;
            if (isSplit) {
                List<AddressWord> whole = new ArrayList<>(words);
                String code = first.key() + second.key();
                whole.set(i, new AddressWord(code, code, Gap.LINE));
                whole.remove(i + 1);
                return whole;
            }
        }
        return words;
    }

    private List<AddressWord> withoutCountry(List<AddressWord> words) {
        List<List<AddressWord>> parts = AddressWord.parts(words);
        if (parts.size() > 1) {
            List<AddressWord> last = parts.get(parts.size() - 1);
            Optional<String> code = AddressesAbroad.countryNamed(AddressWord.key(last));
            boolean hasTown = words.subList(0, words.size() - last.size()).stream()
                    .anyMatch(word -> postcodeText(word.key()).isPresent());
            if (code.filter(AddressesAbroad::isFrench).isPresent() && hasTown) {
                boolean isMonaco = code.get().equals("MC");
                country = isMonaco ? "MC" : "FR";
                boolean isTown = words.get(words.size() - last.size() - 1).isNumber();
                return isTown && !code.get().equals("FR") ? words : words.subList(0, words.size() - last.size());
            }
        }
        int size = words.size();
        boolean isAfterTown = size > 2
                && words.get(size - 1).key().equals("FRANCE")
                && !Set.of("DE", "EN", "LA").contains(words.get(size - 2).key())
                && !words.get(size - 2).isNumber()
                && postcodeAt(words.subList(0, size - 1)) >= 0
                && postcodeAt(words.subList(0, size - 1)) < size - 2;
        boolean isAfterMainTown = size > 2
                && words.get(size - 1).key().equals("FRANCE")
                && StreetWords.departmentOf(words.get(size - 2).key()).isPresent();
        return isAfterTown || isAfterMainTown ? words.subList(0, size - 1) : words;
    }

    /** The word that is the postcode; -1 if there is none. */
    private static int postcodeAt(List<AddressWord> words) {
        int found = -1;
        for (int i = words.size() - 1; i >= 0; i--) {
            if (postcodeText(words.get(i).key()).isEmpty() || isNumberOfBox(words, i)) {
                continue;
            }
            boolean isNumber = i == 0 && StreetStart.typeLength(words, 1) > 0;
            if (words.get(i).gap() == Gap.LINE && i > 0) {
                return i;
            }
            if (found < 0 && !isNumber) {
                found = i;
            }
        }
        if (found >= 0) {
            return found;
        }
        for (int i = words.size() - 2; i > 0; i--) {
            boolean isShort = words.get(i).gap() == Gap.LINE
                    && words.get(i).isNumber()
                    && words.get(i).key().length() == 4
                    && !words.get(i + 1).isNumber()
                    && StreetStart.in(words.subList(0, i)).isPresent();
            if (isShort) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isNumberOfBox(List<AddressWord> words, int i) {
        if (i == 0 || words.get(i).gap() == Gap.LINE) {
            return false;
        }
        int before = StreetStart.isNumberSign(words.get(i - 1)) && i > 1 ? i - 2 : i - 1;
        return AddressDetails.isBox(words, before);
    }

    /** Five digits, with or without the country's letter, or Corsica's letters. */
    private static Optional<String> postcodeText(String key) {
        String bare = key;
        for (String sign : List.of("F ", "FR ", "F", "FR")) {
            if (key.startsWith(sign) && Postcodes.isFiveDigits(key.substring(sign.length()))) {
                bare = key.substring(sign.length());
            }
        }
        boolean isCorsican = bare.length() == 5
                && (bare.startsWith("2A") || bare.startsWith("2B"))
                && Postcodes.isFiveDigits("20" + bare.substring(2));
        return Postcodes.isFiveDigits(bare) || isCorsican ? Optional.of(bare) : Optional.empty();
    }

    private void readTown(List<AddressWord> words) {
        List<List<AddressWord>> parts = AddressWord.parts(words);
        if (parts.isEmpty()) {
            return;
        }
        List<AddressWord> name = parts.get(0);
        for (int i = 0; i < name.size(); i++) {
            if (name.get(i).key().equals("CEDEX")) {
                boolean isNumbered = i + 1 < name.size() && name.get(i + 1).isNumber();
                cedex = isNumbered ? "CEDEX " + name.get(i + 1).text() : "CEDEX";
                leftover(name.subList(Math.min(name.size(), i + (isNumbered ? 2 : 1)), name.size()));
                name = name.subList(0, i);
            }
        }
        int from = name.size() > 1 && name.get(0).key().equals("A") ? 1 : 0;
        name = withoutDistrict(name.subList(from, name.size()));
        int end = 0;
        while (end < name.size()
                && (!name.get(end).isNumber()
                        || Postcodes.hasDistricts(name.get(0).key()))) {
            end++;
        }
        town = AddressWord.text(name.subList(0, end));
        List<AddressWord> rest = new ArrayList<>(name.subList(end, name.size()));
        parts.subList(1, parts.size()).forEach(rest::addAll);
        leftover(details.take(rest));
    }

    private void leftover(List<AddressWord> words) {
        if (!words.isEmpty()) {
            String text = AddressWord.text(words);
            others.add(text);
            find(Issue.ADDRESS_LEFTOVER, text);
        }
    }

    /** "Paris 14e": the district is in the postcode, or else in the number that people write after the town. */
    private List<AddressWord> withoutDistrict(List<AddressWord> name) {
        if (name.size() < 2 || !Postcodes.hasDistricts(name.get(0).key())) {
            return name;
        }
        String rest = AddressWord.key(name.subList(1, name.size()));
        int digits = 0;
        while (digits < rest.length() && digits < 3 && Character.isDigit(rest.charAt(digits))) {
            digits++;
        }
        String after = rest.substring(digits).strip();
        boolean isDistrict = digits > 0
                && digits < 3
                && Set.of("", "E", "ER", "EME", "IEME", "ARRONDISSEMENT", "ARRDT", "ARDT", "ARR")
                        .contains(after.replaceFirst("^(ER|EME|IEME|E) ", ""));
        if (!isDistrict) {
            return name;
        }
        Optional<String> right = Postcodes.ofDistrict(name.get(0).key(), Integer.parseInt(rest.substring(0, digits)));
        if (right.isEmpty()) {
            return name;
        }
        boolean isSixteenth = right.get().equals("75016") && "75116".equals(postcode);
        if (postcode == null) {
            find(Issue.MISSING_POSTCODE, right.get());
            return name;
        } else if (cedex == null && !right.get().equals(postcode) && !isSixteenth) {
            find(Issue.POSTCODE_TOWN_MISMATCH, right.get());
            return name;
        }
        return name.subList(0, 1);
    }

    /** A town that stands in a part of its own, before its postcode or without one. */
    private List<AddressWord> withoutTown(List<AddressWord> words, boolean hasPostcode) {
        List<List<AddressWord>> parts = AddressWord.parts(words);
        if (parts.size() < 2) {
            return words;
        }
        List<AddressWord> last = parts.get(parts.size() - 1);
        List<AddressWord> before = words.subList(0, words.size() - last.size());
        boolean isName = !last.get(0).isNumber()
                && (last.get(0).gap() == Gap.LINE || last.get(0).gap() == Gap.COMMA)
                && StreetStart.typeLength(last, 0) == 0
                && PLACE_SIGNS.stream().noneMatch(sign -> (AddressWord.key(last) + " ").startsWith(sign + " "))
                && AddressWord.parts(before).stream()
                        .anyMatch(part -> StreetStart.in(part).isPresent());
        boolean isNumbered = last.stream().anyMatch(AddressWord::isNumber)
                && !Postcodes.hasDistricts(last.get(0).key());
        if (!isName || isNumbered) {
            return words;
        }
        if (last.stream().anyMatch(word -> word.key().equals("CEDEX"))) {
            readTown(last);
        } else {
            town = AddressWord.text(withoutDistrict(last));
        }
        if (!hasPostcode && town != null) {
            find(Issue.TOWN_GUESSED, town);
        }
        return before;
    }

    private void readStreet(List<AddressWord> words, boolean mayEndInTown) {
        Optional<StreetStart> found = StreetStart.in(words);
        if (found.isEmpty()) {
            readNames(words);
            return;
        }
        StreetStart start = found.get();
        int end = start.typeFrom() + Math.max(1, start.typeLength());
        while (end < words.size() && !words.get(end).startsPart()) {
            end++;
        }
        end = Math.min(end, words.size());
        int from = start.from();
        while (from > 0 && StreetStart.isNumberSign(words.get(from - 1))) {
            from--;
        }
        readAbove(words.subList(0, from));
        if (start.number() != null) {
            number = start.number().number();
            suffix = start.number().suffix();
        }
        List<AddressWord> name = words.subList(Math.min(end, start.typeFrom() + start.typeLength()), end);
        if (mayEndInTown && end == words.size() && !name.isEmpty()) {
            String type =
                    start.type() == null ? "" : StreetWords.key(start.type().name());
            int boundary = TownBoundary.find(type, name);
            if (boundary < name.size()) {
                List<AddressWord> guessed = name.subList(boundary, name.size());
                town = AddressWord.text(withoutDistrict(guessed));
                find(Issue.TOWN_GUESSED, town);
                name = withoutAt(name.subList(0, boundary));
            }
        }
        streetName = AddressWord.text(name);
        if (start.type() != null) {
            List<AddressWord> typed = words.subList(start.typeFrom(), start.typeFrom() + start.typeLength());
            boolean isWhole =
                    AddressWord.key(typed).equals(StreetWords.key(start.type().name()));
            streetType = isWhole ? AddressWord.text(typed) : start.type().name();
        } else if (start.number() != null && name.size() > 1) {
            AddressWord first = name.get(0);
            StreetWords.typeLike(first.key()).ifPresent(type -> find(Issue.STREET_TYPE_MISSPELT, type.name()));
        }
        readBelow(words.subList(end, words.size()));
    }

    private static List<AddressWord> withoutAt(List<AddressWord> name) {
        int last = name.size() - 1;
        return last > 0 && name.get(last).key().equals("A") ? name.subList(0, last) : name;
    }

    /** What stands above the street says who and where in the building. */
    private void readAbove(List<AddressWord> words) {
        for (List<AddressWord> part : AddressWord.parts(words)) {
            if (!readPlace(part)) {
                readName(part);
            }
        }
    }

    private void readName(List<AddressWord> part) {
        String text = AddressWord.text(part);
        boolean isPerson = isPerson(part);
        if (isPerson && person == null) {
            person = text;
        } else if (!isPerson && company == null && (person == null || isCompany(part))) {
            company = text;
        } else if (namedPlace == null && !isPerson && !isCompany(part)) {
            namedPlace = text;
        } else {
            leftover(part);
        }
    }

    private void readBelow(List<AddressWord> words) {
        for (List<AddressWord> part : AddressWord.parts(words)) {
            if (!readPlace(part)) {
                if (namedPlace == null) {
                    namedPlace = AddressWord.text(part);
                } else {
                    leftover(part);
                }
            }
        }
    }

    /** Without a street: names first, then a place; on one line, a place only. */
    private void readNames(List<AddressWord> words) {
        List<List<AddressWord>> parts = AddressWord.parts(words);
        for (int i = 0; i < parts.size(); i++) {
            List<AddressWord> part = parts.get(i);
            boolean isName = isPerson(part) || (isCompany(part) && parts.size() > 1) || (i == 0 && parts.size() > 1);
            if (readPlace(part)) {
                continue;
            }
            if (isName) {
                readName(part);
            } else if (namedPlace == null) {
                namedPlace = AddressWord.text(part);
            } else {
                leftover(part);
            }
        }
    }

    /** "Lieu-dit Les Charmes". */
    private boolean readPlace(List<AddressWord> part) {
        for (int count = Math.min(2, part.size() - 1); count > 0; count--) {
            if (namedPlace == null && PLACE_SIGNS.contains(AddressWord.key(part.subList(0, count)))) {
                namedPlace = AddressWord.text(part.subList(count, part.size()));
                return true;
            }
        }
        return false;
    }

    private static boolean isPerson(List<AddressWord> part) {
        if (part.size() < 2 || isCompany(part)) {
            return false;
        }
        return CIVILITIES.contains(part.get(0).key())
                || StreetWords.isFirstName(part.get(0).key())
                || (part.size() == 2 && StreetWords.isFirstName(part.get(1).key()));
    }

    private static boolean isCompany(List<AddressWord> part) {
        return part.stream().anyMatch(word -> COMPANY_WORDS.contains(word.key()));
    }

    private Reading<FrenchAddress> reading() {
        FrenchAddress address = new FrenchAddress(
                company,
                person,
                details.flat(),
                details.floor(),
                details.stairs(),
                details.building(),
                number,
                suffix,
                streetType,
                streetName,
                namedPlace,
                details.box(),
                postcode,
                town,
                cedex,
                country != null ? country : isMonaco() ? "MC" : "FR",
                others);
        check(address);
        return new Reading<>(Optional.of(address), findings);
    }

    private boolean isMonaco() {
        return postcode != null && postcode.startsWith("980") && postcode.length() == 5;
    }

    private void check(FrenchAddress address) {
        if (address.street() == null && address.namedPlace() == null && address.box() == null) {
            find(Issue.MISSING_STREET, null);
        }
        if (address.town() == null) {
            find(Issue.MISSING_TOWN, null);
        }
        if (address.postcode() == null) {
            boolean isSaid = findings.stream().anyMatch(finding -> finding.issue() == Issue.MISSING_POSTCODE);
            if (!isSaid) {
                find(Issue.MISSING_POSTCODE, null);
            }
            return;
        }
        if (!Postcodes.isFiveDigits(address.postcode())) {
            find(
                    Issue.INVALID_POSTCODE,
                    Postcodes.correction(address.postcode()).orElse(null));
        } else if (Postcodes.department(address.postcode()).isEmpty()) {
            find(Issue.UNKNOWN_POSTCODE, null);
        } else if (address.town() != null) {
            checkTown(address);
        }
    }

    private void checkTown(FrenchAddress address) {
        String key = StreetWords.key(address.town());
        boolean isSaid = findings.stream().anyMatch(finding -> finding.issue() == Issue.POSTCODE_TOWN_MISMATCH);
        if (!isSaid && Postcodes.contradicts(address.postcode(), key)) {
            find(Issue.POSTCODE_TOWN_MISMATCH, null);
        }
        if (address.cedex() == null && Postcodes.isOnlyCedex(address.postcode())) {
            find(Issue.MISSING_CEDEX, "CEDEX");
        }
    }

    private void find(Issue issue, String proposal) {
        findings.add(new Finding(issue, Optional.ofNullable(proposal)));
    }
}
