package io.clientele.generate;

import java.util.List;
import java.util.Locale;

/** How values come to be written: slips of the keyboard, capitals without accents, each one's way with phone numbers. */
final class Handwriting {

    private static final List<String> NEIGHBOURS = List.of("azertyuiop", "qsdfghjklm", "wxcvbn");

    private final Draws draws;
    private final boolean isCareful;

    /** @param isCareful whether nothing slips */
    Handwriting(Draws draws, boolean isCareful) {
        this.draws = draws;
        this.isCareful = isCareful;
    }

    /** The text, with one slip at the given probability. */
    String typed(String text, double slips) {
        if (text == null || text.length() < 4 || !draws.chance(slips) || isCareful) {
            return text;
        }
        int at = draws.between(1, text.length() - 2);
        String before = text.substring(0, at);
        String after = text.substring(at + 1);
        char c = text.charAt(at);
        return switch (draws.below(4)) {
            case 0 -> before + after;
            case 1 -> before + c + c + after;
            case 2 -> text.substring(0, at - 1) + c + text.charAt(at - 1) + after;
            default -> before + neighbour(c) + after;
        };
    }

    /** Whether something of this probability goes wrong or is left out; never where the hand is careful. */
    boolean slips(double probability) {
        return draws.chance(probability) && !isCareful;
    }

    static String capitals(String text) {
        return text == null ? null : People.withoutAccents(text).toUpperCase(Locale.ROOT);
    }

    /** A phone number of ten digits in one of the ways that the French write theirs. */
    String phone(String digits) {
        return switch (draws.below(6)) {
            case 0 -> digits;
            case 1 -> pairs(digits, '.');
            case 2 -> "+33 " + pairs(digits, ' ').substring(1);
            case 3 -> "+33" + digits.substring(1);
            case 4 -> pairs(digits, '-');
            default -> pairs(digits, ' ');
        };
    }

    private char neighbour(char c) {
        for (String row : NEIGHBOURS) {
            int place = row.indexOf(c);
            if (place >= 0) {
                return row.charAt(place == 0 ? 1 : place - 1);
            }
        }
        return 'e';
    }

    private static String pairs(String digits, char between) {
        StringBuilder text = new StringBuilder(14);
        for (int i = 0; i < digits.length(); i += 2) {
            if (i > 0) {
                text.append(between);
            }
            text.append(digits, i, i + 2);
        }
        return text.toString();
    }
}
