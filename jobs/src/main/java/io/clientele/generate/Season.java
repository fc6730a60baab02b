package io.clientele.generate;

import java.util.Arrays;

/**
 * How busy each day is. Purchases happen in a time that runs evenly; the calendar runs through it faster before Christmas
 * and slower in February, so that seasons bend the dates and leave the process what it is. The even time has the length of
 * an average day as its unit.
 */
final class Season {

    private static final double[] MONTHS = {0.90, 0.72, 0.82, 0.88, 0.95, 1.00, 0.92, 0.72, 0.98, 1.03, 1.32, 1.76};
    private static final double[] WEEKDAYS = {0.86, 0.88, 0.98, 0.92, 1.12, 1.62, 0.62};

    /** The even time at the start of each day; one more for the end of the last. */
    private final double[] starts;

    Season(Days days) {
        starts = new double[days.count() + 1];
        for (int day = 0; day < days.count(); day++) {
            double month = MONTHS[days.date(day).getMonthValue() - 1];
            double weekday = WEEKDAYS[days.date(day).getDayOfWeek().getValue() - 1];
            starts[day + 1] = starts[day] + month * weekday;
        }
    }

    /** The even time at the end of the last day. */
    double end() {
        return starts[starts.length - 1];
    }

    /** The day in which a moment of the even time falls, 0 to the end. */
    int day(double time) {
        int place = Arrays.binarySearch(starts, time);
        int day = place >= 0 ? place : -place - 2;
        return Math.min(day, starts.length - 2);
    }
}
