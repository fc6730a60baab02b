package io.clientele.run;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.explode;

import io.clientele.lake.DeltaLake;
import io.clientele.schema.Runs;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The business dates that are due: those after the last whose jobs have all succeeded, in one run or in several. A job that
 * is newer than a date was not wanted then. Dates before the last are not looked at: to run one of them would take the
 * histories back to it.
 */
public final class DueNights {

    private static final String JOB = "job";

    private DueNights() {}

    /**
     * @param jobs what a night is made of
     * @param until the last date that may be due; the only one if no night has ever succeeded
     * @return none if that night has succeeded
     */
    public static List<LocalDate> of(SparkSession spark, String lakeRoot, Collection<String> jobs, LocalDate until) {
        LocalDate first =
                last(spark, lakeRoot, jobs).map(last -> last.plusDays(1)).orElse(until);
        return first.isAfter(until)
                ? List.of()
                : first.datesUntil(until.plusDays(1)).toList();
    }

    /** The last date whose jobs have all succeeded. */
    public static Optional<LocalDate> last(SparkSession spark, String lakeRoot, Collection<String> jobs) {
        try {
            DeltaLake lake = new DeltaLake(spark, lakeRoot);
            return lake.has(Runs.TABLE) ? last(lake, jobs) : Optional.empty();
        } catch (Exception e) { // Scala throws checked exceptions undeclared
            throw Faults.explain(e, "ledger", lakeRoot);
        }
    }

    private static Optional<LocalDate> last(DeltaLake lake, Collection<String> jobs) {
        Iterator<Row> dates = lake.read(Runs.TABLE)
                .where(Runs.STATUS.col().equalTo(RunRecord.SUCCEEDED))
                .select(Runs.BUSINESS_DATE.col(), explode(Runs.JOBS.col()).as(JOB))
                .groupBy(Runs.BUSINESS_DATE.col())
                .agg(collect_set(col(JOB)).as(JOB))
                .orderBy(Runs.BUSINESS_DATE.col())
                .toLocalIterator();
        Set<String> wanted = new HashSet<>();
        LocalDate last = null;
        while (dates.hasNext()) {
            Row date = dates.next();
            List<String> succeeded = date.getList(1);
            jobs.stream().filter(succeeded::contains).forEach(wanted::add);
            if (!wanted.isEmpty() && succeeded.containsAll(wanted)) {
                last = date.getLocalDate(0);
            }
        }
        return Optional.ofNullable(last);
    }
}
