package io.clientele.predict.recommend;

import static io.clientele.config.Requirement.check;

import java.io.Serializable;
import java.time.LocalDate;
import java.util.List;

/**
 * {@code conf/recommendations.yaml}.
 *
 * @param windowDays how far back baskets and purchases teach, in days up to and including the business date
 * @param notProducts what is sold and is no product: postage, fees
 * @param listedOnly whether only products that the catalogue lists are recommended
 * @param notAgainDays for how many days a product that was bought is not recommended again, unless it is a repeat product;
 *     never again if not said
 */
record RecommendationsConfig(
        int windowDays,
        List<String> notProducts,
        boolean listedOnly,
        Integer notAgainDays,
        Together associations,
        Repeats repeats,
        CrossSell crossSell,
        UpSell upSell,
        HeldOut evaluation)
        implements Serializable {

    RecommendationsConfig {
        check(windowDays > 0, "key 'windowDays' must be positive, got %d", windowDays);
        notProducts = notProducts == null ? List.of() : List.copyOf(notProducts);
        check(
                notAgainDays == null || notAgainDays > 0,
                "key 'notAgainDays' must be positive, got %s; leave it out to say never again",
                notAgainDays);
        check(associations != null, "key 'associations' is missing");
        check(repeats != null, "key 'repeats' is missing");
        check(crossSell != null, "key 'crossSell' is missing");
        check(upSell != null, "key 'upSell' is missing");
        check(evaluation != null, "key 'evaluation' is missing");
    }

    /**
     * Which products count as bought together.
     *
     * @param largestBasket baskets of more different products than this teach nothing: they are a reseller's, or a day's
     * @param leastBaskets products in fewer baskets are left out
     * @param leastTogether pairs in fewer baskets are left out
     * @param perProduct how many associations of a product are kept, the closest
     */
    record Together(int largestBasket, int leastBaskets, int leastTogether, int perProduct) implements Serializable {
        Together {
            check(
                    largestBasket >= 2 && largestBasket <= 1_000,
                    "key 'largestBasket' must be between 2 and 1000, got %d",
                    largestBasket);
            check(leastBaskets >= 1, "key 'leastBaskets' must be positive, got %d", leastBaskets);
            check(leastTogether >= 1, "key 'leastTogether' must be positive, got %d", leastTogether);
            check(
                    perProduct >= 1 && perProduct <= 1_000,
                    "key 'perProduct' must be between 1 and 1000, got %d",
                    perProduct);
        }
    }

    /**
     * Which products are bought again.
     *
     * @param leastShare the share of its buyers who bought it on two days or more, from which on it is a repeat product
     * @param leastBuyers a product of fewer buyers is none: so few prove nothing
     * @param weight how much that share counts beside the cosines of associations
     */
    record Repeats(double leastShare, int leastBuyers, double weight) implements Serializable {
        Repeats {
            check(
                    leastShare > 0 && leastShare <= 1,
                    "key 'leastShare' must be above 0 and at most 1, got %s",
                    leastShare);
            check(leastBuyers >= 1, "key 'leastBuyers' must be positive, got %d", leastBuyers);
            check(weight > 0 && weight <= 1_000, "key 'weight' must be above 0 and at most 1000, got %s", weight);
        }
    }

    /**
     * @param count the most recommendations of a customer
     * @param recentProducts how many of the products that a customer bought count, the latest
     * @param halfLifeDays after how many days before the customer's last purchase one counts half
     * @param fillWithPopular whether lists that are too short are filled up with what most customers buy
     */
    record CrossSell(int count, int recentProducts, int halfLifeDays, boolean fillWithPopular) implements Serializable {
        CrossSell {
            check(count >= 1 && count <= 100, "key 'count' must be between 1 and 100, got %d", count);
            check(
                    recentProducts >= 1 && recentProducts <= 1_000,
                    "key 'recentProducts' must be between 1 and 1000, got %d",
                    recentProducts);
            check(halfLifeDays >= 1, "key 'halfLifeDays' must be positive, got %d", halfLifeDays);
        }
    }

    /**
     * @param count the most recommendations of a customer
     * @param upTo how many times the price paid a product may cost
     * @param perRange how many products of a family and a range of prices are considered, those of most buyers
     */
    record UpSell(int count, double upTo, int perRange) implements Serializable {
        UpSell {
            check(count >= 1 && count <= 100, "key 'count' must be between 1 and 100, got %d", count);
            check(upTo > 1 && upTo <= 100, "key 'upTo' must be above 1 and at most 100, got %s", upTo);
            check(perRange >= 1 && perRange <= 1_000, "key 'perRange' must be between 1 and 1000, got %d", perRange);
        }
    }

    /**
     * How recommendations are judged: by the last basket of customers, from what was known before.
     *
     * @param everyDays after how many days they are judged again
     * @param heldOutDays the last baskets within so many days are held out, and no basket of these days teaches
     * @param customers how many customers are enough
     */
    record HeldOut(int everyDays, int heldOutDays, int customers) implements Serializable {
        HeldOut {
            check(everyDays >= 1, "key 'everyDays' must be positive, got %d", everyDays);
            check(heldOutDays >= 1, "key 'heldOutDays' must be positive, got %d", heldOutDays);
            check(
                    customers >= 1 && customers <= 1_000_000,
                    "key 'customers' must be between 1 and 1000000, got %d",
                    customers);
        }
    }

    /** The first day of the window that ends on a day. */
    LocalDate from(LocalDate date) {
        return date.minusDays(windowDays - 1L);
    }
}
