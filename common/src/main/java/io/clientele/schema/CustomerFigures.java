package io.clientele.schema;

import static io.clientele.table.ColumnSpec.count;
import static io.clientele.table.ColumnSpec.day;
import static io.clientele.table.ColumnSpec.integer;
import static io.clientele.table.ColumnSpec.list;
import static io.clientele.table.ColumnSpec.map;
import static io.clientele.table.ColumnSpec.money;
import static io.clientele.table.ColumnSpec.text;
import static io.clientele.table.ColumnSpec.total;
import static io.clientele.table.Layer.MART;

import io.clientele.table.ColumnSpec;
import io.clientele.table.Field;
import io.clientele.table.Table;
import org.apache.spark.sql.types.DataTypes;

/** What customers bought and did, in figures: what rules ask for. */
public enum CustomerFigures implements Field {
    CUSTOMER_ID(text("The customer: a pseudonym").french("identifiant client").required()),
    AS_OF(day("The business date of the figures").french("date des chiffres").required()),
    ORDERS_12_MONTHS(count("Orders with a sale in the last twelve months")
            .french("commandes sur 12 mois")
            .required()),
    NET_AMOUNT_12_MONTHS(total("Sales of the last twelve months, less what was returned and cancelled in them")
            .french("chiffre d'affaires net sur 12 mois")
            .required()),
    NET_AMOUNT(total("Sales to date, less what was returned and cancelled")
            .french("chiffre d'affaires net")
            .required()),
    RETURNS_AMOUNT(total("What was returned and cancelled to date; not above 0")
            .french("montant des retours")
            .required()),
    AVERAGE_BASKET(
            money("Average sales of an order to date; null without orders").french("panier moyen")),
    LARGEST_BASKET(
            total("Largest sales of an order to date; null without orders").french("plus gros panier")),
    DAYS_SINCE_ORDER(integer("Days from the last day with a sale to the business date; null without orders")
            .french("ancienneté du dernier achat")),
    PRODUCTS(list(DataTypes.StringType, "Products bought to date, by their codes, in order")
            .french("produits achetés")
            .required()),
    PRODUCT_GROUPS(list(DataTypes.StringType, "Groups of the products bought to date, in order")
            .french("familles achetées")
            .required()),
    ORDER_CHANNELS(list(DataTypes.StringType, "Channels of the orders to date, in order")
            .french("canaux d'achat")
            .required()),
    SIGNALS(map(
                    DataTypes.StringType,
                    DataTypes.LongType,
                    "Of each signal of conf/customer_figures.yaml, how many events in the last days that it names")
            .french("signaux")
            .required()),
    DAYS_SINCE_SIGNAL(map(
                    DataTypes.StringType,
                    DataTypes.IntegerType,
                    "Of each signal of conf/customer_figures.yaml, the days from its last event to the business date; null"
                            + " if there was none")
            .french("ancienneté du dernier signal")
            .required());

    public static final Table TABLE = Table.in(MART, "customer_figures")
            .of(CustomerFigures.values())
            .row("one customer's purchases and events, summed up")
            .key(CUSTOMER_ID)
            .build();

    private final ColumnSpec spec;

    CustomerFigures(ColumnSpec spec) {
        this.spec = spec;
    }

    @Override
    public ColumnSpec spec() {
        return spec;
    }
}
