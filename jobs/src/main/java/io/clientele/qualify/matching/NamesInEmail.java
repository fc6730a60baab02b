package io.clientele.qualify.matching;

import io.clientele.text.PersonNames;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.text.similarity.JaroWinklerSimilarity;

/**
 * Names that a record does not have, but its e-mail address does: who is {@code lena.morvel7@example.com} and has given her
 * first name is called Morvel. Only a name that completes one that is known is taken, for alone none can tell a first name
 * from a last one, nor either from a nickname.
 */
final class NamesInEmail {

    private static final JaroWinklerSimilarity JARO_WINKLER = new JaroWinklerSimilarity();
    private static final double SAME_NAME = 0.92;
    private static final int SHORTEST = 3;

    private NamesInEmail() {}

    /** @param values of one record, prepared; a missing first or family name is put in its place */
    static void complete(String[] values, List<Kind> kinds) {
        int first = kinds.indexOf(Kind.FIRST_NAME);
        int family = kinds.indexOf(Kind.FAMILY_NAME);
        int email = kinds.indexOf(Kind.EMAIL);
        boolean isOneMissing = first >= 0 && family >= 0 && (values[first] == null) != (values[family] == null);
        if (!isOneMissing || email < 0 || values[email] == null) {
            return;
        }
        List<String> words = words(values[email]);
        int missing = values[first] == null ? first : family;
        String known = values[first] == null ? values[family] : values[first];
        if (words.size() == 2) {
            for (int word = 0; word < 2; word++) {
                if (isSame(words.get(word), known) && !isSame(words.get(1 - word), known)) {
                    values[missing] = words.get(1 - word);
                    return;
                }
            }
        }
    }

    /** The words before the @, without the figures at their end. */
    private static List<String> words(String email) {
        int at = email.indexOf('@');
        String local = (at < 0 ? email : email.substring(0, at)).replaceFirst("[0-9].*", "");
        return Arrays.stream(local.split("[._-]", -1))
                .filter(word -> word.length() >= SHORTEST)
                .toList();
    }

    private static boolean isSame(String word, String name) {
        return JARO_WINKLER.apply(word, name.replace(" ", "")) >= SAME_NAME || PersonNames.areForms(word, name);
    }
}
