package io.clientele.predict.recommend;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.unix_date;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;

import io.clientele.schema.FctOrderLines;
import io.clientele.schema.LineKind;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/** What was bought: by line, by basket, and by customer and product. */
final class Purchases {

    /** The products of a basket, each once. */
    static final String PRODUCTS = "products";

    /** What the customer last paid for one unit, in the currency of the lake; null if not known. */
    static final String PAID = "paid";

    static final String LAST_ON = "last_on";
    static final String LAST_AT = "last_at";

    /** On how many days of the window the customer bought the product; 0 if only before. */
    static final String DAYS = "days";

    private static final String BOUGHT = "bought";

    private Purchases() {}

    /** The lines that are sales of products, up to a day. A line whose amount is not known is one, a negative one is not. */
    static Dataset<Row> sales(Dataset<Row> lines, LocalDate upTo, List<String> notProducts) {
        Column amount = FctOrderLines.AMOUNT.col();
        Column quantity = FctOrderLines.QUANTITY.col();
        return lines.where(LineKind.SALE
                        .is(FctOrderLines.LINE_KIND.col())
                        .and(coalesce(amount.gt(0), lit(true)))
                        .and(quantity.gt(0))
                        .and(not(FctOrderLines.PRODUCT_ID.col().isin(notProducts.toArray())))
                        .and(FctOrderLines.ORDERED_ON.col().leq(lit(upTo))))
                .select(
                        FctOrderLines.ORDER_LINE_ID.col(),
                        FctOrderLines.ORDER_ID.col(),
                        FctOrderLines.CUSTOMER_ID.col(),
                        FctOrderLines.PRODUCT_ID.col(),
                        FctOrderLines.ORDERED_AT.col(),
                        FctOrderLines.ORDERED_ON.col(),
                        amount.divide(quantity)
                                .try_cast(DataTypes.createDecimalType(24, 4))
                                .as(PAID));
    }

    /** One row per order of the window, of known customers or not. */
    static Dataset<Row> baskets(Dataset<Row> sales, LocalDate from) {
        return sales.where(FctOrderLines.ORDERED_ON.col().geq(lit(from)))
                .groupBy(FctOrderLines.ORDER_ID.col())
                .agg(collect_set(FctOrderLines.PRODUCT_ID.col()).as(PRODUCTS));
    }

    /** One row per known customer and product ever bought; a customer's rows are in one partition. */
    static Dataset<Row> ofCustomers(Dataset<Row> sales, LocalDate from) {
        Column day = FctOrderLines.ORDERED_ON.col();
        return sales.where(FctOrderLines.CUSTOMER_ID.col().isNotNull())
                .repartition(FctOrderLines.CUSTOMER_ID.col())
                .groupBy(FctOrderLines.CUSTOMER_ID.col(), FctOrderLines.PRODUCT_ID.col())
                .agg(
                        max(day).as(LAST_ON),
                        max(FctOrderLines.ORDERED_AT.col()).as(LAST_AT),
                        max_by(col(PAID), struct(FctOrderLines.ORDERED_AT.col(), FctOrderLines.ORDER_LINE_ID.col()))
                                .as(PAID),
                        size(collect_set(when(day.geq(lit(from)), day))).as(DAYS));
    }

    /** One row per customer: who it is, and all that they ever bought. */
    static Dataset<Row> byCustomer(Dataset<Row> purchases) {
        return purchases
                .groupBy(FctOrderLines.CUSTOMER_ID.col())
                .agg(collect_list(struct(
                                FctOrderLines.PRODUCT_ID.col(),
                                unix_date(col(LAST_ON)),
                                unix_micros(col(LAST_AT)),
                                col(PAID),
                                col(DAYS)))
                        .as(BOUGHT));
    }

    /** What a row of {@link #byCustomer} says that was bought. */
    static List<Bought> bought(Row customer) {
        return customer.<Row>getList(customer.fieldIndex(BOUGHT)).stream()
                .map(row ->
                        new Bought(row.getString(0), row.getInt(1), row.getLong(2), row.getDecimal(3), row.getInt(4)))
                .toList();
    }
}
