package io.clientele.schema;

import static io.clientele.table.ColumnSpec.count;
import static io.clientele.table.ColumnSpec.day;
import static io.clientele.table.ColumnSpec.integer;
import static io.clientele.table.ColumnSpec.real;
import static io.clientele.table.ColumnSpec.text;
import static io.clientele.table.Layer.OPS;

import io.clientele.table.ColumnSpec;
import io.clientele.table.Field;
import io.clientele.table.Table;

/** What the rules of {@code conf/quality.yaml} found in what each run wrote; counts, never values. */
public enum Quality implements Field {
    RUN_ID(text("The run").required()),
    BUSINESS_DATE(day("The date that was run").french("date d'exploitation").required()),
    RULE_ID(text("The rule, as named in conf/quality.yaml").french("règle").required()),
    TABLE_NAME(text("The table that was being written").french("table").required()),
    WRITE_NUMBER(integer("Which write of the run to that table: 1, or more if a job writes it in several steps")
            .required()),
    DIMENSION(text("completeness, validity, uniqueness, freshness or consistency")
            .french("dimension")
            .required()),
    SEVERITY(text("warn, or stop: the night ends before the rows are published")
            .french("gravité")
            .required()),
    ROWS(count("Rows that the job wrote, or was about to write")
            .french("lignes")
            .required()),
    FAILING(count("Rows that fail; null for a rule on the whole table").french("lignes en défaut")),
    SHARE(real("Failing rows per row, 0 to 1; null without rows, and for a rule on the whole table")
            .french("part en défaut")),
    AGE_DAYS(integer("Days from the newest value to the date that was run; null but for freshness")
            .french("ancienneté")),
    ALLOWED(real("The most that the share, or the age in days, may be; for a number of rows the least")
            .french("seuil")
            .required()),
    VERDICT(text("pass, warn, stop, or drift: within its limit, and far from the nights before")
            .french("verdict")
            .required());

    public static final Table TABLE = Table.in(OPS, "quality")
            .of(Quality.values())
            .row("what one rule found in one write of one run")
            .key(RUN_ID, RULE_ID, WRITE_NUMBER)
            .clusteredBy(BUSINESS_DATE)
            .build();

    private final ColumnSpec spec;

    Quality(ColumnSpec spec) {
        this.spec = spec;
    }

    @Override
    public ColumnSpec spec() {
        return spec;
    }
}
