package io.clientele.run;

import io.clientele.lake.Lake;
import io.clientele.lake.RawZone;
import io.clientele.lake.Staging;
import io.clientele.lake.Upkeep;
import io.clientele.table.Field;
import io.clientele.table.Table;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** What one job of one night is given, and where it reports. */
public interface Run {

    /** Identifies the run of the whole night. */
    String id();

    /** The business date: the only "today" that a job knows. */
    LocalDate date();

    /** When the run started; for book-keeping, never for a result. */
    Instant startedAt();

    SparkSession spark();

    /** The tables that the job declared, and no other. */
    Lake lake();

    /**
     * The last run of this job from which tonight may go on, computing what has changed since: of the same settings and
     * program, of this date or an earlier one, and with its tables as it left them. Empty if all is to be computed; the
     * ledger then says why.
     */
    Optional<Before> before();

    /** Says why all is computed although there is a run to go on from. */
    void inFull(String reason);

    /**
     * Goes on from the last run where that can be, and computes all where not.
     *
     * @param goOn false if what that run read is no longer there to be compared
     */
    default void goOn(Predicate<Before> goOn, Runnable computeAll) {
        Optional<Before> before = before();
        boolean hasGoneOn = before.filter(goOn).isPresent();
        if (!hasGoneOn) {
            before.ifPresent(last -> inFull("what " + last.runId() + " read is no longer there to be compared"));
            computeAll.run();
        }
    }

    RawZone raw();

    Staging staging(String name);

    /** What keeps tables in order without changing a row. */
    Upkeep upkeep();

    /** What jobs have learned, tonight and before. */
    ModelRegistry models();

    /** Records a figure with the run: a cut point, the cost of a model. */
    void metric(String name, double value);

    /** Says, at the end of the run and in the ledger, what somebody should look at. No personal data. */
    void warn(String message, Object... values);

    /**
     * Accounts for the rows that went towards a table, which must all be found again.
     *
     * @param merged rows that others stand for
     * @throws io.clientele.failure.Failure (quality) if rows in are not rows out, rejected and merged
     */
    void balance(Table table, long in, long out, long rejected, long merged);

    /**
     * Accounts for a table just written in which each row stands for some of the rows that entered.
     *
     * @param versions the column that counts how many rows entered for each; 0 for a row that has another origin
     */
    default void balance(Table table, Dataset<Row> entered, Field versions) {
        balance(table, entered, lake().read(table), versions);
    }

    /** As {@link #balance(Table, Dataset, Field)}, for those rows of the table that were written. */
    default void balance(Table table, Dataset<Row> entered, Dataset<Row> written, Field versions) {
        Row counted = Counts.ofVersions(written, versions);
        balance(table, entered.count(), counted.getLong(0), 0, counted.getLong(1));
    }
}
