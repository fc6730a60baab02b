package io.clientele.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompanyNamesTest {

    private static final int HOSTILE_LENGTH = 100_000;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', nullValues = "null", textBlock = """
                    SARL DUPONT                            | DUPONT             | SARL
                    DUPONT SARL                            | DUPONT             | SARL
                    Dupont S.A.R.L.                        | Dupont             | SARL
                    S.A.R.L. Dupont                        | Dupont             | SARL
                    S A R L DUPONT                         | DUPONT             | SARL
                    S. A. R. L. DUPONT                     | DUPONT             | SARL
                    Dupont (SARL)                          | Dupont             | SARL
                    Dupont, SARL                           | Dupont             | SARL
                    Dupont - SARL                          | Dupont             | SARL
                    sarl dupont                            | dupont             | SARL
                    Sarl Dupont                            | Dupont             | SARL
                    Société à responsabilité limitée Dupont | Dupont            | SARL
                    SAS Durand et Fils                     | Durand et Fils     | SAS
                    Durand et Fils S.A.S.                  | Durand et Fils     | SAS
                    Durand S.A.S.U.                        | Durand             | SASU
                    SASU Durand                            | Durand             | SASU
                    Durand SA                              | Durand             | SA
                    Société Anonyme Durand                 | Durand             | SA
                    Durand S.A.                            | Durand             | SA
                    EURL Martin                            | Martin             | EURL
                    SCI du Moulin                          | du Moulin          | SCI
                    Société civile immobilière du Moulin   | du Moulin          | SCI
                    SNC Le Tabac                           | Le Tabac           | SNC
                    SELARL Morvan                          | Morvan             | SELARL
                    GAEC des Trois Chênes                  | des Trois Chênes   | GAEC
                    EARL Dupont                            | Dupont             | EARL
                    GIE Transport Ouest                    | Transport Ouest    | GIE
                    Association Les Amis du Lac            | Les Amis du Lac    | ASSOCIATION
                    Jean Dupont EI                         | Jean Dupont        | EI
                    EI Dupont Jean                         | Dupont Jean        | EI
                    Smith Ltd                              | Smith              | LTD
                    Smith Ltd.                             | Smith              | LTD
                    Smith Limited                          | Smith              | LTD
                    Smith, Inc.                            | Smith              | INC
                    SMITH, INC.                            | SMITH              | INC
                    Smith L.L.C.                           | Smith              | LLC
                    Müller GmbH                            | Müller             | GMBH
                    Müller GmbH & Co. KG                   | Müller             | GMBH_CO_KG
                    Müller AG                              | Müller             | AG
                    Müller Aktiengesellschaft              | Müller             | AG
                    Müller (Schweiz) AG                    | Müller (Schweiz)   | AG
                    De Vries B.V.                          | De Vries           | BV
                    Rossi S.p.A.                           | Rossi              | SPA
                    Rossi S.r.l.                           | Rossi              | SRL
                    Jensen A/S                             | Jensen             | AS
                    Smith & Co.                            | Smith              | CO
                    Smith Pty Ltd                          | Smith              | PTY_LTD
                    # No form
                    Dupont                                 | Dupont             | null
                    Boulangerie Dupont                     | Boulangerie Dupont | null
                    Sas Jean                               | Sas Jean           | null
                    Durand Spa                             | Durand Spa         | null
                    Sarlat Tourisme                        | Sarlat Tourisme    | null
                    LTD Dupont                             | LTD Dupont         | null
                    Le SARL Dupont                         | Le SARL Dupont     | null
                    3 Suisses                              | 3 Suisses          | null
                    """)
    void shouldPartTheNameFromItsForm(String text, String name, LegalForm form) {
        assertThat(CompanyNames.read(text)).isEqualTo(Reading.of(new CompanyName(name, Optional.ofNullable(form))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    SARL                 | INCOMPLETE_NAME
                    S.A.S.               | INCOMPLETE_NAME
                    Société anonyme      | INCOMPLETE_NAME
                    test                 | FAKE_NAME
                    TEST TEST            | FAKE_NAME
                    n/a                  | FAKE_NAME
                    xxx                  | FAKE_NAME
                    inconnu              | FAKE_NAME
                    -                    | NOT_A_NAME
                    ???                  | NOT_A_NAME
                    """)
    void shouldRefuseWhatNamesNothing(String text, Issue issue) {
        assertThat(CompanyNames.read(text)).isEqualTo(Reading.failed(issue));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    SARL DUPONT SAS      | DUPONT      | SARL | AMBIGUOUS_LEGAL_FORM
                    M. Jean Dupont EI    | M. Jean Dupont | EI | PERSON_NAME
                    """)
    void shouldSayWhatIsNotCertain(String text, String name, LegalForm form, String findings) {
        var reading = CompanyNames.read(text);

        assertThat(reading.value()).contains(new CompanyName(name, Optional.of(form)));
        assertThat(Findings.text(reading)).isEqualTo(findings);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    Dupont & Fils        | DUPONT ET FILS
                    DUPONT ET FILS       | DUPONT ET FILS
                    Ets Durand           | ETABLISSEMENTS DURAND
                    Établissements Durand | ETABLISSEMENTS DURAND
                    Sté Durand           | SOCIETE DURAND
                    Durand & Cie         | DURAND ET COMPAGNIE
                    L'Œuf d'Or           | L OEUF D OR
                    St-Michel            | SAINT MICHEL
                    """)
    void shouldFoldNamesForMatching(String name, String key) {
        assertThat(CompanyNames.key(name)).isEqualTo(key);
        assertThat(CompanyNames.key(key)).isEqualTo(key);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "\u00a0"})
    void shouldTellAbsentFromWrong(String text) {
        assertThat(CompanyNames.read(text)).isEqualTo(Reading.absent());
        assertThat(CompanyNames.isOrganisation(text)).isFalse();
        assertThat(CompanyNames.key(text)).isNull();
    }

    @Property(tries = 1000)
    void shouldNeverThrow(@ForAll("hostile") String text) {
        assertThat(CompanyNames.read(text)).isNotNull();
        String key = CompanyNames.key(text);

        assertThat(CompanyNames.isOrganisation(text)).isIn(true, false);
        assertThat(CompanyNames.key(key)).isEqualTo(key);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "SA ", "S.", "S ", "(", ",", "- ", "& ", "SARL ", "\u0301"})
    void shouldReadLongText(String part) {
        String text = part.repeat(HOSTILE_LENGTH / part.length());

        assertThat(CompanyNames.read(text).value()).isEmpty();
        assertThat(CompanyNames.isOrganisation(text)).isFalse();
        CompanyNames.key(text);
    }

    @Provide
    Arbitrary<String> hostile() {
        return Hostile.strings("SARLI.sarl ()-,&Duponté'");
    }
}
