package io.clientele.predict;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF3;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/**
 * What a model of buying expects of a customer with a history, until several horizons. Purchases are discounted by steps of four
 * weeks, each to its middle.
 */
final class Outlook implements UDF3<Integer, Integer, Integer, Row> {

    private static final long serialVersionUID = 1L;

    static final String P_ALIVE = "p_alive";
    static final String HORIZONS = "horizons";
    static final String HORIZON = "horizon";
    static final String PURCHASES = "purchases";
    static final String DISCOUNTED = "discounted";

    static final StructType TYPE = new StructType()
            .add(P_ALIVE, DataTypes.DoubleType)
            .add(
                    HORIZONS,
                    DataTypes.createArrayType(new StructType()
                            .add(HORIZON, DataTypes.IntegerType)
                            .add(PURCHASES, DataTypes.DoubleType)
                            .add(DISCOUNTED, DataTypes.DoubleType)));

    private static final int STEP_DAYS = 28;
    private static final double YEAR_DAYS = 365.25;

    private final PurchaseModel model;
    private final TimeUnit unit;
    private final List<Integer> horizons;
    private final int[] ends;
    private final double[] discounts;

    /**
     * @param horizons in days from now
     * @param annualDiscount by how much less a purchase in a year is worth: 0.1 divides by 1.1
     */
    Outlook(PurchaseModel model, TimeUnit unit, List<Integer> horizons, double annualDiscount) {
        this.model = model;
        this.unit = unit;
        this.horizons = List.copyOf(new TreeSet<>(horizons));
        TreeSet<Integer> steps = new TreeSet<>(horizons);
        for (int day = STEP_DAYS; day < steps.last(); day += STEP_DAYS) {
            steps.add(day);
        }
        this.ends = steps.stream().mapToInt(Integer::intValue).toArray();
        this.discounts = new double[ends.length];
        for (int i = 0; i < ends.length; i++) {
            double middle = ((i == 0 ? 0 : ends[i - 1]) + ends[i]) / 2.0;
            discounts[i] = Math.pow(1 + annualDiscount, -middle / YEAR_DAYS);
        }
    }

    /**
     * @param repeats purchases after the first
     * @param lastDays days from the first purchase to the last
     * @param ageDays days from the first purchase to now
     */
    @Override
    public Row call(Integer repeats, Integer lastDays, Integer ageDays) {
        double age = unit.of(ageDays);
        double alive = model.probabilityAlive(repeats, unit.of(lastDays), age);
        List<Row> expected = new ArrayList<>();
        double purchases = 0;
        double discounted = 0;
        for (int i = 0; i < ends.length; i++) {
            double until = alive * model.purchasesIfAlive(repeats, age, unit.of(ends[i]));
            discounted += (until - purchases) * discounts[i];
            purchases = until;
            if (horizons.contains(ends[i])) {
                expected.add(RowFactory.create(ends[i], purchases, discounted));
            }
        }
        return RowFactory.create(alive, CollectionConverters.asScala(expected).toSeq());
    }
}
