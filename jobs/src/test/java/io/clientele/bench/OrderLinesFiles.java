package io.clientele.bench;

import io.clientele.run.Session;
import io.clientele.schema.FctOrderLines;
import java.io.IOException;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.SparkSession;

/**
 * Writes order lines as Parquet, of any number: by seed, of customers of whom few buy much, the lines of an order far from
 * each other, as a night leaves them. Arguments: folder, number of lines, seed.
 */
final class OrderLinesFiles {

    private static final int LINES_PER_CUSTOMER = 10;
    private static final int LINES_PER_ORDER = 3;
    /** A prime by which lines are scattered; numbers of lines are not multiples of it. */
    private static final long SCATTER = 768_433;

    private OrderLinesFiles() {}

    public static void main(String[] arguments) throws IOException {
        long lines = Long.parseLong(arguments[1]);
        long seed = Long.parseLong(arguments[2]);
        try (SparkSession spark = Session.start(Map.of())) {
            spark.range(lines)
                    .selectExpr("pmod(id * %dL, %dL) as line".formatted(SCATTER, lines))
                    .selectExpr("line", "line div %d as number".formatted(LINES_PER_ORDER))
                    .selectExpr(
                            "*",
                            "pmod(xxhash64(line, %d), 1000003) as ofLine".formatted(seed),
                            "pmod(xxhash64(number, %d), 1000003) / 1000003D as ofOrder".formatted(seed),
                            "pmod(xxhash64(number, %d, 'customer'), 1000003) / 1000003D as ofCustomer".formatted(seed),
                            "cast(pmod(xxhash64(number, %d, 'day'), 730) as int) as daysAgo".formatted(seed))
                    // The square gives a tenth of the customers a third of the orders.
                    .selectExpr(
                            "*",
                            "if(ofOrder < 0.15, null, floor(%d * ofCustomer * ofCustomer)) as customer"
                                    .formatted(Math.max(1, lines / LINES_PER_CUSTOMER)))
                    .selectExpr(
                            "concat('L', lpad(line, 11, '0')) as order_line_id",
                            "concat('T', lpad(number, 10, '0')) as order_id",
                            "concat('C', substring(concat(hex(xxhash64(customer)), hex(xxhash64(customer, 1))), 1, 20))"
                                    + " as customer_id",
                            "concat('P', lpad(pmod(ofLine, 20000), 5, '0')) as product_id",
                            "cast(date_sub(date'2025-11-30', daysAgo) as timestamp) as ordered_at",
                            "date_sub(date'2025-11-30', daysAgo) as ordered_on",
                            "case when ofLine % 100 < 92 then 'sale' when ofLine % 100 < 97 then 'return' else 'cancellation'"
                                    + " end as line_kind",
                            "case when ofOrder < 0.6 then 'shop' when ofOrder < 0.95 then 'web' else 'call' end as channel",
                            "case when ofOrder < 0.8 then 'FR' when ofOrder < 0.9 then 'BE' else 'CH' end as country",
                            "1 + (ofLine div 100) % 4 as quantity",
                            "(1 + (ofLine div 400) % 9900) / 100 as unit_price",
                            "'EUR' as currency")
                    .selectExpr("*", "quantity * cast(unit_price as decimal(14,4)) as amount")
                    .select(FctOrderLines.TABLE.fields().stream()
                            .map(field -> field.is(field.col()))
                            .toArray(Column[]::new))
                    .write()
                    .parquet(arguments[0]);
        }
    }
}
