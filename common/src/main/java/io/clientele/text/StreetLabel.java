package io.clientele.text;

import io.clientele.text.StreetWords.Kind;
import io.clientele.text.StreetWords.NameWord;
import io.clientele.text.StreetWords.StreetType;
import io.clientele.text.StreetWords.Turn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The name of a street made to fit a line, in the order of the postal norm (NF Z10-011): kind of street, titles, general
 * words, kinds of place, first names, saints, then articles, then all but the last word to initials. Within a step from
 * left to right, and never more than is needed; the last word, by which the street is sorted, is kept.
 */
final class StreetLabel {

    private static final Set<String> ARTICLES =
            Set.of("LE", "LA", "LES", "L", "AU", "AUX", "DE", "DU", "DES", "D", "ET", "A", "SUR", "EN");

    private static final Set<String> SAINTS =
            Set.of("SAINT", "SAINTE", "SAINTS", "SAINTES", "ST", "STE", "STS", "STES");

    private final List<String> words;

    /** Where two words became one letter or one abbreviation: these are never touched again. */
    private final List<Boolean> done;

    private final int longest;

    private StreetLabel(String label, int longest) {
        this.words = new ArrayList<>(Arrays.asList(label.split(" ", -1)));
        this.done = new ArrayList<>(words.stream().map(word -> false).toList());
        this.longest = longest;
    }

    /** What a label came to, and whether words had to be cut rather than abbreviated. */
    record Fitted(String text, boolean isCut) {}

    /** Makes a label of capitals, digits and single spaces fit. */
    static Fitted fit(String label, int longest) {
        if (label.length() <= longest) {
            return new Fitted(label, false);
        }
        StreetLabel fitting = new StreetLabel(label, longest);
        fitting.shorten();
        Fitted fitted = fitting.fitted();
        return new Fitted(fitting.withTypeWrittenOut(fitted.text()), fitted.isCut());
    }

    /** Makes the name of a town fit: saints and general words first, then without articles. */
    static Fitted fitTown(String town, int longest) {
        StreetLabel fitting = new StreetLabel(town, longest);
        fitting.abbreviateSaints();
        fitting.abbreviate(Kind.WORD);
        fitting.dropArticles();
        return fitting.fitted();
    }

    private Fitted fitted() {
        String text = text();
        return text.length() <= longest ? new Fitted(text, false) : new Fitted(cut(text, longest), true);
    }

    /** The longest run of whole words that fits, or the start of the first word. */
    static String cut(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        int end = text.lastIndexOf(' ', longest);
        if (end <= 0) {
            end = Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
        }
        return text.substring(0, end).strip();
    }

    private void shorten() {
        abbreviateType(Turn.FIRST);
        abbreviate(Kind.TITLE);
        abbreviate(Kind.WORD);
        abbreviatePlaces();
        abbreviateFirstNames();
        abbreviateSaints();
        abbreviateType(Turn.LATE);
        dropArticles();
        initials();
        dropRest();
    }

    private void abbreviateType(Turn turn) {
        for (int count = Math.min(StreetWords.LONGEST_TYPE, words.size() - 1); count > 0 && isTooLong(); count--) {
            Optional<StreetType> type = StreetWords.type(joined(0, count));
            if (type.isPresent()) {
                if (type.get().turn() == turn) {
                    replace(0, count, type.get().abbreviation());
                }
                return;
            }
        }
    }

    private void abbreviate(Kind kind) {
        for (int i = 1; i < words.size() - 1 && isTooLong(); i++) {
            for (int count = Math.min(2, words.size() - 1 - i); count > 0; count--) {
                Optional<NameWord> word = StreetWords.word(joined(i, count)).filter(known -> known.kind() == kind);
                if (word.isPresent()) {
                    replace(i, count, word.get().abbreviation());
                    break;
                }
            }
        }
    }

    /** A kind of place or of street inside a name; the first word has turns of its own. */
    private void abbreviatePlaces() {
        StreetWords.word(words.get(0))
                .filter(word -> word.kind() == Kind.PLACE && isTooLong())
                .ifPresent(word -> replace(0, 1, word.abbreviation()));
        for (int i = 1; i < words.size() - 1 && isTooLong(); i++) {
            String key = words.get(i);
            Optional<String> place = StreetWords.word(key)
                    .filter(word -> word.kind() == Kind.PLACE)
                    .map(NameWord::abbreviation)
                    .or(() -> StreetWords.type(key)
                            .filter(type -> StreetWords.key(type.name()).equals(key))
                            .map(StreetType::abbreviation));
            if (place.isPresent()) {
                replace(i, 1, place.get());
            }
        }
    }

    private void abbreviateFirstNames() {
        for (int i = 1; i < words.size() - 1 && isTooLong(); i++) {
            boolean isSaint = SAINTS.contains(words.get(i - 1));
            if (!isSaint && words.get(i).length() > 1 && StreetWords.isFirstName(words.get(i))) {
                replace(i, 1, initial(words.get(i)));
            }
        }
    }

    private void abbreviateSaints() {
        for (int i = 0; i < words.size() - 1 && isTooLong(); i++) {
            switch (words.get(i)) {
                case "SAINT" -> replace(i, 1, "ST");
                case "SAINTE" -> replace(i, 1, "STE");
                case "SAINTS" -> replace(i, 1, "STS");
                case "SAINTES" -> replace(i, 1, "STES");
                default -> {}
            }
        }
    }

    private void dropArticles() {
        List<Boolean> isKept = new ArrayList<>(List.of(true));
        for (int i = 1; i < words.size() - 1; i++) {
            isKept.add(!ARTICLES.contains(words.get(i)) || isParticle(i));
        }
        for (int i = 1; i < words.size() - 1 && isTooLong(); ) {
            if (isKept.get(i)) {
                i++;
            } else {
                isKept.remove(i);
                remove(i);
            }
        }
    }

    /** Whether an article belongs to somebody's name: after a first name or title, or elided with nothing to govern it. */
    private boolean isParticle(int i) {
        String before = words.get(i - 1);
        if (words.get(i).equals("L")) {
            return i > 1 && !ARTICLES.contains(before) && !done.get(i - 1);
        }
        boolean isOfName = words.get(i).equals("DE") || words.get(i).equals("D");
        return isOfName
                && (StreetWords.isTitle(before)
                        || StreetWords.isFirstName(before)
                        || (i > 1 && done.get(i - 1) && before.length() == 1)
                        || (i > 2 && isParticle(i - 2) && ARTICLES.contains(words.get(i - 2))));
    }

    private void initials() {
        for (int i = 1; i < words.size() - 1 && isTooLong(); i++) {
            String word = words.get(i);
            boolean isKept = ARTICLES.contains(word) || StreetWords.isMonth(word);
            if (!done.get(i) && !isKept && Character.isLetter(word.codePointAt(0))) {
                replace(i, 1, initial(word));
            }
        }
    }

    private void dropRest() {
        while (words.size() > 2 && isTooLong()) {
            int article = -1;
            for (int i = 1; i < words.size() - 1 && article < 0; i++) {
                article = ARTICLES.contains(words.get(i)) ? i : -1;
            }
            if (article < 0) {
                return;
            }
            remove(article);
        }
    }

    /** The norm abbreviates only what does not fit, so the kind of street is written out once the rest leaves room. */
    private String withTypeWrittenOut(String text) {
        int space = text.indexOf(' ');
        if (space < 0) {
            return text;
        }
        return StreetWords.type(text.substring(0, space))
                .map(type -> StreetWords.key(type.name()) + text.substring(space))
                .filter(whole -> whole.length() <= longest)
                .orElse(text);
    }

    private static String initial(String word) {
        return word.substring(0, word.offsetByCodePoints(0, 1));
    }

    private String joined(int from, int count) {
        return count == 1 ? words.get(from) : String.join(" ", words.subList(from, from + count));
    }

    private void replace(int from, int count, String with) {
        for (int i = 1; i < count; i++) {
            remove(from + 1);
        }
        words.set(from, with);
        done.set(from, true);
    }

    private void remove(int i) {
        words.remove(i);
        done.remove(i);
    }

    private boolean isTooLong() {
        return length() > longest;
    }

    private int length() {
        int length = words.size() - 1;
        for (String word : words) {
            length += word.length();
        }
        return length;
    }

    private String text() {
        return String.join(" ", words);
    }
}
