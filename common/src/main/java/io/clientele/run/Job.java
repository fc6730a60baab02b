package io.clientele.run;

import io.clientele.config.ConfigFolder;
import io.clientele.table.Table;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What a night is made of: a name, the tables read, the tables written, and a function. Declared in one chain:
 *
 * <pre>{@code
 * Job.named("rfm", Config.class).reads(FctOrderLines.TABLE).writes(CustomerRfm.TABLE).runs(RfmJob::run)
 * }</pre>
 *
 * @param <C> the record that {@code conf/<name>.yaml} is read into
 */
public final class Job<C> {

    /** What a job does. */
    @FunctionalInterface
    public interface Body<C> {
        void run(C config, Run run);
    }

    private final String name;
    private final Function<ConfigFolder, C> config;
    private final Set<Table> reads;
    private final Set<Table> writes;
    private final Body<C> body;

    private Job(String name, Function<ConfigFolder, C> config, Set<Table> reads, Set<Table> writes, Body<C> body) {
        this.name = name;
        this.config = config;
        this.reads = reads;
        this.writes = writes;
        this.body = body;
    }

    /** A job configured by the file that bears its name. */
    public static <C> Declaration<C> named(String name, Class<C> config) {
        return named(name, folder -> folder.read(name, config));
    }

    /** A job whose configuration takes more than one file. */
    public static <C> Declaration<C> named(String name, Function<ConfigFolder, C> config) {
        return new Declaration<>(name, config);
    }

    public String name() {
        return name;
    }

    public Set<Table> reads() {
        return reads;
    }

    public Set<Table> writes() {
        return writes;
    }

    /** Whether this job depends on an earlier one, or would write under its hands. */
    boolean mustFollow(Job<?> earlier) {
        return !Collections.disjoint(earlier.writes, reads)
                || !Collections.disjoint(earlier.writes, writes)
                || !Collections.disjoint(earlier.reads, writes);
    }

    /** Reads the configuration and gives the job, ready to run. */
    public Ready configured(ConfigFolder folder) {
        ConfigFolder unread = folder.unread();
        C settings = config.apply(unread);
        return new Ready(this, unread.digest(), run -> body.run(settings, run));
    }

    /**
     * A job with its configuration.
     *
     * @param settings a digest of the files that say it
     */
    public record Ready(Job<?> job, String settings, Consumer<Run> body) {}

    /** A job being declared. */
    public static final class Declaration<C> {
        private final String name;
        private final Function<ConfigFolder, C> config;
        private final Set<Table> reads = new LinkedHashSet<>();
        private final Set<Table> writes = new LinkedHashSet<>();

        private Declaration(String name, Function<ConfigFolder, C> config) {
            this.name = name;
            this.config = config;
        }

        public Declaration<C> reads(Table... tables) {
            reads.addAll(List.of(tables));
            return this;
        }

        public Declaration<C> writes(Table... tables) {
            writes.addAll(List.of(tables));
            return this;
        }

        public Job<C> runs(Body<C> body) {
            return new Job<>(name, config, Set.copyOf(reads), Set.copyOf(writes), body);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
