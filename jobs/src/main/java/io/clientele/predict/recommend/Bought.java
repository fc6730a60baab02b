package io.clientele.predict.recommend;

import java.math.BigDecimal;
import java.util.Comparator;

/**
 * A product that a customer bought, once or often.
 *
 * @param lastOn the last day, counted from 1970-01-01
 * @param lastAt the last time, in microseconds since 1970
 * @param paid what was last paid for one unit, in the currency of the lake; null if not known
 * @param days on how many days of the window; 0 if only before
 */
record Bought(String product, int lastOn, long lastAt, BigDecimal paid, int days) {

    /** The last first; ties by the product's identifier. */
    static final Comparator<Bought> LAST_FIRST =
            Comparator.comparingLong(Bought::lastAt).reversed().thenComparing(Bought::product);

    boolean isInWindow() {
        return days > 0;
    }
}
