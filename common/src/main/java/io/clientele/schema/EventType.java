package io.clientele.schema;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The types of events that jobs know; a source may deliver others, of which no job takes notice. */
public enum EventType {
    VISIT,
    PAGE_VIEW,
    SENT,
    OPEN,
    CLICK,
    FORWARD,
    CALL,
    MAIL_RETURNED,
    EMAIL_BOUNCED,
    PHONE_DEAD,
    NPS_ANSWER,
    REVIEW,
    REFERRAL;

    /** The type as the lake has it. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static List<String> codes() {
        return Arrays.stream(values()).map(EventType::code).toList();
    }
}
