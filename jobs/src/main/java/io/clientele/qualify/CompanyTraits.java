package io.clientele.qualify;

import io.clientele.text.CompanyName;
import io.clientele.text.CompanyNames;
import io.clientele.text.Phonetics;
import io.clientele.text.Texts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.commons.text.similarity.JaroWinklerSimilarity;
import org.apache.commons.text.similarity.LevenshteinDistance;

/**
 * By what a company is told from another when its number is not known: its names, without legal form and articles, and
 * where it is.
 *
 * @param names each as its words, with a blank between
 * @param number of the house; empty if there is none
 * @param street the words of its name, without its kind; empty if there is none
 * @param postcode five digits; empty if there is none
 * @param town without district and CEDEX; empty if there is none
 */
record CompanyTraits(List<String> names, String number, String street, String postcode, String town) {

    /** Sign under which the register withholds a value. */
    private static final String WITHHELD = "[ND]";

    /** From here on, two words are one in two spellings. */
    private static final double SAME_WORD = 0.88;

    private static final double SAME_STREET = 0.8;

    /** How much the name alone weighs; the place has the rest. */
    private static final double NAME_SHARE = 0.6;

    private static final double WEAK_WEIGHT = 0.3;
    private static final int SHORTEST_TO_SLIP = 6;

    private static final Set<String> ARTICLES =
            Set.of("LE", "LA", "LES", "L", "DE", "DU", "DES", "D", "ET", "AU", "AUX", "A", "EN");

    /** Words that companies add or leave out of their name. */
    private static final Set<String> WEAK = Set.of(
            "FILS",
            "FRERES",
            "COMPAGNIE",
            "ASSOCIES",
            "GROUPE",
            "SOCIETE",
            "ETABLISSEMENTS",
            "ENTREPRISE",
            "FRANCE",
            "MAISON",
            "MONSIEUR",
            "MADAME");

    private static final Set<String> STREET_KINDS = Set.of(
            "RUE",
            "R",
            "AVENUE",
            "AV",
            "AVE",
            "BOULEVARD",
            "BD",
            "BLD",
            "BVD",
            "PLACE",
            "PL",
            "IMPASSE",
            "IMP",
            "ALLEE",
            "ALLEES",
            "ALL",
            "CHEMIN",
            "CHE",
            "CH",
            "ROUTE",
            "RTE",
            "QUAI",
            "COURS",
            "CRS",
            "SQUARE",
            "SQ",
            "PASSAGE",
            "PAS",
            "BIS",
            "TER",
            "B",
            "T");

    private static final Pattern SIGNS = Pattern.compile("[^A-Z0-9]+");
    private static final Pattern HOUSE = Pattern.compile("^[^A-Z0-9]*([0-9]{1,5})(?![0-9])");
    private static final Pattern POSTCODE = Pattern.compile("0?[0-9]{4,5}");
    private static final Pattern DISTRICT = Pattern.compile(" (CEDEX.*|[0-9]{1,2}( ?E(R|ME)?)?( ARRONDISSEMENT)?)$");

    private static final JaroWinklerSimilarity LIKENESS = new JaroWinklerSimilarity();
    private static final LevenshteinDistance ONE_SLIP = new LevenshteinDistance(1);

    /**
     * Reads the traits of a company.
     *
     * @param names in any spelling; null and withheld ones do not count
     */
    static CompanyTraits of(List<String> names, String address, String postcode, String town) {
        String street = told(address);
        Matcher house = HOUSE.matcher(street);
        String number = house.find() ? Integer.toString(Integer.parseInt(house.group(1))) : "";
        String digits = told(postcode).replace(" ", "");
        return new CompanyTraits(
                names.stream()
                        .map(CompanyTraits::key)
                        .filter(Objects::nonNull)
                        .distinct()
                        .toList(),
                number,
                words(number.isEmpty() ? street : street.substring(house.end())).stream()
                        .filter(word -> !STREET_KINDS.contains(word) && !ARTICLES.contains(word))
                        .collect(Collectors.joining(" ")),
                POSTCODE.matcher(digits).matches() ? "0".repeat(Math.max(0, 5 - digits.length())) + digits : "",
                DISTRICT.matcher(String.join(" ", words(told(town)))).replaceFirst(""));
    }

    /** What is equal in two records that may be of one company: the postcode and a word's sound, or more of one and the other. */
    List<String> blocks() {
        Set<String> blocks = new TreeSet<>();
        if (postcode.isEmpty()) {
            return List.of();
        }
        for (String name : names) {
            List<String> sounds = strong(split(name)).stream()
                    .map(Phonetics::skeleton)
                    .sorted()
                    .toList();
            sounds.forEach(sound -> blocks.add("word " + postcode + ' ' + sound));
            blocks.add("name " + postcode.substring(0, 2) + ' ' + String.join(" ", sounds));
        }
        if (!names.isEmpty() && !number.isEmpty() && !street.isEmpty()) {
            blocks.add("door " + postcode + ' ' + number + ' ' + Phonetics.skeleton(last(split(street))));
        }
        return List.copyOf(blocks);
    }

    /** How much speaks for the same company, 0 to 1. */
    double likeness(CompanyTraits other) {
        double best = 0;
        for (String name : names) {
            for (String otherName : other.names) {
                best = Math.max(best, wordLikeness(split(name), split(otherName)));
            }
        }
        return best * (NAME_SHARE + (1 - NAME_SHARE) * nearness(other));
    }

    /** Whether both are in one street of one town; with the same house, the last word of the street's name is enough. */
    boolean isInStreetOf(CompanyTraits other) {
        if (!isInTownOf(other) || street.isEmpty() || other.street.isEmpty()) {
            return false;
        }
        List<String> words = split(street);
        List<String> others = split(other.street);
        boolean isSameHouse = !number.isEmpty() && number.equals(other.number);
        return wordLikeness(words, others) >= SAME_STREET
                || (isSameHouse && LIKENESS.apply(last(words), last(others)) >= SAME_WORD);
    }

    private boolean isInTownOf(CompanyTraits other) {
        return (!postcode.isEmpty() && postcode.equals(other.postcode)) || (!town.isEmpty() && town.equals(other.town));
    }

    /** How near two places are, as far as they are known: 1 is the same door, 0 is another town. */
    private double nearness(CompanyTraits other) {
        if (!isInTownOf(other)) {
            return 0;
        }
        double sure = postcode.equals(other.postcode) ? 1 : 0.95;
        if (street.isEmpty() || other.street.isEmpty()) {
            return 0.7 * sure;
        }
        if (!isInStreetOf(other)) {
            return 0.45 * sure;
        }
        boolean isNumbered = !number.isEmpty() && !other.number.isEmpty();
        return sure * (!isNumbered ? 0.9 : number.equals(other.number) ? 1 : 0.8);
    }

    /** Word by word, in any order; or letter by letter, where a slip has cut or joined words. */
    private static double wordLikeness(List<String> words, List<String> others) {
        String joined = String.join("", words);
        String otherJoined = String.join("", others);
        if (joined.equals(otherJoined)) {
            return 1;
        }
        int shortest = Math.min(joined.length(), otherJoined.length());
        boolean isOneSlip = shortest >= SHORTEST_TO_SLIP && ONE_SLIP.apply(joined, otherJoined) == 1;
        return Math.max(aligned(words, others), isOneSlip ? 1 - 1.0 / shortest : 0);
    }

    /** The share of the words, by weight, that have a counterpart; each counts as much as it is like it. */
    private static double aligned(List<String> words, List<String> others) {
        List<String> left = new ArrayList<>(others);
        double agreed = 0;
        double all = 0;
        for (String word : words) {
            all += weight(word);
            int at = -1;
            double best = 0;
            for (int i = 0; i < left.size(); i++) {
                double likeness = word.equals(left.get(i)) ? 1 : LIKENESS.apply(word, left.get(i));
                if (likeness >= SAME_WORD && likeness > best) {
                    best = likeness;
                    at = i;
                }
            }
            if (at >= 0) {
                agreed += best * (weight(word) + weight(left.remove(at)));
            }
        }
        all += others.stream().mapToDouble(CompanyTraits::weight).sum();
        return all == 0 ? 0 : agreed / all;
    }

    private static double weight(String word) {
        return WEAK.contains(word) ? WEAK_WEIGHT : 1;
    }

    private static List<String> strong(List<String> words) {
        List<String> strong =
                words.stream().filter(word -> !WEAK.contains(word)).toList();
        return strong.isEmpty() ? words : strong;
    }

    private static String key(String name) {
        String text = told(name);
        if (text.isEmpty()) {
            return null;
        }
        String key = CompanyNames.read(name).value().map(CompanyName::key).orElseGet(() -> CompanyNames.key(name));
        if (key == null) {
            return null;
        }
        List<String> words = split(key);
        List<String> kept =
                words.stream().filter(word -> !ARTICLES.contains(word)).toList();
        return String.join(" ", kept.isEmpty() ? words : kept);
    }

    private static String told(String text) {
        String folded = text == null || text.contains(WITHHELD) ? null : Texts.fold(text);
        return folded == null ? "" : folded;
    }

    private static List<String> words(String folded) {
        return Arrays.stream(SIGNS.split(folded, -1))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static String last(List<String> words) {
        return words.get(words.size() - 1);
    }

    private static List<String> split(String words) {
        return List.of(words.split(" ", -1));
    }
}
