package io.clientele.qualify;

import static io.clientele.qualify.Incident.Kind.EMAIL_BOUNCED;
import static io.clientele.qualify.Incident.Kind.MAIL_RETURNED;
import static io.clientele.qualify.Incident.Kind.PHONE_DEAD;
import static io.clientele.qualify.Survivorship.Rule.MOST_COMPLETE;
import static io.clientele.qualify.Survivorship.Rule.MOST_FREQUENT;
import static io.clientele.qualify.Survivorship.Rule.MOST_RECENT;
import static io.clientele.qualify.Survivorship.Rule.MOST_TRUSTED;
import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.qualify.AttributeHistory.Entry;
import io.clientele.qualify.AttributeHistory.State;
import io.clientele.qualify.AttributeHistory.Version;
import io.clientele.qualify.Survivorship.Rule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class AttributeHistoryTest {

    private static final Survivorship BY_DEFAULT = new Survivorship(List.of("crm", "web"), Map.of());

    @Test
    void shouldTellAnAddressBeforeAndAfterAMove() {
        var history = AttributeHistory.of(
                List.of(
                        says("k1", "crm", 1, 1, Attribute.ADDRESS, "old"),
                        says("k1", "crm", 5, 2, Attribute.ADDRESS, "new")),
                List.of(),
                BY_DEFAULT);

        assertThat(lines(history)).containsExactly("address new 5- CURRENT", "address old 1-5 FORMER");
    }

    @Test
    void shouldTellOfAHouseLeftAndComeBackToAsTwoPeriods() {
        var history = AttributeHistory.of(
                List.of(
                        says("k1", "crm", 1, 1, Attribute.ADDRESS, "home"),
                        says("k1", "crm", 3, 2, Attribute.ADDRESS, "away"),
                        says("k1", "crm", 5, 3, Attribute.ADDRESS, "home")),
                List.of(),
                BY_DEFAULT);

        assertThat(lines(history))
                .containsExactly("address away 3-5 FORMER", "address home 1-3 FORMER", "address home 5- CURRENT");
    }

    @Test
    void shouldKeepWhatAnotherRecordStillSays() {
        var history = AttributeHistory.of(
                List.of(
                        says("k1", "crm", 1, 1, Attribute.ADDRESS, "old"),
                        says("k2", "web", 2, 1, Attribute.ADDRESS, "old"),
                        says("k1", "crm", 5, 2, Attribute.ADDRESS, "new")),
                List.of(),
                BY_DEFAULT);

        assertThat(lines(history)).containsExactly("address new 5- CURRENT", "address old 1- ALTERNATIVE");
        assertThat(history).extracting(Entry::contactId).containsExactly("k1", "k2");
    }

    @Test
    void shouldEndAValueThatItsRecordNoLongerGives() {
        var history = AttributeHistory.of(
                List.of(
                        says("k1", "crm", 1, 1, Attribute.PHONE, "+331"),
                        new Version("k1", "ref", "crm", day(4), 2, Map.of())),
                List.of(),
                BY_DEFAULT);

        assertThat(lines(history)).containsExactly("phone +331 1-4 FORMER");
        assertThat(history).noneMatch(Entry::isGolden);
    }

    @Test
    void shouldLetSurviveByEachRule() {
        var versions = List.of(
                says("k1", "crm", 1, 1, Attribute.FIRST_NAME, "Anne"),
                says("k2", "web", 2, 1, Attribute.FIRST_NAME, "Annie"),
                says("k3", "contest", 3, 1, Attribute.FIRST_NAME, "Annie"),
                says("k4", "contest", 4, 1, Attribute.FIRST_NAME, "Anne-Lise"),
                says("k5", "contest", 5, 1, Attribute.FIRST_NAME, "A"));

        assertThat(survivor(versions, MOST_RECENT)).isEqualTo("A of k5");
        assertThat(survivor(versions, MOST_TRUSTED)).isEqualTo("Anne of k1");
        assertThat(survivor(versions, MOST_COMPLETE)).isEqualTo("Anne-Lise of k4");
        assertThat(survivor(versions, MOST_FREQUENT)).isEqualTo("Annie of k3");
    }

    @Test
    void shouldPreferMorePartsToALongerText() {
        var versions = List.of(
                says("k1", "crm", 1, 1, Attribute.ADDRESS, "1 rue Haute\n75001\nPARIS\n\nFR"),
                says("k2", "crm", 2, 1, Attribute.ADDRESS, "1 rue Haute de la très longue adresse\n\n\n\nFR"));

        assertThat(AttributeHistory.of(
                        versions, List.of(), new Survivorship(List.of(), Map.of(Attribute.ADDRESS, MOST_COMPLETE))))
                .filteredOn(Entry::isGolden)
                .extracting(Entry::contactId)
                .containsExactly("k1");
    }

    @Test
    void shouldNotLetABouncedAddressSurviveWhileThereIsAnother() {
        var versions = List.of(
                says("k1", "crm", 1, 1, Attribute.EMAIL, "a@example.com"),
                says("k2", "web", 4, 1, Attribute.EMAIL, "B@example.com"));
        var bounce = List.of(new Incident(EMAIL_BOUNCED, "email:b@example.com", "b@example.com", day(6)));

        assertThat(lines(AttributeHistory.of(versions, bounce, BY_DEFAULT)))
                .containsExactly("email B@example.com 4- OBSOLETE by email_bounced", "email a@example.com 1- CURRENT");
    }

    @Test
    void shouldKeepAnObsoleteValueForWantOfABetter() {
        var history = AttributeHistory.of(
                List.of(says("k1", "crm", 1, 1, Attribute.EMAIL, "a@example.com")),
                List.of(new Incident(EMAIL_BOUNCED, "email:a@example.com", "a@example.com", day(6))),
                BY_DEFAULT);

        assertThat(lines(history)).containsExactly("email a@example.com 1- OBSOLETE by email_bounced");
        assertThat(history).allMatch(Entry::isGolden);
    }

    @Test
    void shouldBelieveAValueThatIsDeliveredAgainAfterItWasProvenWrong() {
        var bounce = List.of(new Incident(EMAIL_BOUNCED, "email:a@example.com", "a@example.com", day(6)));
        var before = List.of(says("k1", "crm", 6, 1, Attribute.EMAIL, "a@example.com"));
        var again = List.of(
                says("k1", "crm", 6, 1, Attribute.EMAIL, "a@example.com"),
                says("k1", "crm", 7, 2, Attribute.EMAIL, "a@example.com"));

        assertThat(AttributeHistory.of(before, bounce, BY_DEFAULT))
                .extracting(Entry::state)
                .containsExactly(State.OBSOLETE);
        assertThat(AttributeHistory.of(again, bounce, BY_DEFAULT))
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.state()).isEqualTo(State.CURRENT);
                    assertThat(entry.refutation()).isNull();
                    assertThat(entry.verifiedAt()).isEqualTo(day(7));
                });
    }

    @Test
    void shouldReturnMailFromTheAddressThatWasCurrentThenForThatReference() {
        var versions = List.of(
                says("k1", "crm", 1, 1, Attribute.ADDRESS, "old"),
                says("k1", "crm", 5, 2, Attribute.ADDRESS, "new"),
                new Version("k2", "another", "web", day(2), 1, Map.of(Attribute.ADDRESS, "elsewhere")));

        assertThat(lines(AttributeHistory.of(
                        versions, List.of(new Incident(MAIL_RETURNED, "ref", null, day(4))), BY_DEFAULT)))
                .containsExactly(
                        "address elsewhere 2- ALTERNATIVE",
                        "address new 5- CURRENT",
                        "address old 1-5 OBSOLETE by mail_returned");
        assertThat(lines(AttributeHistory.of(
                        versions, List.of(new Incident(MAIL_RETURNED, "ref", null, day(8))), BY_DEFAULT)))
                .containsExactly(
                        "address elsewhere 2- CURRENT",
                        "address new 5- OBSOLETE by mail_returned",
                        "address old 1-5 FORMER");
    }

    @Test
    void shouldTakeADeadPhoneForTheMobileOnlyWhereThereIsNoOther() {
        var mobile = says("k1", "web", 1, 1, Attribute.MOBILE, "+336");
        var both =
                new Version("k1", "ref", "web", day(1), 1, Map.of(Attribute.PHONE, "+331", Attribute.MOBILE, "+336"));
        var dead = List.of(new Incident(PHONE_DEAD, "ref", null, day(3)));

        assertThat(lines(AttributeHistory.of(List.of(mobile), dead, BY_DEFAULT)))
                .containsExactly("mobile +336 1- OBSOLETE by phone_dead");
        assertThat(lines(AttributeHistory.of(List.of(both), dead, BY_DEFAULT)))
                .containsExactly("phone +331 1- OBSOLETE by phone_dead", "mobile +336 1- CURRENT");
    }

    @Test
    void shouldNotBelieveAClockThatGoesBackwards() {
        var history = AttributeHistory.of(
                List.of(
                        says("k1", "crm", 5, 1, Attribute.PHONE, "+331"),
                        says("k1", "crm", 2, 2, Attribute.PHONE, "+332")),
                List.of(),
                BY_DEFAULT);

        assertThat(lines(history)).containsExactly("phone +331 5-5 FORMER", "phone +332 5- CURRENT");
    }

    @Property(tries = 200)
    void shouldNotDependOnTheOrderOfArrivalAndKeepOneGoldenValueOfEach(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 12) int deliveries, @ForAll Rule rule) {
        Random random = new Random(seed);
        List<Version> versions = new ArrayList<>(IntStream.range(0, deliveries)
                .mapToObj(i -> new Version(
                        "k" + random.nextInt(4),
                        "ref" + random.nextInt(2),
                        List.of("crm", "web", "contest").get(random.nextInt(3)),
                        day(1 + random.nextInt(9)),
                        i,
                        Map.of(Attribute.EMAIL, "e" + random.nextInt(3), Attribute.PHONE, "p" + random.nextInt(3))))
                .toList());
        List<Incident> incidents = new ArrayList<>(List.of(
                new Incident(EMAIL_BOUNCED, "email:e1", "e1", day(1 + random.nextInt(9))),
                new Incident(EMAIL_BOUNCED, "ref1", null, day(1 + random.nextInt(9))),
                new Incident(PHONE_DEAD, "ref0", null, day(1 + random.nextInt(9)))));
        Survivorship rules = new Survivorship(List.of("crm"), Map.of(Attribute.EMAIL, rule));
        List<Entry> history = AttributeHistory.of(versions, incidents, rules);

        Collections.shuffle(versions, random);
        Collections.shuffle(incidents, random);

        assertThat(AttributeHistory.of(versions, incidents, rules)).isEqualTo(history);
        assertThat(history.stream()
                        .filter(Entry::isGolden)
                        .map(Entry::attribute)
                        .toList())
                .containsExactly(Attribute.PHONE, Attribute.EMAIL);
        assertThat(history).filteredOn(Entry::isGolden).allMatch(entry -> entry.to() == null);
        assertThat(history.stream()
                        .filter(entry -> entry.isGolden() && entry.state() == State.OBSOLETE)
                        .map(Entry::attribute)
                        .toList())
                .as("obsolete values stay only where all are")
                .allSatisfy(attribute -> assertThat(history)
                        .filteredOn(entry -> entry.attribute() == attribute && entry.to() == null)
                        .allMatch(entry -> entry.state() == State.OBSOLETE));
    }

    private static String survivor(List<Version> versions, Rule rule) {
        return AttributeHistory.of(
                        versions,
                        List.of(),
                        new Survivorship(BY_DEFAULT.trustedSources(), Map.of(Attribute.FIRST_NAME, rule)))
                .stream()
                .filter(Entry::isGolden)
                .map(entry -> entry.value() + " of " + entry.contactId())
                .collect(Collectors.joining());
    }

    private static List<String> lines(List<Entry> history) {
        return history.stream()
                .map(entry -> "%s %s %s-%s %s%s"
                        .formatted(
                                entry.attribute().code(),
                                entry.value(),
                                number(entry.from()),
                                entry.to() == null ? "" : number(entry.to()),
                                entry.state(),
                                entry.refutation() == null
                                        ? ""
                                        : " by " + entry.refutation().kind().code()))
                .toList();
    }

    private static Version says(
            String contactId, String source, int day, long deliveries, Attribute attribute, String value) {
        return new Version(contactId, "ref", source, day(day), deliveries, Map.of(attribute, value));
    }

    private static Instant day(int number) {
        return Instant.parse("2025-01-%02dT00:00:00Z".formatted(number));
    }

    private static String number(Instant day) {
        return day.toString().substring(9, 10);
    }
}
