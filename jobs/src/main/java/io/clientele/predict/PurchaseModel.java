package io.clientele.predict;

import java.io.Serializable;

/** How customers buy again after their first purchase, and how they leave for good without saying so. Times are in one unit. */
sealed interface PurchaseModel extends Serializable permits BgNbd, ParetoNbd, Nbd {

    /** In snake_case, as tables say it. */
    String name();

    /**
     * The probability that a customer has not left.
     *
     * @param repeats purchases after the first
     * @param last time from the first purchase to the last; 0 if there is but one
     * @param age time from the first purchase to now
     */
    double probabilityAlive(int repeats, double last, double age);

    /** How many purchases to expect of such a customer within a time from now, if the customer has not left. */
    double purchasesIfAlive(int repeats, double age, double time);

    /** How many purchases to expect of such a customer within a time from now. */
    default double expectedPurchases(int repeats, double last, double age, double time) {
        return probabilityAlive(repeats, last, age) * purchasesIfAlive(repeats, age, time);
    }

    /** How many further purchases to expect of a new customer within a time from the first one. */
    default double expectedRepeats(double time) {
        return purchasesIfAlive(0, 0, time);
    }
}
