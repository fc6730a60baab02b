package io.clientele.schema;

import static io.clientele.table.ColumnSpec.day;
import static io.clientele.table.ColumnSpec.flag;
import static io.clientele.table.ColumnSpec.structs;
import static io.clientele.table.ColumnSpec.text;
import static io.clientele.table.Layer.QUALIFIED;

import io.clientele.table.ColumnSpec;
import io.clientele.table.Field;
import io.clientele.table.Table;
import java.time.Period;
import org.apache.spark.sql.types.DataTypes;

/** From what sources call a customer to the customer's identifier; facts are attached through it. */
public enum CustomerRefs implements Field {
    CUSTOMER_REF(text("What sources know the customer by")
            .french("référence client")
            .required()
            .personal()),
    CUSTOMER_ID(text("The customer: a pseudonym that lasts")
            .french("identifiant client")
            .required()),
    HAS_CONTACT(flag("Whether a contact record bears it, or bore it once, or only facts")
            .french("a un contact")
            .required()),
    FIRST_SEEN_ON(day("The day of the first delivery that named it")
            .french("première livraison")
            .required()),
    ID_CHANGES(structs(
                    "Each time that it came to lead to another customer: the business date, merged or split, and the"
                            + " identifiers before and after",
                    DataTypes.createStructField("occurred_on", DataTypes.DateType, true),
                    DataTypes.createStructField("kind", DataTypes.StringType, true),
                    DataTypes.createStructField("old_customer_id", DataTypes.StringType, true),
                    DataTypes.createStructField("new_customer_id", DataTypes.StringType, true))
            .french("changements d'identifiant")
            .required());

    public static final Table TABLE = Table.in(QUALIFIED, "customer_refs")
            .of(CustomerRefs.values())
            .row("one reference by which a source knows a customer")
            .key(CUSTOMER_ID)
            .heldFor(Period.ofYears(3), "Knowing the company's contacts: customer relationship management")
            .build();

    private final ColumnSpec spec;

    CustomerRefs(ColumnSpec spec) {
        this.spec = spec;
    }

    @Override
    public ColumnSpec spec() {
        return spec;
    }
}
