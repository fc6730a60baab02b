package io.clientele.qualify;

import static io.clientele.config.Requirement.check;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.upper;
import static org.apache.spark.sql.functions.when;

import io.clientele.run.Job;
import io.clientele.run.Run;
import io.clientele.schema.CollectedContacts;
import io.clientele.schema.Contacts;
import io.clientele.schema.Delivery;
import io.clientele.table.Field;
import io.clientele.table.ParsedValue;
import io.clientele.text.Civility;
import io.clientele.text.Countries;
import io.clientele.text.Emails;
import io.clientele.text.Parsed;
import io.clientele.text.Phones;
import io.clientele.text.Texts;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/** Standardises contact records: one clean value per column, and what was wrong with it. */
public final class ContactsJob {

    public static final Job<Config> JOB = Job.named("contacts", Config.class)
            .reads(CollectedContacts.TABLE)
            .writes(Contacts.TABLE)
            .runs(ContactsJob::run);

    /**
     * {@code conf/contacts.yaml}.
     *
     * @param country two-letter code of the country of a contact that names none; phones are dialled as there
     */
    public record Config(String country) {
        public Config {
            check(
                    country != null && Arrays.asList(Locale.getISOCountries()).contains(country),
                    "key 'country' must be a two-letter code of ISO 3166 in capitals, got '%s'",
                    country);
        }
    }

    /** The columns of which a part is parsed, each under the name that holds the parts until the values are taken. */
    private static final Map<Field, String> PARSED = Map.of(
            Contacts.CIVILITY, "parsed_civility",
            Contacts.COUNTRY, "parsed_country",
            Contacts.PHONE, "parsed_phone",
            Contacts.MOBILE, "parsed_mobile",
            Contacts.EMAIL, "parsed_email");

    private ContactsJob() {}

    static void run(Config config, Run run) {
        Dataset<Row> collected = Deliveries.upTo(run, CollectedContacts.TABLE);
        run.lake().replace(Contacts.TABLE, standardise(collected, config));
        run.balance(Contacts.TABLE, collected, Contacts.VERSIONS);
    }

    /** One row per contact record, in its latest version. */
    public static Dataset<Row> standardise(Dataset<Row> collected, Config config) {
        Dataset<Row> latest = Deliveries.latest(collected, Contacts.VERSIONS);
        Dataset<Row> located = latest.select(
                col("*"),
                parsed(Contacts.CIVILITY, CollectedContacts.CIVILITY, text -> Civility.parse(text)
                        .map(Civility::name)),
                parsed(Contacts.COUNTRY, CollectedContacts.COUNTRY, Countries::parse),
                parsed(Contacts.EMAIL, CollectedContacts.EMAIL, Emails::parse));
        Column dialled = coalesce(value(Contacts.COUNTRY), lit(config.country()));
        Dataset<Row> parsed = located.select(
                col("*"),
                phone(Contacts.PHONE, CollectedContacts.PHONE, dialled),
                phone(Contacts.MOBILE, CollectedContacts.MOBILE, dialled));
        return parsed.select(
                Contacts.CONTACT_ID.is(Deliveries.id()),
                Contacts.SOURCE.is(Delivery.SOURCE.col()),
                Contacts.CONTACT_REF.is(CollectedContacts.CONTACT_REF.col()),
                Contacts.CUSTOMER_REF.is(CollectedContacts.CUSTOMER_REF.col()),
                Contacts.CIVILITY.is(value(Contacts.CIVILITY)),
                Contacts.FIRST_NAME.is(text(CollectedContacts.FIRST_NAME, Texts::capitalise)),
                Contacts.LAST_NAME.is(coalesce(
                        text(CollectedContacts.LAST_NAME, Texts::capitalise),
                        text(CollectedContacts.FULL_NAME, Texts::capitalise))),
                Contacts.COMPANY_NAME.is(text(CollectedContacts.COMPANY_NAME, Texts::clean)),
                Contacts.BIRTH_DATE.is(CollectedContacts.BIRTH_DATE.col()),
                Contacts.ADDRESS.is(text(CollectedContacts.ADDRESS, Texts::clean)),
                Contacts.ADDRESS_EXTRA.is(text(CollectedContacts.ADDRESS_EXTRA, Texts::clean)),
                Contacts.POSTCODE.is(upper(text(CollectedContacts.POSTCODE, Texts::clean))),
                Contacts.TOWN.is(upper(text(CollectedContacts.TOWN, Texts::clean))),
                Contacts.COUNTRY.is(dialled),
                Contacts.PHONE.is(value(Contacts.PHONE)),
                Contacts.MOBILE.is(value(Contacts.MOBILE)),
                Contacts.EMAIL.is(value(Contacts.EMAIL)),
                Contacts.UPDATED_AT.is(coalesce(
                        CollectedContacts.UPDATED_AT.col(),
                        Delivery.DELIVERED_ON.col().cast(DataTypes.TimestampType))),
                Contacts.ISSUES.is(concat(Delivery.ISSUES.col(), issues())),
                Contacts.VERSIONS.is(Contacts.VERSIONS.col()));
    }

    private static Column parsed(Field field, Field delivered, ParsedValue.Parser<String> parser) {
        return ParsedValue.of(delivered.col(), DataTypes.StringType, parser).as(PARSED.get(field));
    }

    private static Column phone(Field field, Field delivered, Column country) {
        return ParsedValue.of(delivered.col(), country, DataTypes.StringType, (text, where) -> Phones.parse(text, where)
                        .map(Phones.Phone::e164))
                .as(PARSED.get(field));
    }

    private static Column value(Field field) {
        return ParsedValue.value(col(PARSED.get(field)));
    }

    private static Column text(Field delivered, Cleaning cleaning) {
        return ParsedValue.value(ParsedValue.of(delivered.col(), DataTypes.StringType, text -> {
            String clean = cleaning.apply(text);
            return clean == null ? Parsed.absent() : Parsed.of(clean);
        }));
    }

    /** A function that Spark can ship to executors. */
    private interface Cleaning extends java.io.Serializable {
        String apply(String text);
    }

    private static Column issues() {
        List<Contacts> fields =
                List.of(Contacts.CIVILITY, Contacts.COUNTRY, Contacts.PHONE, Contacts.MOBILE, Contacts.EMAIL);
        return array_compact(array(fields.stream()
                .map(field -> when(
                        ParsedValue.issue(col(PARSED.get(field))).isNotNull(),
                        struct(
                                lit(field.column()).as("column"),
                                ParsedValue.issue(col(PARSED.get(field))).as("issue"),
                                field.col().as("text"))))
                .toArray(Column[]::new)));
    }
}
