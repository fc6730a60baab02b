package io.clientele.text;

import java.util.Set;

/** The legal forms of organisations that customers in France have, and how they are written, without blanks and signs. */
public enum LegalForm {
    SARL(true, "SARL", "SOCIETEARESPONSABILITELIMITEE"),
    EURL(true, "EURL", "ENTREPRISEUNIPERSONNELLEARESPONSABILITELIMITEE"),
    SAS(true, "SAS", "SOCIETEPARACTIONSSIMPLIFIEE"),
    SASU(true, "SASU", "SOCIETEPARACTIONSSIMPLIFIEEUNIPERSONNELLE"),
    SA(true, "SA", "SOCIETEANONYME"),
    SNC(true, "SNC", "SOCIETEENNOMCOLLECTIF"),
    SCS(true, "SCS", "SOCIETEENCOMMANDITESIMPLE"),
    SCA(true, "SCA", "SOCIETEENCOMMANDITEPARACTIONS"),
    SCI(true, "SCI", "SOCIETECIVILEIMMOBILIERE"),
    SCP(true, "SCP", "SOCIETECIVILEPROFESSIONNELLE"),
    SCM(true, "SCM", "SOCIETECIVILEDEMOYENS"),
    SELARL(true, "SELARL", "SOCIETEDEXERCICELIBERALARESPONSABILITELIMITEE"),
    SELAS(true, "SELAS", "SELASU", "SELAFA"),
    SCOP(true, "SCOP", "SOCIETECOOPERATIVEETPARTICIPATIVE"),
    SCIC(true, "SCIC", "SOCIETECOOPERATIVEDINTERETCOLLECTIF"),
    EARL(true, "EARL", "EXPLOITATIONAGRICOLEARESPONSABILITELIMITEE"),
    GAEC(true, "GAEC", "GROUPEMENTAGRICOLEDEXPLOITATIONENCOMMUN"),
    SCEA(true, "SCEA", "SOCIETECIVILEDEXPLOITATIONAGRICOLE"),
    GIE(true, "GIE", "GROUPEMENTDINTERETECONOMIQUE"),
    SE(true, "SE", "SOCIETEEUROPEENNE"),
    EI(true, "EI", "ENTREPRISEINDIVIDUELLE", "ENTREPRENEURINDIVIDUEL"),
    EIRL(true, "EIRL", "ENTREPRENEURINDIVIDUELARESPONSABILITELIMITEE"),
    ASSOCIATION(true, "ASSOCIATION", "ASSOC", "ASSO"),
    GMBH(false, "GMBH", "GESELLSCHAFTMITBESCHRANKTERHAFTUNG"),
    AG(false, "AG", "AKTIENGESELLSCHAFT"),
    KG(false, "KG", "KOMMANDITGESELLSCHAFT"),
    GMBH_CO_KG(false, "GMBHCOKG"),
    LTD(false, "LTD", "LIMITED"),
    PLC(false, "PLC"),
    LLP(false, "LLP"),
    LLC(false, "LLC", "LIMITEDLIABILITYCOMPANY"),
    INC(false, "INC", "INCORPORATED"),
    CORP(false, "CORP", "CORPORATION"),
    BV(false, "BV"),
    NV(false, "NV"),
    SRL(true, "SRL"),
    SPRL(true, "SPRL"),
    ASBL(true, "ASBL"),
    SPA(false, "SPA"),
    SL(false, "SL"),
    SLU(false, "SLU"),
    LDA(false, "LDA"),
    AB(false, "AB"),
    APS(false, "APS"),
    OY(false, "OY", "OYJ"),
    AS(false, "AS", "ASA"),
    LP(false, "LP"),
    CO(false, "CO", "COLTD"),
    PTY_LTD(false, "PTYLTD"),
    BVBA(false, "BVBA");

    /** Those that are also a name or a word when written as one: they count in capitals, in small letters or with points only. */
    private static final Set<String> WORDS = Set.of(
            "SAS", "SA", "SE", "EI", "EARL", "SPA", "SL", "AG", "AB", "OY", "KG", "BV", "NV", "ASSO", "AS", "ASA");

    private final boolean leads;
    private final Set<String> spellings;

    LegalForm(boolean leads, String... spellings) {
        this.leads = leads;
        this.spellings = Set.of(spellings);
    }

    /** Whether it is written in front of the name too, as in France. */
    boolean leads() {
        return leads;
    }

    Set<String> spellings() {
        return spellings;
    }

    /** Whether one written word may be the form rather than a name: {@code SAS}, not {@code Sas}. */
    static boolean isWrittenAsForm(String word, String squeezed) {
        int point = word.indexOf('.');
        boolean isAbbreviated = point >= 0 && point < word.length() - 1;
        return !WORDS.contains(squeezed) || isAbbreviated || NameCase.isUniform(word);
    }
}
