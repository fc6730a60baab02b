package io.clientele;

import io.clientele.collect.CollectJob;
import io.clientele.comply.MaintenanceJob;
import io.clientele.predict.ValuesJob;
import io.clientele.predict.propensity.PropensitiesJob;
import io.clientele.predict.recommend.RecommendationsJob;
import io.clientele.publish.DimensionsJob;
import io.clientele.publish.OrderFactsJob;
import io.clientele.publish.PublicationJob;
import io.clientele.publish.SalesCubeJob;
import io.clientele.qualify.CompaniesJob;
import io.clientele.qualify.ConsentsJob;
import io.clientele.qualify.ContactabilityJob;
import io.clientele.qualify.ContactsJob;
import io.clientele.qualify.CustomersJob;
import io.clientele.qualify.EventsJob;
import io.clientele.qualify.MatchingJob;
import io.clientele.qualify.OrderLinesJob;
import io.clientele.qualify.ProductsJob;
import io.clientele.run.Job;
import io.clientele.run.Plan;
import io.clientele.schema.JobRuns;
import io.clientele.schema.Models;
import io.clientele.schema.Quality;
import io.clientele.schema.Runs;
import io.clientele.score.RfmJob;
import io.clientele.score.ScoresJob;
import io.clientele.score.TriggersJob;
import io.clientele.segment.ClustersJob;
import io.clientele.segment.CustomerFiguresJob;
import io.clientele.segment.SegmentsJob;
import io.clientele.table.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Every job of the night, one line each; their order is derived from what they read and write. */
public final class Jobs {

    private static final List<Job<?>> WORK = List.of(
            CollectJob.JOB,
            ContactsJob.JOB,
            MatchingJob.JOB,
            CompaniesJob.JOB,
            CustomersJob.JOB,
            ProductsJob.JOB,
            OrderLinesJob.JOB,
            EventsJob.JOB,
            ConsentsJob.JOB,
            ContactabilityJob.JOB,
            OrderFactsJob.JOB,
            DimensionsJob.JOB,
            RfmJob.JOB,
            CustomerFiguresJob.JOB,
            ScoresJob.JOB,
            ClustersJob.JOB,
            TriggersJob.JOB,
            SegmentsJob.JOB,
            ValuesJob.JOB,
            PropensitiesJob.JOB,
            RecommendationsJob.JOB,
            SalesCubeJob.JOB);

    /** The book-keeping, which the runner writes. */
    private static final List<Table> BOOKS = List.of(Runs.TABLE, JobRuns.TABLE, Quality.TABLE, Models.TABLE);

    public static final Plan NIGHTLY = nightly();

    private Jobs() {}

    private static Plan nightly() {
        List<Job<?>> jobs = new ArrayList<>(WORK);
        jobs.add(PublicationJob.of(jobs));
        jobs.add(MaintenanceJob.of(jobs, BOOKS));
        return Plan.of(jobs);
    }

    /** Every table of the lake, by layer and name. */
    public static List<Table> tables() {
        return Stream.concat(NIGHTLY.tables().stream(), BOOKS.stream())
                .sorted(Comparator.comparing(Table::layer).thenComparing(Table::name))
                .toList();
    }
}
