package io.clientele.qualify;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.get;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.nullif;
import static org.apache.spark.sql.functions.split;
import static org.apache.spark.sql.functions.when;

import io.clientele.schema.Contacts;
import io.clientele.table.Field;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataTypes;

/**
 * What is known of a customer: a column of the contact records, or several that stand or fall together. Its columns bear
 * the same names in the golden record.
 */
enum Attribute {
    CIVILITY(Contacts.CIVILITY),
    TITLE(Contacts.TITLE),
    FIRST_NAME(Contacts.FIRST_NAME),
    LAST_NAME(Contacts.LAST_NAME),
    BIRTH_NAME(Contacts.BIRTH_NAME),
    COMPANY_NAME(Contacts.COMPANY_NAME),
    LEGAL_FORM(Contacts.LEGAL_FORM),
    SIREN(Contacts.SIREN),
    SIRET(Contacts.SIRET),
    VAT_NUMBER(Contacts.VAT_NUMBER),
    BIRTH_DATE(Contacts.BIRTH_DATE),
    OCCUPATION_GROUP(Contacts.OCCUPATION_GROUP),
    ADDRESS(
            List.of(Contacts.ADDRESS, Contacts.POSTCODE, Contacts.TOWN),
            List.of(Contacts.ADDRESS_EXTRA, Contacts.COUNTRY)),
    /** Of those who have no address. */
    COUNTRY(Contacts.COUNTRY),
    PHONE(Contacts.PHONE),
    MOBILE(Contacts.MOBILE),
    EMAIL(Contacts.EMAIL);

    private static final String SEPARATOR = "\n";

    private final List<Contacts> essential;
    private final List<Contacts> parts;

    Attribute(Contacts field) {
        this(List.of(field), List.of());
    }

    /** @param more columns that complete the others and say nothing without them */
    Attribute(List<Contacts> essential, List<Contacts> more) {
        this.essential = essential;
        this.parts = Stream.concat(essential.stream(), more.stream()).toList();
    }

    /** The name in tables and in the configuration. */
    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Attribute> ofCode(String code) {
        return Arrays.stream(values())
                .filter(attribute -> attribute.code().equals(code))
                .findFirst();
    }

    static String codes() {
        return Arrays.stream(values()).map(Attribute::code).collect(Collectors.joining(", "));
    }

    /** Those with a column of this name, the best first. */
    static List<Attribute> telling(Field column) {
        return Arrays.stream(values())
                .filter(attribute -> attribute.position(column) >= 0)
                .toList();
    }

    /** The value that a contact record has, as text. */
    Column value() {
        if (parts.size() == 1) {
            return parts.get(0).col().cast(DataTypes.StringType);
        }
        return when(
                coalesce(columns(essential)).isNotNull(),
                concat_ws(
                        SEPARATOR,
                        Arrays.stream(columns(parts))
                                .map(part -> coalesce(part, lit("")))
                                .toArray(Column[]::new)));
    }

    /** What a value, as text, says for one of the columns. */
    Column part(Column value, Field column) {
        return parts.size() == 1 ? value : nullif(get(split(value, SEPARATOR, -1), lit(position(column))), lit(""));
    }

    /** How many of its parts a value has. */
    static long partsOf(String value) {
        return value.lines().filter(part -> !part.isEmpty()).count();
    }

    private int position(Field column) {
        return parts.stream().map(Field::column).toList().indexOf(column.column());
    }

    private static Column[] columns(List<Contacts> fields) {
        return fields.stream().map(Field::col).toArray(Column[]::new);
    }
}
