package io.clientele.predict.recommend;

import static java.util.stream.Collectors.toSet;

import io.clientele.predict.recommend.ProductIndex.Leads;
import io.clientele.predict.recommend.ProductIndex.Product;
import io.clientele.predict.recommend.Recommendation.Kind;
import io.clientele.predict.recommend.Recommendation.Reason;
import java.io.Serializable;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Recommends to one customer at a time: what goes with their purchases, what they may want again, what is popular; and what is
 * above it in its family. It looks only at products that something leads to.
 */
final class Recommender implements Serializable {

    private static final long serialVersionUID = 1L;

    private static final int MOST_CAUSES = 3;

    /** Lists are filled up with so many more popular products than they are long, for customers have some of them. */
    private static final int FURTHER = 20;

    /** Scores are counted in thousand millionths: whole numbers add up to the same in any order. */
    private static final double POINTS_OF_ONE = 1e9;

    private final ProductIndex index;
    private final RecommendationsConfig config;
    private final long ownedAfter;

    /** @param date the business date */
    Recommender(ProductIndex index, RecommendationsConfig config, LocalDate date) {
        this.index = index;
        this.config = config;
        this.ownedAfter = config.notAgainDays() == null
                ? Long.MIN_VALUE
                : date.minusDays(config.notAgainDays()).toEpochDay();
    }

    /**
     * The best of each kind; nothing for those who bought nothing within the window.
     *
     * @param bought all that the customer ever bought, each product once
     */
    List<Recommendation> recommend(List<Bought> bought) {
        Customer customer = new Customer(bought);
        return Stream.concat(customer.crossSells(), customer.upSells()).toList();
    }

    /** What most customers buy and this one may be offered, the most popular first. */
    List<String> popular(List<Bought> bought) {
        Customer customer = new Customer(bought);
        return customer.popular(Integer.MAX_VALUE)
                .limit(config.crossSell().count())
                .map(place -> index.product(place).id())
                .toList();
    }

    /** One of the latest purchases, and how much it counts. */
    private record Recent(String product, Leads leads, double weight) {

        /** What it adds to the score of one of the products that it leads to. */
        long points(int lead) {
            return Math.round(weight * leads.similarity(lead) * POINTS_OF_ONE);
        }
    }

    /** What led to a product, and how much. */
    private record Cause(String product, long points) {
        private static final Comparator<Cause> STRONGEST_FIRST =
                Comparator.comparingLong(Cause::points).reversed().thenComparing(Cause::product);
    }

    /** The last purchase in a family, and its price: what was paid, or the catalogue's if that is higher. */
    private record LastOfFamily(String product, BigDecimal price) {}

    /** What is known of one customer. */
    private final class Customer {
        private final List<Bought> inWindow;
        private final Set<Integer> owned;
        private final List<Recent> recent;
        private final Map<Integer, Long> points = new HashMap<>();

        /** By how near it is, then by how many buy it; ties by the identifier. */
        private final Comparator<Integer> best = Comparator.<Integer>comparingLong(place -> -points(place))
                .thenComparingLong(place -> -index.product(place).buyers())
                .thenComparing(Comparator.naturalOrder());

        private Customer(List<Bought> bought) {
            inWindow = bought.stream()
                    .filter(Bought::isInWindow)
                    .sorted(Bought.LAST_FIRST)
                    .toList();
            owned = bought.stream()
                    .filter(each -> each.lastOn() > ownedAfter)
                    .map(each -> index.place(each.product()))
                    .collect(toSet());
            recent = inWindow.stream()
                    .limit(config.crossSell().recentProducts())
                    .map(each -> new Recent(each.product(), index.leads(index.place(each.product())), weight(each)))
                    .toList();
            for (Recent each : recent) {
                for (int lead = 0; lead < each.leads().size(); lead++) {
                    points.merge(each.leads().to(lead), each.points(lead), Long::sum);
                }
            }
        }

        private double weight(Bought bought) {
            double age = inWindow.get(0).lastOn() - bought.lastOn();
            return StrictMath.pow(0.5, age / config.crossSell().halfLifeDays()) * Math.sqrt(bought.days());
        }

        private long points(int place) {
            return points.getOrDefault(place, 0L);
        }

        private boolean isNew(int place) {
            return !owned.contains(place) || index.product(place).isRepeat();
        }

        private Stream<Integer> popular(int most) {
            return inWindow.isEmpty()
                    ? Stream.of()
                    : IntStream.of(index.byPopularity())
                            .limit(most)
                            .filter(this::isNew)
                            .boxed();
        }

        private Stream<Recommendation> crossSells() {
            int count = config.crossSell().count();
            Stream<Integer> near = points.keySet().stream().filter(place -> points(place) > 0 && isNew(place));
            Stream<Integer> filling = config.crossSell().fillWithPopular()
                    ? popular(count + FURTHER).filter(place -> points(place) == 0)
                    : Stream.of();
            List<Integer> chosen = first(count, Stream.concat(near, filling));
            return IntStream.range(0, chosen.size()).mapToObj(at -> crossSell(at + 1, chosen.get(at)));
        }

        private Recommendation crossSell(int rank, int place) {
            Product product = index.product(place);
            List<String> because = because(place);
            Reason reason = because.isEmpty()
                    ? Reason.POPULAR
                    : because.get(0).equals(product.id()) ? Reason.BOUGHT_AGAIN : Reason.BOUGHT_TOGETHER;
            return new Recommendation(Kind.CROSS_SELL, rank, product, score(place), reason, because, null);
        }

        /** Of each family from which the customer bought, what is dearer than the last purchase and not too dear. */
        private Stream<Recommendation> upSells() {
            Map<Integer, LastOfFamily> above = new HashMap<>();
            lastOfFamilies().forEach((family, last) -> index.aroundAndAbove(family, last.price())
                    .filter(place -> isAbove(index.product(place).price(), last.price()))
                    .forEach(place -> above.put(place, last)));
            List<Integer> chosen =
                    first(config.upSell().count(), above.keySet().stream().filter(place -> !owned.contains(place)));
            return IntStream.range(0, chosen.size())
                    .mapToObj(at -> upSell(at + 1, chosen.get(at), above.get(chosen.get(at))));
        }

        private Recommendation upSell(int rank, int place, LastOfFamily last) {
            List<String> because = Stream.concat(Stream.of(last.product()), because(place).stream())
                    .distinct()
                    .limit(MOST_CAUSES)
                    .toList();
            return new Recommendation(
                    Kind.UP_SELL, rank, index.product(place), score(place), Reason.RANGE_ABOVE, because, last.price());
        }

        private Map<String, LastOfFamily> lastOfFamilies() {
            Map<String, LastOfFamily> last = new HashMap<>();
            for (Bought each : inWindow) {
                int place = index.place(each.product());
                String family = place == ProductIndex.NOWHERE
                        ? null
                        : index.product(place).family();
                if (family != null) {
                    last.putIfAbsent(
                            family,
                            new LastOfFamily(
                                    each.product(),
                                    dearer(each.paid(), index.product(place).listedAt())));
                }
            }
            last.values().removeIf(each -> !ProductIndex.isPositive(each.price()));
            return last;
        }

        private boolean isAbove(BigDecimal price, BigDecimal reference) {
            return price.compareTo(reference) > 0
                    && price.doubleValue()
                            <= reference.doubleValue() * config.upSell().upTo();
        }

        private double score(int place) {
            return points(place) / POINTS_OF_ONE;
        }

        /** What led to a product, the strongest first. */
        private List<String> because(int place) {
            List<Cause> causes = new ArrayList<>();
            for (Recent each : recent) {
                for (int lead = 0; lead < each.leads().size(); lead++) {
                    if (each.leads().to(lead) == place) {
                        causes.add(new Cause(each.product(), each.points(lead)));
                    }
                }
            }
            return causes.stream()
                    .sorted(Cause.STRONGEST_FIRST)
                    .limit(MOST_CAUSES)
                    .map(Cause::product)
                    .toList();
        }

        /** The first of many, without sorting the others. */
        private List<Integer> first(int count, Stream<Integer> places) {
            PriorityQueue<Integer> chosen = new PriorityQueue<>(best.reversed());
            places.forEach(place -> {
                chosen.add(place);
                if (chosen.size() > count) {
                    chosen.remove();
                }
            });
            return chosen.stream().sorted(best).toList();
        }
    }

    private static BigDecimal dearer(BigDecimal paid, BigDecimal listed) {
        if (paid == null || listed == null) {
            return paid == null ? listed : paid;
        }
        return paid.max(listed);
    }
}
