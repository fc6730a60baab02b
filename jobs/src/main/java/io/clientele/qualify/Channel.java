package io.clientele.qualify;

import static io.clientele.schema.CustomerAttributes.ATTRIBUTE;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.lit;

import io.clientele.schema.Contactability;
import io.clientele.schema.Contacts;
import io.clientele.text.Phones;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Column;

/** A way to reach a customer. Of two equally good ones the first is the best: it costs least and troubles least. */
enum Channel {
    EMAIL(
            "email",
            List.of(Attribute.EMAIL),
            Contactability.EMAIL_SCORE,
            Contactability.EMAIL_VERIFIED_ON,
            Contactability.EMAIL_DOUBT,
            Contactability.IS_EMAIL_ALLOWED),
    SMS(
            "sms",
            List.of(Attribute.MOBILE, Attribute.PHONE),
            Contactability.SMS_SCORE,
            Contactability.SMS_VERIFIED_ON,
            Contactability.SMS_DOUBT,
            Contactability.IS_SMS_ALLOWED),
    POST(
            "post",
            List.of(Attribute.ADDRESS),
            Contactability.POST_SCORE,
            Contactability.POST_VERIFIED_ON,
            Contactability.POST_DOUBT,
            Contactability.IS_POST_ALLOWED),
    PHONE(
            "call",
            List.of(Attribute.PHONE, Attribute.MOBILE),
            Contactability.PHONE_SCORE,
            Contactability.PHONE_VERIFIED_ON,
            Contactability.PHONE_DOUBT,
            Contactability.IS_PHONE_ALLOWED);

    private final String consent;
    private final List<Attribute> attributes;
    private final Contactability score;
    private final Contactability verifiedOn;
    private final Contactability doubt;
    private final Contactability allowed;

    Channel(
            String consent,
            List<Attribute> attributes,
            Contactability score,
            Contactability verifiedOn,
            Contactability doubt,
            Contactability allowed) {
        this.consent = consent;
        this.attributes = attributes;
        this.score = score;
        this.verifiedOn = verifiedOn;
        this.doubt = doubt;
        this.allowed = allowed;
    }

    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What consents call it. */
    String consent() {
        return consent;
    }

    Contactability score() {
        return score;
    }

    Contactability verifiedOn() {
        return verifiedOn;
    }

    Contactability doubt() {
        return doubt;
    }

    Contactability allowed() {
        return allowed;
    }

    /** Whether a value of the history leads here; short messages go to mobile phones only, whatever the column. */
    Column isLedToBy(Column kindOfNumber) {
        Column isOne =
                ATTRIBUTE.col().isin(attributes.stream().map(Attribute::code).toArray());
        return this == SMS
                ? isOne.and(coalesce(
                        kindOfNumber.isin(code(Phones.Kind.MOBILE), code(Phones.Kind.FIXED_OR_MOBILE)), lit(false)))
                : isOne;
    }

    /** How much a value is preferred to an equally sure one that leads here too: the greater the better. */
    Column preference() {
        return ATTRIBUTE.col().equalTo(attributes.get(0).code());
    }

    /** The kind of a number that a contact record has under an attribute. */
    static Column kindOfNumber() {
        return org.apache
                .spark
                .sql
                .functions
                .when(ATTRIBUTE.col().equalTo(Attribute.PHONE.code()), Contacts.PHONE_KIND.col())
                .when(ATTRIBUTE.col().equalTo(Attribute.MOBILE.code()), Contacts.MOBILE_KIND.col());
    }

    static List<Channel> all() {
        return Arrays.asList(values());
    }

    private static String code(Phones.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
