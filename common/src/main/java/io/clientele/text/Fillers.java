package io.clientele.text;

import java.util.List;
import java.util.Set;

/** What people type where a form wants something and they have nothing to give. */
final class Fillers {

    /** Fillers as a whole text only, with neither blanks nor signs: some are somebody's name within a longer one. */
    private static final Set<String> TEXTS = Set.of(
            "NA",
            "NC",
            "ND",
            "NR",
            "NSP",
            "NOM",
            "NAME",
            "LASTNAME",
            "FIRSTNAME",
            "NOMPRENOM",
            "PRENOMNOM",
            "SANSNOM",
            "SANS",
            "PASDENOM",
            "RIEN",
            "NEANT",
            "VIDE",
            "AUCUN",
            "AUCUNE",
            "DIVERS",
            "CLIENT",
            "CLIENTE",
            "CLIENTDIVERS",
            "CLIENTDEPASSAGE",
            "CLIENTPASSAGE",
            "CLIENTCOMPTOIR",
            "CLIENTINCONNU",
            "PASSAGE",
            "COMPTOIR",
            "ACOMPLETER",
            "ARENSEIGNER",
            "ADEFINIR",
            "ACREER",
            "NEPASUTILISER",
            "NONRENSEIGNE",
            "NONRENSEIGNEE",
            "NONCOMMUNIQUE",
            "NONDEFINI",
            "NOTAPPLICABLE",
            "NOTAVAILABLE",
            "NOTKNOWN",
            "NONAME",
            "NONE",
            "NIL",
            "TBD",
            "TBC",
            "TATA",
            "ABC",
            "XYZ",
            "XX",
            "JOHNDOE",
            "DOEJOHN",
            "JANEDOE",
            "MADAMEXY",
            "SUPPRIME",
            "DELETED",
            "ANNULE",
            "DOUBLON",
            "FOOBAR");

    /** Fillers wherever they stand. */
    private static final Set<String> WORDS = Set.of(
            "TEST",
            "TESTS",
            "TESTE",
            "TESTER",
            "TESTING",
            "TESTEUR",
            "ESSAI",
            "DEMO",
            "NULL",
            "UNDEFINED",
            "UNKNOWN",
            "INCONNU",
            "INCONNUE",
            "INCONNUS",
            "ANONYME",
            "ANONYMOUS",
            "ANON",
            "DUMMY",
            "SAMPLE",
            "EXEMPLE",
            "EXAMPLE",
            "FAKE",
            "FAUX",
            "BIDON",
            "TOTO",
            "TITI",
            "TUTU",
            "PRENOM",
            "FOO",
            "BLABLA",
            "AZER",
            "QSDF",
            "WXCV",
            "ASDF",
            "ZXCV",
            "QWER",
            "HJKL",
            "JKLM",
            "LOREM",
            "IPSUM");

    /** Rows of keys, read both ways. */
    private static final List<String> RUNS = List.of(
            "AZERTYUIOP",
            "POIUYTREZA",
            "QSDFGHJKLM",
            "MLKJHGFDSQ",
            "WXCVBN",
            "NBVCXW",
            "QWERTYUIOP",
            "POIUYTREWQ",
            "ASDFGHJKL",
            "LKJHGFDSA",
            "ZXCVBNM",
            "MNBVCXZ",
            "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
            "ZYXWVUTSRQPONMLKJIHGFEDCBA");

    private static final int SHORTEST_RUN = 5;

    /** No name in use is as long and made of one, two or three letters again and again. */
    private static final int SHORTEST_REPETITION = 6;

    private Fillers() {}

    /** Whether a whole text is a filler. */
    static boolean isText(String text) {
        String key = PersonNames.key(text);
        if (key == null) {
            return false;
        }
        if (TEXTS.contains(key.replace(" ", ""))) {
            return true;
        }
        return List.of(key.split(" ", -1)).stream().allMatch(Fillers::isWordOfKey);
    }

    /** Whether a name, alone or among others, is a filler. */
    static boolean isName(String name) {
        String key = PersonNames.key(name);
        return key != null && List.of(key.split(" ", -1)).stream().allMatch(Fillers::isWordOfKey);
    }

    private static boolean isWordOfKey(String word) {
        return WORDS.contains(word) || isRun(word) || isOneLetter(word) || isRepetition(word);
    }

    private static boolean isRun(String word) {
        return word.length() >= SHORTEST_RUN && RUNS.stream().anyMatch(run -> run.contains(word));
    }

    /** One letter thrice; or X, Z or a double X, which stand for what is not known. */
    private static boolean isOneLetter(String word) {
        if (word.equals("X") || word.equals("XX") || word.equals("Z") || word.equals("ZZ")) {
            return true;
        }
        return word.length() >= 3
                && !Character.isIdeographic(word.codePointAt(0))
                && word.chars().allMatch(letter -> letter == word.charAt(0));
    }

    private static boolean isRepetition(String word) {
        for (int period = 2; period <= 3; period++) {
            if (word.length() >= Math.max(SHORTEST_REPETITION, 3 * period) && hasPeriod(word, period)) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasPeriod(String word, int period) {
        return word.substring(period).equals(word.substring(0, word.length() - period));
    }
}
