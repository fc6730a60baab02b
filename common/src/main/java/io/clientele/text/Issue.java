package io.clientele.text;

import java.util.Locale;

/** Everything that can be wrong with what is delivered: with a whole file, with a record, or with one value. */
public enum Issue {
    FILE_EMPTY("the file has no byte, or no header"),
    FILE_UNREADABLE("the file is cut short or is not of the declared format"),
    FILE_COLUMNS("the header lacks a column, or has an unknown or a repeated one"),
    FILE_UNDATED("the file's name does not hold a date where its source says"),
    FILE_CHANGED("the file was collected before with another content; the new content is not applied"),
    WRONG_FIELD_COUNT("the record has more or fewer fields than the header"),
    UNBALANCED_QUOTE("a quoted field does not end, or goes on after its closing quote"),
    TOO_LONG("the record is longer than the limit of conf/collect.yaml"),
    UNDECODABLE_TEXT("the record has bytes that the declared charset does not know, or control characters"),
    UNKNOWN_FIELD("the object has a field that its source does not declare"),
    MALFORMED_JSON("the line is not one JSON object"),
    MISSING_VALUE("a required value is absent"),
    WITHHELD("the source knows the value and may not tell it; the column is that of the file"),
    NOT_A_NUMBER("the text is not a number in the declared notation"),
    NUMBER_OUT_OF_RANGE("the number is larger than the column holds"),
    TOO_MANY_DECIMALS("the number has more decimals than the column holds"),
    NOT_A_DATE("the text has none of the declared date formats"),
    IMPOSSIBLE_DATE("the day or the hour does not exist"),
    DATE_OUT_OF_RANGE("the year is before 1900 or after 2199"),
    FUTURE_BIRTH_DATE("the date of birth is after the day of the delivery"),
    IMPLAUSIBLE_BIRTH_DATE("the date of birth is a filler, or longer ago than people live"),
    AMBIGUOUS_DATE("two declared formats give two different dates"),
    NONEXISTENT_TIME("the hour was skipped by the change to summer time"),
    AMBIGUOUS_TIME("the hour came twice, at the change to winter time"),
    NOT_A_FLAG("the text is neither yes nor no"),
    INVALID_PHONE("the text is not a valid phone number"),
    FAKE_PHONE("the digits are a filler, such as a sequence"),
    RESERVED_PHONE("the number is kept for films and books: nobody has it"),
    INVALID_EMAIL("the text is not a valid e-mail address"),
    FAKE_EMAIL("the address is a filler"),
    RESERVED_EMAIL("the domain is kept for examples: nobody has it"),
    DISPOSABLE_EMAIL("the address is of a service that forgets its mailboxes within hours or days"),
    ROLE_EMAIL("the address is that of a desk, not of a person"),
    MISSPELT_EMAIL_DOMAIN("the domain is one typing error away from a common one, which is proposed"),
    NOT_A_NAME("the text has no letter, is longer than any name, or is an address"),
    FAKE_NAME("the name is a filler"),
    UNUSUAL_NAME("the name has digits, or signs that no name has"),
    INCOMPLETE_NAME("the first or the last name is absent"),
    SWAPPED_NAMES("known first names say that the last name comes first; it is proposed as 'last, first'"),
    AMBIGUOUS_NAME("which words are the first names is not certain; the other reading is proposed as 'last, first'"),
    REPEATED_NAME("the first name is in the last name too"),
    NICKNAME("the first name is a short form; a usual long one is proposed"),
    SEVERAL_PERSONS("the name is that of two persons or more"),
    UNREAD_TEXT(
            "a part is left aside: words in brackets, a remark, a role, a third person, an extension of a phone number"),
    ORGANISATION_NAME("the name is that of an organisation, which is proposed"),
    PERSON_NAME("the name of the organisation is that of a person"),
    AMBIGUOUS_LEGAL_FORM("the name has two legal forms"),
    INVALID_SIREN("the text is not a SIREN: nine digits, of which the last is the check digit"),
    INVALID_SIRET("the text is not a SIRET: fourteen digits, of which the last is the check digit"),
    INVALID_COMPANY_ID("the text is neither a SIREN, nor a SIRET, nor a VAT number of the European Union"),
    INVALID_VAT_NUMBER("the text is not a VAT number of the European Union"),
    INVALID_NAF_CODE("the text is not a code of the French classification of activities"),
    UNKNOWN_COUNTRY("the text is not the name or code of a country"),
    UNKNOWN_OCCUPATION("the text is neither a code nor a label of INSEE's groups of occupations"),
    UNKNOWN_CIVILITY("the text is not a known form of address"),
    UNKNOWN_CURRENCY("no rate is configured for the currency"),
    UNKNOWN_PRODUCT("the catalogue does not have the product"),
    UNKNOWN_CUSTOMER("no contact record stands behind the customer"),
    UNKNOWN_KIND("the kind of line is none of sale, return, cancellation, adjustment, gift"),
    ADDRESS_TOO_LONG("the address is longer than 1,000 characters; the rest is not read"),
    ADDRESS_CUT("words were cut to make a line of the address fit 38 characters, or the lines fit six"),
    ADDRESS_LEFTOVER("some words of the address have no known place in it"),
    MISSING_STREET("the address names no street, place or box"),
    MISSING_POSTCODE("the address has no postcode"),
    MISSING_TOWN("the address has no town"),
    MISSING_CEDEX("the postcode is that of a CEDEX, which is not written"),
    INVALID_POSTCODE("the postcode has not the form of one"),
    UNKNOWN_POSTCODE("no department has the postcode"),
    POSTCODE_TOWN_MISMATCH("the postcode is not of the town"),
    TOWN_GUESSED("nothing separates street and town; the town is what probably is one"),
    STREET_TYPE_MISSPELT("the kind of street is one letter away from a known one");

    private final String doc;

    Issue(String doc) {
        this.doc = doc;
    }

    public String doc() {
        return doc;
    }

    /** The name under which it is stored. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
