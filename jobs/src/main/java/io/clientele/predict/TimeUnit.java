package io.clientele.predict;

/** What one unit of time of a model's parameters is. */
enum TimeUnit {
    DAYS(1),
    WEEKS(7);

    private final double days;

    TimeUnit(double days) {
        this.days = days;
    }

    /** So many days, in this unit. */
    double of(double count) {
        return count / days;
    }
}
