package io.clientele.sql;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.expressions.TryEval;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.apache.spark.sql.functions;

/** An SQL expression of a configuration that no row can make fail. */
public final class Tried {

    private Tried() {}

    /** Null where the expression fails on a row, by a division by zero, say: that row is not judged, and the night goes on. */
    public static Column expr(String sql) {
        return ExpressionUtils.column(new TryEval(ExpressionUtils.expression(functions.expr(sql))));
    }
}
