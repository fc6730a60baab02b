package io.clientele.segment;

import io.clientele.segment.kmeans.Grid;
import io.clientele.segment.kmeans.Points;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Places customers on the axes of fitted features; after the axes it can write the values of numbers as they come, so that they
 * are summed up too: each number, and where it may be unknown whether it is known, 0 or 1.
 */
final class FeatureReader implements Points.Reader {

    private static final long serialVersionUID = 1L;

    private final List<FittedFeature> features;
    private final List<Map<String, Integer>> places = new ArrayList<>();
    private final Values values;
    private final int axes;

    /** Whether the values are written after the axes. */
    enum Values {
        WRITTEN,
        LEFT_OUT
    }

    FeatureReader(List<FittedFeature> features, Values values) {
        this.features = List.copyOf(features);
        this.values = values;
        this.axes = features.stream().mapToInt(FittedFeature::axes).sum();
        for (FittedFeature feature : features) {
            Map<String, Integer> indexes = new HashMap<>();
            for (int i = 0;
                    feature.categories() != null && i < feature.categories().size();
                    i++) {
                indexes.put(feature.categories().get(i), i);
            }
            places.add(indexes);
        }
    }

    int axes() {
        return axes;
    }

    Grid grid() {
        List<Double> deviations = new ArrayList<>();
        for (FittedFeature feature : features) {
            for (int i = 0; i < feature.axes(); i++) {
                deviations.add(feature.standardised() || feature.categories() != null ? 1 : feature.deviation());
            }
        }
        for (FittedFeature feature : features) {
            if (values == Values.WRITTEN && feature.categories() == null) {
                deviations.add(feature.rawDeviation());
                if (feature.unknown()) {
                    deviations.add(1.0);
                }
            }
        }
        return Grid.of(
                axes, deviations.stream().mapToDouble(Double::doubleValue).toArray());
    }

    @Override
    public void read(InternalRow row, double[] into, int start) {
        int axis = start;
        int value = start + axes;
        for (int i = 0; i < features.size(); i++) {
            FittedFeature feature = features.get(i);
            int column = FeatureColumns.FIRST + i;
            if (feature.categories() == null) {
                double number = row.isNullAt(column) ? Double.NaN : row.getDouble(column);
                into[axis] = feature.place(number);
                value = write(feature, number, into, value);
            } else {
                place(i, row.getUTF8String(column).toString(), into, axis);
            }
            axis += feature.axes();
        }
    }

    /** The axes of a row that was brought to the driver, rounded as all are. */
    double[] axes(Row row, Grid grid) {
        double[] into = new double[axes];
        int axis = 0;
        for (int i = 0; i < features.size(); i++) {
            FittedFeature feature = features.get(i);
            int column = FeatureColumns.FIRST + i;
            if (feature.categories() == null) {
                into[axis] = feature.place(row.isNullAt(column) ? Double.NaN : row.getDouble(column));
            } else {
                place(i, row.getString(column), into, axis);
            }
            axis += feature.axes();
        }
        for (int i = 0; i < axes; i++) {
            into[i] = grid.round(into[i], i);
        }
        return into;
    }

    private void place(int feature, String category, double[] into, int axis) {
        Integer place = places.get(feature).get(category);
        if (place != null) {
            into[axis + place] = 1;
        }
    }

    private int write(FittedFeature feature, double number, double[] into, int at) {
        if (values == Values.LEFT_OUT) {
            return at;
        }
        boolean isKnown = !Double.isNaN(number);
        into[at] = isKnown ? number : 0;
        if (!feature.unknown()) {
            return at + 1;
        }
        into[at + 1] = isKnown ? 1 : 0;
        return at + 2;
    }
}
