package io.clientele.predict.recommend;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clientele.run.AtOnce;
import io.clientele.run.Job;
import io.clientele.run.Model;
import io.clientele.run.Run;
import io.clientele.schema.DimProducts;
import io.clientele.schema.FctOrderLines;
import io.clientele.schema.ProductAssociations;
import io.clientele.schema.ProductRecommendations;
import io.clientele.schema.ProductRepeats;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * What to offer each customer next: what goes with what they bought (cross-sell), and what is above it in its family
 * (up-sell); with what it is derived from, the products that are bought together and those that are bought again.
 */
public final class RecommendationsJob {

    public static final Job<RecommendationsConfig> JOB = Job.named("recommendations", RecommendationsConfig.class)
            .reads(FctOrderLines.TABLE, DimProducts.TABLE)
            .writes(ProductRecommendations.TABLE, ProductAssociations.TABLE, ProductRepeats.TABLE)
            .runs(RecommendationsJob::run);

    private static final String MODEL = "recommendations";
    private static final ObjectMapper JSON = new ObjectMapper();

    private RecommendationsJob() {}

    static void run(RecommendationsConfig config, Run run) {
        Dataset<Row> lines = run.lake().read(FctOrderLines.TABLE);
        Dataset<Row> catalogue = run.lake().read(DimProducts.TABLE);
        try (Learned learned = Learned.from(lines, catalogue, run.date(), config)) {
            report(learned, run);
            AtOnce.all(List.of(
                    () -> run.lake().replace(ProductAssociations.TABLE, learned.associations()),
                    () -> run.lake()
                            .replace(ProductRepeats.TABLE, Assortment.repeats(learned.assortment(), run.date())),
                    () -> run.lake().replace(ProductRecommendations.TABLE, recommend(learned, config))));
            judge(lines, catalogue, learned, config, run);
        }
    }

    /** The best for each customer who bought within the window. */
    static Dataset<Row> recommend(Learned learned, RecommendationsConfig config) {
        Broadcast<Recommender> recommender = learned.recommender(config);
        LocalDate date = learned.date();
        return Purchases.byCustomer(learned.purchases())
                .flatMap(
                        (FlatMapFunction<Row, Row>)
                                customer -> recommender.value().recommend(Purchases.bought(customer)).stream()
                                        .map(each -> row(customer.getString(0), each, date))
                                        .iterator(),
                        Encoders.row(ProductRecommendations.TABLE.schema()));
    }

    private static Row row(String customer, Recommendation recommendation, LocalDate date) {
        return RowFactory.create(
                customer,
                recommendation.kind().code(),
                recommendation.rank(),
                recommendation.product().id(),
                recommendation.score(),
                recommendation.reason().code(),
                recommendation.because().toArray(String[]::new),
                recommendation.product().price(),
                recommendation.abovePrice(),
                date);
    }

    private static void report(Learned learned, Run run) {
        run.metric("baskets", (double) learned.baskets().all());
        run.metric("baskets.too_large", (double) learned.baskets().tooLarge());
        run.metric("products", (double) learned.products().all());
        run.metric("products.repeat", (double) learned.products().repeats());
        run.metric("associations", (double) learned.pairs());
        if (learned.baskets().all() == 0) {
            run.warn("nobody bought within the window: no recommendations");
            return;
        }
        if (learned.baskets().tooLarge() > 0) {
            run.warn(
                    "%,d of %,d baskets have more products than 'associations.largestBasket': they teach nothing",
                    learned.baskets().tooLarge(), learned.baskets().all());
        }
        if (learned.products().unknown() > 0) {
            run.warn(
                    "%,d of %,d products sold are not in the catalogue: they are not recommended",
                    learned.products().unknown(), learned.products().all());
        }
        if (learned.products().inFamilies() == 0) {
            run.warn("no product that is offered has a group: no up-sell");
        }
    }

    private static void judge(
            Dataset<Row> lines, Dataset<Row> catalogue, Learned learned, RecommendationsConfig config, Run run) {
        String parameters = json(config);
        if (!isDue(run.models().champion(MODEL), parameters, run.date(), config)) {
            return;
        }
        HeldOutBaskets.Figures figures =
                HeldOutBaskets.judge(lines, catalogue, learned.purchases(), run.date(), config);
        Map<String, Double> metrics = Map.of(
                "held_out.customers", (double) figures.customers(),
                "held_out.places", (double) config.crossSell().count(),
                "hit_rate", figures.model().rate(),
                "mrr", figures.model().reciprocalRank(),
                "popularity.hit_rate", figures.popularity().rate(),
                "popularity.mrr", figures.popularity().reciprocalRank());
        metrics.forEach(run::metric);
        run.models().keep(new Model(MODEL, run.date(), true, null, metrics, parameters));
        if (figures.model().rate() < figures.popularity().rate()) {
            run.warn(
                    "of %,d last baskets %.1f %% hold something recommended, and %.1f %% something popular:"
                            + " recommendations do worse than a list of what sells best",
                    figures.customers(),
                    100 * figures.model().rate(),
                    100 * figures.popularity().rate());
        }
    }

    /** Whether nobody judged these parameters lately. */
    static boolean isDue(Optional<Model> last, String parameters, LocalDate date, RecommendationsConfig config) {
        return last.filter(model -> model.json().equals(parameters))
                .filter(model -> ChronoUnit.DAYS.between(model.learnedOn(), date)
                        < config.evaluation().everyDays())
                .isEmpty();
    }

    private static String json(RecommendationsConfig config) {
        try {
            return JSON.writeValueAsString(config);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the configuration cannot be written as JSON", e);
        }
    }
}
