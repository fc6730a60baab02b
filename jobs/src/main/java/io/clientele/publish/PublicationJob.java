package io.clientele.publish;

import io.clientele.failure.Failure;
import io.clientele.run.Job;
import io.clientele.run.Publications;
import io.clientele.run.Run;
import io.clientele.schema.PublishedVersions;
import io.clientele.table.Layer;
import io.clientele.table.Table;
import java.util.Collection;
import java.util.List;

/** Lets analysts see what the night made of the marts, all at once. It reads every mart, and so comes last. */
public final class PublicationJob {

    /** {@code conf/publication.yaml}: nothing to say yet. */
    public record Config() {}

    private PublicationJob() {}

    /** @param jobs those whose marts are published together */
    public static Job<Config> of(Collection<? extends Job<?>> jobs) {
        List<Table> marts = jobs.stream()
                .flatMap(job -> job.writes().stream())
                .filter(table -> table.layer() == Layer.MART)
                .toList();
        return Job.named("publication", Config.class)
                .reads(marts.toArray(Table[]::new))
                .writes(PublishedVersions.TABLE)
                .runs((config, run) -> publish(marts, run));
    }

    private static void publish(List<Table> marts, Run run) {
        if (marts.stream().noneMatch(run.lake()::has)) {
            throw Failure.input("there is no mart to publish yet; run nightly first");
        }
        new Publications(run.spark(), run.lake()).publish(marts, run);
    }
}
