package io.clientele.schema;

import java.util.Arrays;
import java.util.Locale;
import org.apache.spark.sql.Column;

/** What a line of an order is. */
public enum LineKind {
    /** Goods against money. */
    SALE,
    /** Goods that come back. */
    RETURN,
    /** A sale that is undone. */
    CANCELLATION,
    /** A correction of stock or of accounts. */
    ADJUSTMENT,
    /** Goods for nothing. */
    GIFT;

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether a column of kinds says this one. */
    public Column is(Column kind) {
        return kind.equalTo(code());
    }

    /** Whether a column says one of these kinds. */
    public static Column isAnyOf(Column kind, LineKind... kinds) {
        return kind.isin(Arrays.stream(kinds).map(LineKind::code).toArray());
    }
}
