package io.clientele.comply;

import static io.clientele.config.Requirement.check;

import io.clientele.lake.Upkeep;
import io.clientele.run.Job;
import io.clientele.run.Publications;
import io.clientele.run.Run;
import io.clientele.table.Layer;
import io.clientele.table.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Keeps the tables fast and small, within the time that it is given: writes small files together, deletes what no version
 * needs any more, cuts the logs. It comes last, and changes no row.
 */
public final class MaintenanceJob {

    private static final long MEGABYTE = 1L << 20;

    /**
     * {@code conf/maintenance.yaml}.
     *
     * @param minutes when so many have passed, no further table is begun
     * @param smallMegabytes files below this size are small
     * @param smallFiles tables with more small files than this are compacted
     * @param keepDays how long files are kept that the table no longer has: as far back goes {@code rollback}, and a job that
     *     has not run for longer computes all
     * @param vacuumEveryDays how often each table is searched for such files; each has its day
     * @param logDays how long commits are kept
     */
    public record Config(
            int minutes, int smallMegabytes, int smallFiles, int keepDays, int vacuumEveryDays, int logDays) {
        public Config {
            check(minutes >= 0, "key 'minutes' must not be negative, got %d", minutes);
            check(smallMegabytes >= 1, "key 'smallMegabytes' must be at least 1, got %d", smallMegabytes);
            check(smallFiles >= 2, "key 'smallFiles' must be at least 2, got %d", smallFiles);
            check(keepDays >= 7, "key 'keepDays' must be at least 7: a reader may take long, got %d", keepDays);
            check(
                    vacuumEveryDays >= 1 && vacuumEveryDays <= 31,
                    "key 'vacuumEveryDays' must be between 1 and 31, got %d",
                    vacuumEveryDays);
            check(logDays >= keepDays, "key 'logDays' must not be less than 'keepDays', got %d", logDays);
        }
    }

    private MaintenanceJob() {}

    /**
     * @param jobs those whose tables are kept, and after which it comes
     * @param others tables that no job writes
     */
    public static Job<Config> of(Collection<? extends Job<?>> jobs, Collection<Table> others) {
        List<Table> written =
                jobs.stream().flatMap(job -> job.writes().stream()).distinct().toList();
        List<Table> all = Stream.concat(written.stream(), others.stream()).toList();
        return Job.named("maintenance", Config.class)
                .reads(written.toArray(Table[]::new))
                .runs((config, run) -> run(config, all, run));
    }

    private static void run(Config config, List<Table> tables, Run run) {
        Upkeep upkeep = run.upkeep();
        long end = System.nanoTime() + Duration.ofMinutes(config.minutes()).toNanos();
        Map<Table, Long> small = new HashMap<>();
        tables.stream()
                .filter(upkeep::has)
                .forEach(table -> small.put(table, upkeep.smallFiles(table, config.smallMegabytes() * MEGABYTE)));
        List<Table> neediest = new ArrayList<>(small.keySet());
        neediest.sort(Comparator.comparing((Table table) -> small.get(table))
                .reversed()
                .thenComparing(Table::qualifiedName));
        Instant oldestSeen = oldestSeen(run);
        double files = 0;
        int vacuumed = 0;
        int left = 0;
        for (Table table : neediest) {
            boolean isScattered = small.get(table) > config.smallFiles();
            boolean isVacuumed = isDueForVacuum(table, config, run, upkeep);
            if ((isScattered || isVacuumed) && System.nanoTime() > end) {
                left++;
                continue;
            }
            upkeep.keepLog(table, config.logDays());
            if (isScattered) {
                files += upkeep.compact(table);
            }
            if (isVacuumed) {
                upkeep.vacuum(table, kept(table, config, oldestSeen, run));
                vacuumed++;
            }
        }
        run.metric("files_compacted", files);
        run.metric("tables_vacuumed", vacuumed);
        if (left > 0) {
            run.warn("%d tables are left for another night; %d minutes did not do", left, config.minutes());
        }
    }

    /** A table has its day, so that not all fall on the same; one that is younger has nothing to give up. */
    private static boolean isDueForVacuum(Table table, Config config, Run run, Upkeep upkeep) {
        boolean isItsDay =
                Math.floorMod(run.date().toEpochDay() + table.qualifiedName().hashCode(), config.vacuumEveryDays())
                        == 0;
        Instant kept = run.startedAt().minus(Duration.ofDays(config.keepDays()));
        return isItsDay
                && upkeep.oldestCommit(table)
                        .filter(commit -> commit.isBefore(kept))
                        .isPresent();
    }

    /** Marts are kept as analysts see them, and as a rollback would show them, however long ago that was made. */
    private static Duration kept(Table table, Config config, Instant oldestSeen, Run run) {
        Duration usual = Duration.ofDays(config.keepDays());
        Duration seen = Duration.between(oldestSeen, run.startedAt()).plusDays(1);
        return table.layer() == Layer.MART && seen.compareTo(usual) > 0 ? seen : usual;
    }

    private static Instant oldestSeen(Run run) {
        return new Publications(run.spark(), run.lake()).oldestSeen().orElse(run.startedAt());
    }
}
