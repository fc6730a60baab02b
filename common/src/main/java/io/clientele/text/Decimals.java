package io.clientele.text;

import java.math.BigDecimal;

/** Numbers as files write them: {@code 1 234,50}, {@code -3.2}, {@code 12,00-}. */
public final class Decimals {

    private static final int LONGEST = 64;

    private Decimals() {}

    /**
     * Reads a decimal number.
     *
     * @param text digits with an optional sign, blanks or apostrophes between groups of digits, and at most one separator
     * @param separator the decimal separator, a point or a comma
     * @param precision how many digits fit, decimals included
     * @param scale how many decimals fit; zeros beyond are dropped
     */
    public static Parsed<BigDecimal> parse(String text, char separator, int precision, int scale) {
        String clean = Texts.clean(text);
        if (clean == null) {
            return Parsed.absent();
        }
        String plain = plain(clean, separator);
        if (plain == null) {
            return Parsed.failed(Issue.NOT_A_NUMBER);
        }
        BigDecimal number = new BigDecimal(plain);
        BigDecimal fitted = number.scale() > scale ? number.stripTrailingZeros() : number;
        if (fitted.scale() > scale) {
            return Parsed.failed(Issue.TOO_MANY_DECIMALS);
        }
        if (fitted.precision() - fitted.scale() > precision - scale) {
            return Parsed.failed(Issue.NUMBER_OUT_OF_RANGE);
        }
        return Parsed.of(fitted.setScale(scale));
    }

    /** Sign, digits and point alone; null if anything else is in the text. */
    private static String plain(String text, char separator) {
        if (text.length() > LONGEST) {
            return null;
        }
        boolean isNegative = false;
        int start = 0;
        int end = text.length();
        if (text.charAt(0) == '-' || text.charAt(0) == '+' || text.charAt(0) == '\u2212') {
            isNegative = text.charAt(0) != '+';
            start = 1;
        } else if (text.charAt(end - 1) == '-') {
            isNegative = true;
            end--;
        }
        StringBuilder plain = new StringBuilder(isNegative ? "-" : "");
        int digits = 0;
        int point = -1;
        int groupStart = -1;
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
                plain.append(c);
                digits++;
            } else if (c == separator && point < 0) {
                if (groupStart >= 0 && digits - groupStart != 3) {
                    return null;
                }
                point = digits;
                plain.append('.');
            } else if ((c == ' ' || c == '\'') && point < 0 && digits > 0) {
                if (groupStart >= 0 ? digits - groupStart != 3 : digits > 3) {
                    return null;
                }
                groupStart = digits;
            } else {
                return null;
            }
        }
        boolean isLastGroupShort = point < 0 && groupStart >= 0 && digits - groupStart != 3;
        return digits == 0 || point == digits || isLastGroupShort ? null : plain.toString();
    }
}
