package io.clientele.schema;

import java.util.Locale;
import org.apache.spark.sql.Column;

/** Whom a contact record is about. */
public enum ContactKind {
    /** Somebody, on his or her own behalf. */
    PERSON,
    /** An organisation; who is named beside it speaks for it. */
    COMPANY;

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether a column of kinds says this one. */
    public Column is(Column kind) {
        return kind.equalTo(code());
    }
}
