package io.clientele.run;

import io.clientele.table.Table;
import java.time.LocalDate;
import java.util.Map;

/**
 * A run of a job that has succeeded, from which a later one may go on.
 *
 * @param basis a digest of the settings and the program that it was made with
 * @param reads the versions that it read, by the qualified name of the table; of one that was not there, {@link
 *     io.clientele.lake.Lake#ABSENT}
 * @param writes the versions that it wrote, likewise
 */
public record Before(String runId, LocalDate date, String basis, Map<String, Long> reads, Map<String, Long> writes) {

    /** The version of a table that it read. */
    public long version(Table table) {
        return reads.get(table.qualifiedName());
    }
}
