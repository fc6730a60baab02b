package io.clientele.testing;

import static io.clientele.table.ColumnSpec.count;
import static io.clientele.table.ColumnSpec.day;
import static io.clientele.table.ColumnSpec.flag;
import static io.clientele.table.ColumnSpec.instant;
import static io.clientele.table.ColumnSpec.list;
import static io.clientele.table.ColumnSpec.map;
import static io.clientele.table.ColumnSpec.money;
import static io.clientele.table.ColumnSpec.real;
import static io.clientele.table.ColumnSpec.structs;
import static io.clientele.table.ColumnSpec.text;

import io.clientele.table.ColumnSpec;
import io.clientele.table.Field;
import io.clientele.table.Layer;
import io.clientele.table.Table;
import org.apache.spark.sql.types.DataTypes;

/** A table with a column of every type that contracts use. */
enum Samples implements Field {
    ID(text("Identifies the sample").required()),
    AT(instant("An instant")),
    DAY(day("A day")),
    COUNT(count("A number of things")),
    AMOUNT(money("An amount")),
    RATE(real("A rate")),
    IS_NEW(flag("Whether it is new")),
    TAGS(list(DataTypes.StringType, "Some texts")),
    PARTS(structs(
            "Some structs",
            DataTypes.createStructField("name", DataTypes.StringType, true),
            DataTypes.createStructField("number", DataTypes.IntegerType, true))),
    RATES(map(DataTypes.StringType, DataTypes.DoubleType, "Rates by name"));

    static final Table TABLE = Table.in(Layer.MART, "samples")
            .of(Samples.values())
            .row("one sample")
            .key(ID)
            .build();

    private final ColumnSpec spec;

    Samples(ColumnSpec spec) {
        this.spec = spec;
    }

    @Override
    public ColumnSpec spec() {
        return spec;
    }
}
