package io.clientele.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.text.Emails.Address;
import io.clientele.text.Emails.Likeness;
import java.util.EnumSet;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailsTest {

    private static final int HOSTILE_LENGTH = 100_000;

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', textBlock = """
                    ann.lee@orange.fr, ann.lee@orange.fr
                    Ann.Lee@ORANGE.FR, Ann.Lee@orange.fr
                    "  ann.lee@gmail.com ", ann.lee@gmail.com
                    ann+shop@gmail.com, ann+shop@gmail.com
                    b_a-c@sous.domaine-durand.fr, b_a-c@sous.domaine-durand.fr
                    o'brien@laposte.net, o'brien@laposte.net
                    élodie@orange.fr, élodie@orange.fr
                    ann@société-durand.fr, ann@société-durand.fr
                    ann@mail.com, ann@mail.com
                    <ann@gmail.com>, ann@gmail.com
                    ann@email.com, ann@email.com
                    ann@ymail.com, ann@ymail.com
                    ann@yahoo.ch, ann@yahoo.ch
                    ann@hotmail.it, ann@hotmail.it
                    ann@gmx.de, ann@gmx.de
                    ann@grande.fr, ann@grande.fr
                    ann@aon.com, ann@aon.com
                    ann@tree.fr, ann@tree.fr
                    ann@str.fr, ann@str.fr
                    ann@free.fi, ann@free.fi
                    ann@durand-et-fils.fr, ann@durand-et-fils.fr
                    """)
    void shouldFindNothingWrongWithOrdinaryAddresses(String text, String expected) {
        var reading = Emails.read(text);

        assertThat(reading.value().map(Address::text)).contains(expected);
        assertThat(Findings.text(reading)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    gmial.com, gmail.com
                    gmai.com, gmail.com
                    gmal.com, gmail.com
                    gamil.com, gmail.com
                    gmaill.com, gmail.com
                    gmail.co, gmail.com
                    gmail.cm, gmail.com
                    gmail.con, gmail.com
                    gmail.comm, gmail.com
                    gnail.com, gmail.com
                    hotmial.fr, hotmail.fr
                    hotmal.fr, hotmail.fr
                    hotmali.fr, hotmail.fr
                    homail.com, hotmail.com
                    hotmaill.com, hotmail.com
                    hotmail.cmo, hotmail.com
                    hotmail.ft, hotmail.fr
                    orange.fe, orange.fr
                    ornage.fr, orange.fr
                    orang.fr, orange.fr
                    oragne.fr, orange.fr
                    ornge.fr, orange.fr
                    wandoo.fr, wanadoo.fr
                    wanado.fr, wanadoo.fr
                    wanadoo.ft, wanadoo.fr
                    yaho.fr, yahoo.fr
                    yahooo.fr, yahoo.fr
                    yhaoo.com, yahoo.com
                    laposte.ner, laposte.net
                    lapost.net, laposte.net
                    outlok.fr, outlook.fr
                    outllook.com, outlook.com
                    iclud.com, icloud.com
                    icoud.com, icloud.com
                    free.ft, free.fr
                    free.frr, free.fr
                    sfr.fe, sfr.fr
                    live.con, live.com
                    protonmai.com, protonmail.com
                    """)
    void shouldProposeTheDomainThatWasMeant(String domain, String meant) {
        var reading = Emails.read("Ann.Lee@" + domain);

        assertThat(reading.value().map(Address::text)).contains("Ann.Lee@" + domain);
        assertThat(Findings.text(reading)).isEqualTo("MISSPELT_EMAIL_DOMAIN=Ann.Lee@" + meant);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', nullValues = "null", textBlock = """
                    ann@wanadoo.f                | ann@wanadoo.fr
                    ann@gmail,com                | ann@gmail.com
                    ann@gmail;com                | ann@gmail.com
                    ann@gmail..com               | ann@gmail.com
                    ann@gmail.com.               | ann@gmail.com
                    ann@gmail.com,               | ann@gmail.com
                    ann @ gmail.com              | ann@gmail.com
                    ann@ gmail. com              | ann@gmail.com
                    Ann Lee <ann@gmail.com>      | ann@gmail.com
                    mailto:ann@gmail.com         | ann@gmail.com
                    'ann@gmail.com'              | ann@gmail.com
                    ann@gmial,com                | ann@gmail.com
                    ann                          | null
                    ann@                         | null
                    @orange.fr                   | null
                    ann@@orange.fr               | null
                    ann@orange                   | null
                    ann lee@orange.fr            | null
                    ann.gmail.com                | null
                    ann@[127.0.0.1]              | null
                    ann@gmail.com bob@gmail.com  | null
                    .ann@orange.fr               | ann@orange.fr
                    ann..lee@orange.fr           | null
                    ann@-orange.fr               | ann@orange.fr
                    ann@-durand.fr               | null
                    ann@durand.1                 | null
                    """)
    void shouldProposeSmallRepairs(String text, String proposal) {
        var reading = Emails.read(text);

        assertThat(reading.value()).isEmpty();
        assertThat(Findings.text(reading)).isEqualTo("INVALID_EMAIL" + (proposal == null ? "" : "=" + proposal));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    ann@yopmail.com, DISPOSABLE_EMAIL
                    ann@YOPMAIL.fr, DISPOSABLE_EMAIL
                    ann@mailinator.com, DISPOSABLE_EMAIL
                    ann@box.mailinator.com, DISPOSABLE_EMAIL
                    ann@jetable.org, DISPOSABLE_EMAIL
                    ann@10minutemail.com, DISPOSABLE_EMAIL
                    ann@monmail.fr.nf, DISPOSABLE_EMAIL
                    contact@durand.fr, ROLE_EMAIL
                    Contact@durand.fr, ROLE_EMAIL
                    info@durand.fr, ROLE_EMAIL
                    no-reply@durand.fr, ROLE_EMAIL
                    noreply@durand.fr, ROLE_EMAIL
                    ne-pas-repondre@durand.fr, ROLE_EMAIL
                    service.client@durand.fr, ROLE_EMAIL
                    comptabilité@durand.fr, ROLE_EMAIL
                    accueil+web@durand.fr, ROLE_EMAIL
                    mairie@nerac.fr, ROLE_EMAIL
                    postmaster@durand.fr, ROLE_EMAIL
                    test@durand.fr, FAKE_EMAIL
                    azerty@orange.fr, FAKE_EMAIL
                    aaa@orange.fr, FAKE_EMAIL
                    x@orange.fr, FAKE_EMAIL
                    pasdemail@orange.fr, FAKE_EMAIL
                    sans-mail@orange.fr, FAKE_EMAIL
                    inconnu@orange.fr, FAKE_EMAIL
                    nc@orange.fr, FAKE_EMAIL
                    ann@example.com, RESERVED_EMAIL
                    ann@test.fr, RESERVED_EMAIL
                    ann@durand.invalid, RESERVED_EMAIL
                    test@yopmail.com, FAKE_EMAIL DISPOSABLE_EMAIL
                    contact@gmial.com, ROLE_EMAIL MISSPELT_EMAIL_DOMAIN
                    """)
    void shouldSayWhatKindAnAddressIs(String text, String issues) {
        var reading = Emails.read(text);

        assertThat(reading.value()).isPresent();
        assertThat(Findings.issues(reading)).isEqualTo(issues);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ann@notyopmail.com", "ann@yopmail.com.durand.fr", "contactann@durand.fr", "testard@durand.fr"})
    void shouldNotTakeMoreThanItKnows(String text) {
        assertThat(Findings.text(Emails.read(text))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(nullValues = "none", textBlock = """
                    Ann.Lee+shop@gmail.com, none, Ann.Lee+shop@gmail.com
                    Ann.Lee+shop@gmail.com, CASE, ann.lee+shop@gmail.com
                    Ann.Lee+shop@gmail.com, SUB_ADDRESS, Ann.Lee@gmail.com
                    Ann.Lee+shop@gmail.com, GMAIL, AnnLee+shop@gmail.com
                    Ann.Lee+shop@gmail.com, CASE SUB_ADDRESS GMAIL, annlee@gmail.com
                    ann.lee@googlemail.com, GMAIL, annlee@gmail.com
                    Ann.Lee+shop@orange.fr, CASE SUB_ADDRESS GMAIL, ann.lee@orange.fr
                    +shop@orange.fr, SUB_ADDRESS, +shop@orange.fr
                    """)
    void shouldMakeKeysAsAlikeAsAsked(String text, String likenesses, String key) {
        Set<Likeness> asked = EnumSet.noneOf(Likeness.class);
        for (String likeness : likenesses == null ? new String[0] : likenesses.split(" ", -1)) {
            asked.add(Likeness.valueOf(likeness));
        }

        assertThat(Emails.key(Emails.read(text).value().orElseThrow(), asked)).isEqualTo(key);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    abcd, abcd, false
                    abcd, abdc, true
                    abcd, abc, true
                    abcd, abcde, true
                    abcd, xbcd, true
                    abcd, abxd, true
                    abcd, badc, false
                    abcd, dbca, false
                    abcd, ab, false
                    aabb, abab, true
                    aaa, aaaa, true
                    """)
    void shouldTellOneTypingError(String one, String other, boolean expected) {
        assertThat(EmailDomains.isOneErrorAway(one, other)).isEqualTo(expected);
        assertThat(EmailDomains.isOneErrorAway(other, one)).isEqualTo(expected);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "\u00a0"})
    void shouldTellAbsentFromWrong(String text) {
        assertThat(Emails.read(text)).isEqualTo(Reading.absent());
    }

    @Property(tries = 1000)
    void shouldReadAnAddressItWroteAsItself(@ForAll("hostile") String text) {
        var reading = Emails.read(text);

        reading.value()
                .ifPresent(address -> assertThat(Emails.read(address.text())).isEqualTo(reading));
    }

    @Property(tries = 500)
    void shouldProposeValidAddressesOnly(@ForAll("hostile") String text) {
        Emails.read(text)
                .proposal(Issue.INVALID_EMAIL)
                .ifPresent(proposal -> assertThat(Emails.read(proposal).value()).isPresent());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "@", "a@", "a.", ".", "<", "\"", "(", "\\", "a@gmail.", "\u0301"})
    void shouldReadLongText(String part) {
        String text = part.repeat(HOSTILE_LENGTH / part.length());

        assertThat(Emails.read(text).value()).isEmpty();
        assertThat(Emails.read("ann@" + text).value()).isEmpty();
    }

    @Provide
    Arbitrary<String> hostile() {
        return Hostile.strings("abIİ@@.-_+()\"\\[]<>: 0é,;gmailcom");
    }
}
