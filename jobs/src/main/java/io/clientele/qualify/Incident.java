package io.clientele.qualify;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Something that proved a value wrong.
 *
 * @param customerRef whom it happened with
 * @param value what was proved wrong; null: whatever was current for the reference at that instant
 */
record Incident(Kind kind, String customerRef, String value, Instant occurredAt) {

    /** The kinds; their codes are types of events. */
    enum Kind {
        MAIL_RETURNED(Attribute.ADDRESS),
        EMAIL_BOUNCED(Attribute.EMAIL),
        PHONE_DEAD(Attribute.PHONE, Attribute.MOBILE);

        private final List<Attribute> attributes;

        Kind(Attribute... attributes) {
            this.attributes = List.of(attributes);
        }

        String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Kind ofCode(String code) {
            return valueOf(code.toUpperCase(Locale.ROOT));
        }

        static Object[] codes() {
            return Arrays.stream(values()).map(Kind::code).toArray();
        }

        /** What it concerns: the first of these that has a value. */
        List<Attribute> attributes() {
            return attributes;
        }
    }

    Optional<String> refuted() {
        return Optional.ofNullable(value);
    }
}
