package io.clientele.generate;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * One person, as the truth is.
 *
 * @param number 0 to the number of persons less one
 * @param otherName the name before a marriage; equal to the last name for most
 * @param company the organisation in whose name the person buys; null for most
 * @param movesOn the day on which the second home is moved into; {@link Integer#MAX_VALUE} if it never is
 * @param secondEmail an older address
 * @param currency ISO 4217 code of what the person pays with on the web
 * @param webShare how much of the purchases is made on the web, 0 to 1
 * @param purchases the days of the purchases, ascending; empty for a prospect
 */
record Person(
        long number,
        boolean isWoman,
        String firstName,
        String lastName,
        String otherName,
        String company,
        LocalDate birth,
        Home home,
        Home nextHome,
        int movesOn,
        String landline,
        String mobile,
        String email,
        String secondEmail,
        String currency,
        double webShare,
        List<Integer> purchases,
        List<Membership> memberships) {

    /** Where somebody lives. */
    record Home(String number, String street, String extra, Town town) {}

    /**
     * A record about the person in some source.
     *
     * @param rank which of the person's records in that source
     * @param key what tells the record from another in its source
     * @param ref the customer reference that the source's mapping makes for it
     * @param since the day on which it was made
     */
    record Membership(Feed feed, int rank, String key, String ref, int since) {}

    Optional<Membership> in(Feed feed) {
        return memberships.stream()
                .filter(membership -> membership.feed() == feed)
                .findFirst();
    }

    /** The loyalty card that is in use on a day: a lost one is replaced. */
    Optional<Membership> card(int day) {
        return memberships.stream()
                .filter(membership -> membership.feed() == Feed.LOYALTY)
                .filter(membership -> membership.rank() == 0 || membership.since() <= day)
                .reduce((first, second) -> second);
    }

    Home homeOn(int day) {
        return day < movesOn ? home : nextHome;
    }
}
