package io.clientele.collect;

import io.clientele.schema.CollectedCompaniesRegister;
import io.clientele.schema.CollectedConsents;
import io.clientele.schema.CollectedContacts;
import io.clientele.schema.CollectedEvents;
import io.clientele.schema.CollectedOrderLines;
import io.clientele.schema.CollectedProducts;
import io.clientele.schema.Delivery;
import io.clientele.table.Field;
import io.clientele.table.Table;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the records of a source are about. */
enum Entity {
    CONTACTS(CollectedContacts.TABLE, true),
    ORDER_LINES(CollectedOrderLines.TABLE, false),
    PRODUCTS(CollectedProducts.TABLE, true),
    EVENTS(CollectedEvents.TABLE, false),
    CONSENTS(CollectedConsents.TABLE, false),
    COMPANIES_REGISTER(CollectedCompaniesRegister.TABLE, true);

    private final Table table;
    private final boolean needsKey;

    Entity(Table table, boolean needsKey) {
        this.table = table;
        this.needsKey = needsKey;
    }

    Table table() {
        return table;
    }

    /** Whether a later record about the same thing replaces the earlier one, for which the source must name its key. */
    boolean needsKey() {
        return needsKey;
    }

    String part() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The columns that a source's mapping fills. */
    List<Field> mapped() {
        List<Delivery> delivery = Arrays.asList(Delivery.values());
        return table.fields().stream()
                .filter(field -> !delivery.contains(field))
                .toList();
    }

    Optional<Field> mapped(String column) {
        return mapped().stream().filter(field -> field.column().equals(column)).findFirst();
    }
}
